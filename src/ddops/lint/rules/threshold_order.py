"""Thresholds stand in the order in which a value passes them: warning before critical, each recovery on the OK side of
its own threshold.

Why: the API refuses another order (`Warning threshold (50.0) must be less than the alert threshold (20.0) with >
comparison.`, `alert and alert recovery criteria are such that the monitor can be simultaneously in alert and alert
recovery states`; reference: monitor options, 5).
Fix: with `>` and `>=` warnings and recoveries are lower than what they belong to, with `<` and `<=` higher.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import show, thresholds, tree


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = tree(resource)
    if query is None or query.comparator not in (">", ">=", "<", "<="):
        return
    given = thresholds(resource)
    # Without a threshold of its own the query's number is the critical one.
    if "critical" not in given and query.threshold is not None:
        given = {**given, "critical": query.threshold}
    side = "below" if query.comparator.startswith(">") else "above"
    # Alert and recovery exclude each other at the same number (reference: monitor options, 5).
    for name, other, may_equal in (
        ("warning", "critical", False),
        ("critical_recovery", "critical", True),
        ("warning_recovery", "warning", True),
    ):
        if name not in given or other not in given:
            continue
        value, limit = given[name], given[other]
        right = value < limit if side == "below" else value > limit
        if not right and not (may_equal and value == limit):
            yield Flaw(
                f"with `{query.comparator}` {name} must be {side} {other}, and {show(value)} is not {side} "
                f"{show(limit)}",
                ("options", "thresholds", name),
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
