"""What environments are called."""

from __future__ import annotations

import re
from collections.abc import Iterable

Family = frozenset[str]
"""Names that mean the same."""

PRODUCTION: Family = frozenset({"prod", "production", "prd"})
FAMILIES: tuple[Family, ...] = (
    PRODUCTION,
    frozenset({"staging", "stage", "stg"}),
    frozenset({"dev", "development"}),
    frozenset({"test", "testing", "qa"}),
    frozenset({"sandbox"}),
)
_WORD = re.compile(r"[a-z0-9]+")


def environments(values: Iterable[str]) -> set[Family]:
    """The environments that values name: `eks-prod` is production. Of other words nothing is known."""
    words = {word for value in values for word in _WORD.findall(value.lower())}
    return {family for family in FAMILIES if family & words}
