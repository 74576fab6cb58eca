"""A service check is grouped, and looks at no fewer runs than its thresholds count.

Why: the API refuses a custom check without `.by(…)` (`A grouping must be specified for custom checks`), and thresholds
beyond `.last(n)` (`Last field should be larger than or equal to max threshold defined in monitor options`); of a status
that must come up three times in the last two runs nobody would ever hear (reference: monitor queries, 3).
Fix: `.by("*")` or `.by("host")`; `.last(n)` with n one more than the largest threshold, as the UI writes it. Thresholds
are whole numbers of runs, or percentages with `.pct_by_status()`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import show, thresholds, tree
from ddops.query.queries import ServiceCheckQuery

_COUNTED = ("ok", "warning", "critical")


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = tree(resource)
    if not isinstance(query, ServiceCheckQuery):
        return
    if query.method("by") is None:
        yield Flaw('the check is not grouped; add `.by("*")`, or `.by("host")` before `.last(…)`', ("query",))
    for name, value in thresholds(resource).items():
        path = ("options", "thresholds", name)
        if query.percentage:
            if not 0 <= value <= 100:
                yield Flaw(f"{name} is {show(value)}; with `.pct_by_status()` thresholds are percentages", path)
        elif value != int(value):
            yield Flaw(f"{name} is {show(value)}; thresholds of a service check are whole numbers of runs", path)
        elif name in _COUNTED and value > query.last:
            yield Flaw(
                f"{name} counts {show(value)} runs, and the query looks at the last {query.last}; write "
                f"`.last({int(value) + 1})`",
                path,
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
