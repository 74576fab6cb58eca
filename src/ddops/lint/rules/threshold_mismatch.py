"""The critical threshold in the options is the number that the query compares with.

Why: the API refuses anything else (`Alert threshold (90.0) does not match that used in the query (200.0).`; reference:
monitor options, 9).
Fix: make the two equal; which of them is meant, only its author knows. In a preset, write the threshold once, as a
parameter that both name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import thresholds, tree

PATH = ("options", "thresholds", "critical")


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    critical, query = thresholds(resource).get("critical"), tree(resource)
    if critical is None or query is None or query.end is None:
        return
    if query.threshold is None:
        yield Flaw(
            "the query ends in `threshold`, which stands for `options.thresholds.critical_query`; take "
            "`options.thresholds.critical` out, or write its number into the query",
            PATH,
        )
    elif query.threshold != critical:
        yield Flaw(
            f"options.thresholds.critical is {critical}, and the query compares with {query.end.limit}; make them "
            "equal",
            PATH,
        )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
