"""A monitor's query has no function whose value depends on where the window begins.

Why: `cumsum` and `integral` start at zero with every evaluation, so that the same minute is above the threshold in one
and below in the next; `autosmooth` is refused in monitors (reference: monitor queries, 2.10).
Fix: `sum(last_1h)` for a total; `ewma_10` or `median_9` for a smooth line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import graphs, metric_query
from ddops.query.node import Node
from ddops.query.tree import Call

_INSTEAD = {
    "cumsum": "depends on where the window begins; `sum(last_…)` is a total",
    "integral": "depends on where the window begins; `sum(last_…)` is a total",
    "autosmooth": "is not allowed in monitors; take `ewma_10` or `median_9`",
}


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = metric_query(resource)
    trees: list[tuple[Node, str]] = [] if query is None else [(query.expression, query.text)]
    trees += [(inner, str(inner)) for inner in graphs(resource)]
    called = [
        node.function
        for inner, text in trees
        if any(name in text for name in _INSTEAD)
        for node in inner.walk()
        if isinstance(node, Call)
    ]
    for name in dict.fromkeys(called):
        if name in _INSTEAD:
            yield Flaw(f"`{name}` {_INSTEAD[name]}", ("query",))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
