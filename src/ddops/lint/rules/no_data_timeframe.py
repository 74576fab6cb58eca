"""A monitor that notifies of missing data waits for two windows before it does, and for a day at most.

Why: with less than two windows one late point is missing data, and people learn to look away; beyond the time that a
group is remembered (24 hours) the API refuses it (`no_data_timeframe must not exceed group retention`). Without
`notify_no_data: true` the number means nothing and is dropped (reference: monitor options, 2).
Fix: two windows or more, in minutes; 1440 where the window is half a day or longer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options, tree

MOST = 1440
"""Minutes."""


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given, path = options(resource), ("options", "no_data_timeframe")
    minutes = given.get("no_data_timeframe")
    if not minutes:
        return
    if not given.get("notify_no_data"):
        if "on_missing_data" not in given:
            yield Flaw(
                "no_data_timeframe means nothing without `notify_no_data: true`; add it, or take this out",
                path,
                severity=Severity.INFO,
            )
        return
    query = tree(resource)
    window = query.evaluation if query is not None else None
    if minutes > MOST and "group_retention_duration" not in given:
        yield Flaw(f"no_data_timeframe is {minutes} minutes; a group is forgotten after {MOST}, a day", path)
    elif (
        window is not None and window.kind in ("last", "") and minutes < (least := min(2 * window.seconds // 60, MOST))
    ):
        yield Flaw(
            f"no_data_timeframe is {minutes} minutes and the window {window.words}; wait for two windows, {least}", path
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
