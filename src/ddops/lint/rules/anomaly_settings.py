"""An anomaly is compared with `>=`, its points are fine enough for its window, and its algorithm knows the seasons it
is given.

Why: the value is the share of points outside the band, so that `<` alerts while all is well; an `interval` above a
fifth of the `alert_window` leaves fewer than five points to judge by; `basic` knows no seasons and ignores them
(reference: monitor queries, 2.5).
Fix: `>= 1` for all points; a shorter `interval`; `agile` or `robust` for `seasonality`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import watching


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    both = watching(resource, "anomalies")
    if both is None:
        return
    query, found = both
    if query.comparator not in (">=", ">"):
        yield Flaw(
            f"`{query.comparator}` alerts while few points are anomalous; an anomaly is compared with `>=`", ("query",)
        )
    over, interval = found.alert_window, found.interval
    if over is not None and interval is not None and interval * 5 > over.seconds:
        yield Flaw(
            f"interval {interval} leaves {over.seconds // interval} points of the alert_window of {over.words}; "
            f"{over.seconds // 5} seconds at most leave five",
            ("query",),
        )
    if found.method == "basic" and "seasonality" in found.options:
        yield Flaw("'basic' knows no seasonality; take 'agile' or 'robust', or leave it out", ("query",))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
