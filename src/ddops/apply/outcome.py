"""What came of a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ddops.address import Address
from ddops.plan.change import Change


class Result(StrEnum):
    DONE = "done"
    FAILED = "failed"
    """The API refused it, or did not answer."""
    SKIPPED = "skipped"
    """What it needs was not done."""
    NOT_REACHED = "not reached"
    """The run was interrupted before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`id` and `url` are those of the object that is there now; `why` says what stood in the way, and `because` names
    the change that was needed and is not done."""

    change: Change
    result: Result
    id: str | None = None
    url: str | None = None
    why: str | None = None
    because: Address | None = None
