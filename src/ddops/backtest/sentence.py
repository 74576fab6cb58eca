"""A backtest in words: what a reviewer reads first."""

from __future__ import annotations

from ddops.backtest.contract import Backtest, Condition, Count
from ddops.backtest.crossings import crossings
from ddops.backtest.span import DAY, words


def sentence(backtest: Backtest) -> str:
    """`In the last day 3 of 288 evaluations would have alerted; with the old threshold 41.`

    Of several groups it says in how many, of a warning threshold how many would have warned. Of a backtest without a
    curve it says why.
    """
    if not backtest.curves:
        missing = backtest.missing or "nobody was asked"
        return f"No backtest: {missing}{'' if missing[-1] in '.?!' else '.'}"
    found = crossings(backtest)
    about = "about " if backtest.doubts else ""
    all = found.all.evaluations
    now = found.critical_after if backtest.after else found.critical_before
    said = (
        f"In the last {words(backtest.start, backtest.end)} {about if now.evaluations else ''}"
        f"{_some(now)} of {all:,} {'evaluation' if all == 1 else 'evaluations'} would have alerted"
        f"{_groups(now, found.all)}"
    )
    said += _compared(backtest, now, found.critical_before, found.all)
    said += f".{_warned(backtest, found.warning_before, found.warning_after)}"
    return said if now.evaluations else f"{said}{_could_have(backtest)}"


def _could_have(backtest: Backtest) -> str:
    """That none alerted is true of these points alone."""
    if backtest.window > often(backtest.window):
        values = ", and not at just these values" if backtest.doubts else ""
        return f" The monitor looks more often{values}; it could have alerted."
    return " The monitor does not look at just these values; it could have alerted." if backtest.doubts else ""


def often(window: int) -> int:
    """How many seconds lie between two evaluations of a monitor whose window is so long (reference: monitor queries,
    2.2)."""
    return 60 if window < DAY else 600 if window < 2 * DAY else 1800


def _compared(backtest: Backtest, now: Count, before: Count, all: Count) -> str:
    """What of it is new."""
    if backtest.after is None:
        return "; with this plan none will"
    if backtest.query_changes:
        return "; the query is another one than before"
    if backtest.before is None:
        return ""
    if _of(backtest.before, "critical") == _of(backtest.after, "critical"):
        return ", as before"
    if before == now:
        return "; with the old threshold as many" if now.evaluations else "; with the old threshold none either"
    groups = f", in {before.groups:,} {'group' if before.groups == 1 else 'groups'}" if all.groups > 1 else ""
    return f"; with the old threshold {_some(before)}{groups if before.evaluations else ''}"


def _warned(backtest: Backtest, before: Count, after: Count) -> str:
    """About warnings, where there were any."""
    has = [side is not None and "warning" in side.thresholds for side in (backtest.before, backtest.after)]
    if not before.evaluations and not after.evaluations:
        return ""
    if backtest.after is None or not has[1]:
        return f" {_some(before).capitalize()} would have warned; with this plan none will."
    said = f" {_some(after).capitalize()} would have warned"
    if backtest.before is None:
        return f"{said}."
    if _of(backtest.before, "warning") == _of(backtest.after, "warning"):
        return f"{said}, as before."
    if not has[0]:
        return f"{said}; there was no threshold for that."
    return f"{said}; with the old threshold {_some(before) if before != after else 'as many'}."


def _of(condition: Condition, state: str) -> tuple[object, ...]:
    """What decides that a monitor is in this state."""
    given = condition.thresholds
    return condition.comparator, given.get(state), given.get(f"{state}_recovery")


def _some(count: Count) -> str:
    return f"{count.evaluations:,}" if count.evaluations else "none"


def _groups(count: Count, all: Count) -> str:
    if all.groups < 2 or not count.evaluations:
        return ""
    return f", in {count.groups:,} of {all.groups:,} groups"
