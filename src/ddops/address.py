"""Names of resources in git (address) and in the org (marker)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
"""A product, a workspace, or one part of a key. Lower case, as Datadog folds the case of tags and an SLO's tags must be
lower case (reference: tags are lower case, `a-z 0-9 _ - : . /`)."""

KEY = re.compile(rf"{NAME.pattern}(?:\.{NAME.pattern})*")
"""A key: names joined by dots, one for each `for_each` variable."""

MARKER_PREFIX = "ddops:"
MAX_TAG = 200
"""A tag is at most 200 characters long (reference: monitor queries, scope filter)."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Address:
    """A resource's name in git, written `PRODUCT/KIND/KEY`."""

    product: str
    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.product}/{self.kind}/{self.key}"

    def __lt__(self, other: Address) -> bool:
        return (self.product, self.kind, self.key) < (other.product, other.kind, other.key)

    @classmethod
    def parse(cls, text: str) -> Address:
        """Reads `PRODUCT/KIND/KEY`. Raises ValueError on anything else."""
        parts = text.split("/")
        if len(parts) != 3 or not all(parts):
            raise ValueError(
                f"'{text}' is no address; an address reads PRODUCT/KIND/KEY, for example rms/monitor/alb-5xx"
            )
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Marker:
    """How a live object says which workspace and resource own it: the text `ddops:WORKSPACE/PRODUCT/KEY`.

    The kind is not part of it: an object is of the kind whose endpoint returned it.
    """

    workspace: str
    product: str
    key: str

    def __str__(self) -> str:
        return f"{MARKER_PREFIX}{self.workspace}/{self.product}/{self.key}"

    @classmethod
    def parse(cls, text: str) -> Marker | None:
        """The marker that `text` is, or None where it is something else."""
        if not text.startswith(MARKER_PREFIX):
            return None
        parts = text.removeprefix(MARKER_PREFIX).split("/")
        return cls(*parts) if len(parts) == 3 and all(parts) else None

    def address(self, kind: str) -> Address:
        return Address(self.product, kind, self.key)
