"""The errors that a user meets, and the exit code of each.

Every exception that ddops raises on purpose is a `DdopsError`; anything else that escapes is a bug (exit 3).
`cli` is the only place that turns them into messages and exits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddops.location import Location


class Exit(IntEnum):
    DONE = 0
    USER = 1
    CHANGES = 2
    BUG = 3
    INTERRUPTED = 130


class DdopsError(Exception):
    """Something that the user can mend. The message says what is wrong and what would be right."""

    exit_code = Exit.USER


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in the files, and where."""

    location: Location
    message: str

    def __str__(self) -> str:
        """One line, whatever texts of a file it shows."""
        return f"{self.location}: {self.message}".replace("\n", "\\n")


class SpecError(DdopsError):
    """All the problems that a run found in the files, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(DdopsError):
    """The command line or the environment asks for something that cannot be."""


class PlanRefused(DdopsError):
    """A plan that is too dangerous to carry out, or that is not the one that was reviewed."""


class ApiError(DdopsError):
    """The API refused a call, or could not be reached.

    `status` is the HTTP status, 0 where no answer came. `message` is in the server's own words.
    """

    def __init__(self, message: str, *, status: int, method: str = "", path: str = "") -> None:
        self.status = status
        self.method = method
        self.path = path
        self.reason = message
        call = f"{method} {path}: " if method else ""
        super().__init__(f"{call}{f'{status} ' if status else ''}{message}")


class NothingSent(ApiError):
    """The API refused a call before it did anything (429), or could not be reached at all."""
