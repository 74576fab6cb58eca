"""Arithmetic over counts is evaluated with `sum`.

Why: with `.as_count()` each series is first summed over the window and the arithmetic is done once, on the totals;
`avg` or `max` in front then says something that does not happen, and a threshold that was read off a graph is wrong by
the number of points (reference: monitor queries, 2.9).
Fix: `sum(last_5m):…`, or `.as_rate()` for an average of rates.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import ALGORITHMS, metric_query
from ddops.query.tree import Arithmetic, series


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = metric_query(resource)
    if query is None or query.aggregator == "sum" or ".as_count" not in query.text or query.change is not None:
        return
    if any(name in query.text for name in ALGORITHMS):
        return
    for node in query.expression.walk():
        if not isinstance(node, Arithmetic):
            continue
        found = list(series(node))
        counted = [any(method.name == "as_count" for method in one.methods) for one in found]
        if len(found) > 1 and any(counted):
            yield Flaw(
                f"the arithmetic is done on the totals of the window, whatever `{query.aggregator}(…)` says; write "
                "`sum(…)`",
                ("query",),
            )
            return


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
