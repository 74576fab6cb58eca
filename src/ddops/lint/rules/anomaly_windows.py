"""An anomaly's `alert_window` is the monitor's `threshold_windows.trigger_window`, fits into the query's window, and
has a `recovery_window` that is no longer.

Why: the window is written twice, and with two values the graph shows another alert than the one that rings; a recovery
window is required with it. Other monitors have no such windows (reference: monitor queries, 2.5).
Fix: the same window in both places; a query window about five times as long.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import METRIC_TYPES, metric_query, options, watching
from ddops.query.window import Window, window

PATH = ("options", "threshold_windows")


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    both = watching(resource, "anomalies")
    given = {
        name: text for name, text in (options(resource).get("threshold_windows") or {}).items() if text is not None
    }
    if both is None:
        if given and (metric_query(resource) is not None or resource.spec.body["type"] not in METRIC_TYPES):
            yield Flaw("threshold_windows are for anomalies, and the query has none; take them out", PATH, key=True)
        return
    query, found = both
    over = found.alert_window
    if over is not None and over.seconds > query.window.seconds:
        yield Flaw(f"the alert_window of {over.words} does not fit into the window of {query.window.words}", ("query",))
    windows: dict[str, Window] = {}
    for name, text in given.items():
        if (one := window(text)) is None or one.kind != "last":
            yield Flaw(f"{name}: '{text}' is no window; it reads `last_15m`", (*PATH, name))
        else:
            windows[name] = one
    trigger, recovery = windows.get("trigger_window"), windows.get("recovery_window")
    if over is None:
        if given and "trigger_window" not in given:
            yield Flaw("threshold_windows has no `trigger_window`; add it", PATH, key=True)
    elif "trigger_window" not in given:
        yield Flaw(
            f"the query's alert_window is {over}; add `threshold_windows: {{trigger_window: {over}, "
            f"recovery_window: {over}}}`",
            PATH,
        )
    elif trigger is not None and trigger.seconds != over.seconds:
        yield Flaw(
            f"trigger_window is {trigger}, and the query's alert_window {over}; make them the same",
            (*PATH, "trigger_window"),
        )
    if "trigger_window" in given and "recovery_window" not in given:
        yield Flaw(
            "threshold_windows has no `recovery_window`; add it, as long as the trigger window at most", PATH, key=True
        )
    elif trigger is not None and recovery is not None and recovery.seconds > trigger.seconds:
        yield Flaw(
            f"recovery_window is {recovery}, longer than the trigger_window {trigger}",
            (*PATH, "recovery_window"),
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
