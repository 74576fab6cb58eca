"""Which evaluations would have alerted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ddops.backtest.contract import Backtest, Comparator, Condition, Count, Crossings, Curve
from ddops.query.evaluation import BEYOND

State = Literal["ok", "warning", "critical"]


def crossings(backtest: Backtest) -> Crossings:
    """How many evaluations of a backtest would have alerted, the groups beyond its curves among them."""
    return counted(backtest.curves, backtest.before, backtest.after) + backtest.rest


def counted(curves: Iterable[Curve], before: Condition | None, after: Condition | None) -> Crossings:
    """How many evaluations of these groups would have alerted with either condition."""
    found = Crossings()
    for curve in curves:
        then, now = list(states(curve, before)), list(states(curve, after))
        found += Crossings(
            all=Count(evaluations=len(curve.points), groups=1),
            critical_before=_count(then, "critical"),
            critical_after=_count(now, "critical"),
            warning_before=_count(then, "warning"),
            warning_after=_count(now, "warning"),
        )
    return found


def states(curve: Curve, condition: Condition | None) -> Iterator[State]:
    """The state after each evaluation; none without a condition. An alert lasts until its recovery threshold is
    passed, where the condition has one."""
    if condition is None:
        return
    state: State = "ok"
    beyond, given = BEYOND[condition.comparator], condition.thresholds
    for _, value in curve.points:
        held = _held(state, value, condition)
        if held == "critical" or ("critical" in given and beyond(value, given["critical"])):
            state = "critical"
        elif held == "warning" or ("warning" in given and beyond(value, given["warning"])):
            state = "warning"
        else:
            state = "ok"
        yield state


def _held(state: State, value: float, condition: Condition) -> State:
    """The state that the value has not recovered from: it does at what is not beyond the recovery threshold
    (reference: monitor options, 5)."""
    recovery = condition.thresholds.get(f"{state}_recovery")
    return state if recovery is not None and BEYOND[condition.comparator](value, recovery) else "ok"


def reach(curve: Curve, comparator: Comparator) -> float:
    """How far a group went towards alerting, the more the farther."""
    values = [value for _, value in curve.points]
    return max(values) if comparator in (">", ">=") else -min(values)


def _count(found: Sequence[State], state: State) -> Count:
    evaluations = found.count(state)
    return Count(evaluations=evaluations, groups=int(evaluations > 0))
