"""A window holds at least one whole interval of the query's rollup.

Why: `.rollup()` cuts time at fixed hours and minutes. A window no longer than that ends in an interval which has only
begun, so that its sum is low and the monitor alerts, or does not, by the clock (reference: monitor queries, 2.9).
Fix: a window of two intervals, or an `options.evaluation_delay` of at least one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import metric_query, options
from ddops.query.tree import Method, Number


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = metric_query(resource)
    if query is None or query.window.kind != "last" or ".rollup" not in query.text:
        return
    delay, window = options(resource).get("evaluation_delay") or 0, query.window.seconds
    for node in query.expression.walk():
        if not isinstance(node, Method) or node.name != "rollup":
            continue
        seconds = next((one.value for one in node.arguments if isinstance(one, Number)), None)
        if seconds is None:
            continue
        if window < seconds or (window < 2 * seconds and delay < seconds):
            yield Flaw(
                f"the window of {query.window.words} need not hold one whole interval of `{query.source(node)}`; make "
                f"it {2 * seconds:.0f} seconds or longer, or set `options.evaluation_delay` to {seconds:.0f}",
                ("query",),
            )
            return


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
