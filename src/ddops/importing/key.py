"""Keys from names."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection

LONGEST = 60
"""Characters of a key that is made of a name; the marker, which holds it, has 200 at most."""


def slug(name: str) -> str:
    """A name as a key: its letters and digits in lower case, joined by `-`; empty where it has none.

    >>> slug("[Prod] Shop is slow (>2s)")
    'prod-shop-is-slow-2s'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")
    if len(key) > LONGEST:
        key = key[: LONGEST + 1].rpartition("-")[0] or key[:LONGEST]
    return key.strip("-_")


def free(key: str, taken: Collection[str]) -> str:
    """The key, or the first of `KEY-2`, `KEY-3`, … that is not taken."""
    numbered = (f"{key}-{number}" for number in itertools.count(2))
    return next(candidate for candidate in itertools.chain([key], numbered) if candidate not in taken)
