"""The metrics of a monitor have been seen in the last seven days.

Why: a metric with a letter wrong, or one that nobody sends any more, has no data, and a monitor of it never alerts.
Fix: correct the name. Of a metric that comes only when something goes wrong, ignore the rule and say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.nearest import nearest
from ddops.lint.finding import CannotTell, Flaw, OnlineRule, Place, Question, Severity
from ddops.lint.monitors import all_series

DAYS = 7
SECONDS = DAYS * 86_400


def check(question: Question) -> Iterator[tuple[Place, Flaw]]:
    looked_at = {
        one.address: (one, dict.fromkeys(series.metric for series in all_series(one)))
        for one in question.resources
        if one.kind.name == "monitor"
    }
    if not any(metrics for _, metrics in looked_at.values()):
        return
    seen = question.org.metrics(question.now - SECONDS)
    if not seen:
        raise CannotTell("the org lists no metric at all")
    for one, metrics in looked_at.values():
        for metric in metrics:
            if metric not in seen:
                near = nearest(metric, seen)
                yield (
                    Place.of(one),
                    Flaw(
                        f"the org '{question.org.name}' has not seen the metric {metric} for {DAYS} days"
                        + (f"; did you mean {near}?" if near else ""),
                        ("query",),
                    ),
                )


RULE = OnlineRule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
