"""What a risk supplies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ddops.kinds.contract import Body
from ddops.meaning.contract import Difference, Notice, Part, Severity
from ddops.plan.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a risk looks at. `before` and `after` are empty where there is nothing; `replaced` says that the object is
    deleted and created anew. `notices` are those of the monitor, or of the monitors that a rule is for."""

    change: Change
    before: Body
    after: Body
    replaced: bool
    differences: tuple[Difference, ...]
    parts: tuple[Part, ...]
    notices: tuple[Notice, ...]

    @property
    def kind(self) -> str:
        return self.change.address.kind

    @property
    def is_update(self) -> bool:
        return bool(self.before) and bool(self.after)

    def difference(self, path: str) -> Difference | None:
        return next((one for one in self.differences if one.path == path), None)


Found = Iterable[tuple[Severity, str]]
RiskRule = Callable[[Looked], Found]
"""What could go wrong with a change: how bad, and a line without the resource's name, in the third person."""
