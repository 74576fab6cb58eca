"""The past of a monitor's query beside its thresholds, as frozen data. It is plain: pydantic's `TypeAdapter(Backtest)`
writes it and reads it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ddops.address import Address

Comparator = Literal[">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One group of the monitor. `scope` names it (`env:prod,host:a`, `*` for all together); `points` are (seconds since
    the epoch, value), where there is one."""

    scope: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When the monitor alerts: a value `comparator` a threshold. `thresholds` are by their names in the API
    (`critical`, `warning`, `critical_recovery`, …)."""

    comparator: Comparator
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many evaluations, in how many groups."""

    evaluations: int = 0
    groups: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(evaluations=self.evaluations + other.evaluations, groups=self.groups + other.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossings:
    """How many evaluations there were in `all`, and in how many the monitor would have alerted (`critical`) or warned,
    with the condition before the plan and the one after it."""

    all: Count = Count()
    critical_before: Count = Count()
    critical_after: Count = Count()
    warning_before: Count = Count()
    warning_after: Count = Count()

    def __add__(self, other: Crossings) -> Crossings:
        return Crossings(
            all=self.all + other.all,
            critical_before=self.critical_before + other.critical_before,
            critical_after=self.critical_after + other.critical_after,
            warning_before=self.warning_before + other.warning_before,
            warning_after=self.warning_after + other.warning_after,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What the org answered for one changed monitor.

    `query` is what it was asked (None where nothing could be), each point of it one evaluation over `window` seconds,
    one after the other, between `start` and `end` (seconds since the epoch); the monitor looks more often. `before` is
    the condition of the live monitor, `after` that of the specs; None where there is no such monitor, or it has no
    condition on the query's own scale. `unit` is how the org writes the values' unit (`ms`, `%`). `more` is the number
    of groups beyond `curves`, and `rest` how they did. `doubts` say, each as a sentence, why a point may not be just
    what the monitor compares. `query_changes` says that the live monitor's query is another one, of which nothing is
    known here. `missing` says in words why there is no curve.
    """

    org: str
    address: Address
    query: str | None = None
    window: int = 0
    start: int = 0
    end: int = 0
    before: Condition | None = None
    after: Condition | None = None
    unit: str = ""
    curves: tuple[Curve, ...] = ()
    more: int = 0
    rest: Crossings = Crossings()
    doubts: tuple[str, ...] = ()
    query_changes: bool = False
    missing: str = ""
