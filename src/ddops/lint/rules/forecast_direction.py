"""A forecast looks for the highest value with `max` and `>`, for the lowest with `min` and `<`.

Why: `max(…) < 10` is true only when the whole forecast is below, which is long after the disk is full (reference:
monitor queries, 2.7). `model` belongs to 'linear', `seasonality` to 'seasonal'; elsewhere they are ignored.
Fix: turn the aggregator round.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import watching

_RIGHT = {">": "max", ">=": "max", "<": "min", "<=": "min"}


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    both = watching(resource, "forecast")
    if both is None:
        return
    query, found = both
    right = _RIGHT.get(str(query.comparator))
    if right is not None and query.aggregator != right:
        yield Flaw(
            f"a forecast with `{query.comparator}` begins with `{right}(…)`, not `{query.aggregator}(…)`", ("query",)
        )
    for option, method in (("model", "linear"), ("seasonality", "seasonal")):
        if option in found.options and found.method != method:
            yield Flaw(f"'{found.method}' takes no {option}; '{method}' does", ("query",))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
