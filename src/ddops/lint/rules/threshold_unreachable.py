"""A threshold is one that the value can be on either side of: not 120 of a percentage, not below 0 of a count.

Why: such a monitor never alerts, never recovers, or always alerts, and looks healthy in every list. A percentage ends
at 100, a fraction (`system.disk.in_use`, an anomaly's share of points) at 1, and a count begins at 0 (reference:
monitor queries, 2.5 and 4; Datadog's documentation of the metrics).
Fix: write the threshold in the metric's own unit: 0.9 for 90 % of a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from ddops.compile import Desired
from ddops.lint.bounds import ANYTHING, NATURAL, Bounds, bounds, of, verdict
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import graph, show, thresholds, tree, variables
from ddops.query.syntax import QuerySyntaxError

_RECOVERS = {">": "<=", ">=": "<=", "<": ">=", "<=": ">="}
"""How a recovery is compared. Whether `>=` and `<=` recover at the recovery itself is not sure (reference: monitor
options, 5), and anomalies that integrations ship do at 0."""
_NAMES = {"critical": "alerts", "warning": "warns"}


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = tree(resource)
    if query is None or query.end is None or query.comparator is None:
        return
    found = bounds(query, _variables(resource))
    if found == ANYTHING:
        return
    given = thresholds(resource)
    if "critical" not in given and query.threshold is not None:
        given = {**given, "critical": query.threshold}
    for name, value in given.items():
        path = ("options", "thresholds", name)
        comparator, what = query.comparator, _NAMES.get(name)
        if what is None:
            comparator = _RECOVERS.get(comparator, "")
            what = "recovers"
            if name not in ("critical_recovery", "warning_recovery") or not comparator:
                continue
        found_out = verdict(found, comparator, value)
        if found_out == "never" or (found_out == "always" and what != "recovers"):
            yield Flaw(
                f"the monitor {found_out} {what}: its value is {_words(found)}, and `{name}` is `{comparator} "
                f"{show(value)}`",
                path,
            )


def _variables(resource: Desired) -> Mapping[str, Bounds]:
    found: dict[str, Bounds] = {}
    for one in variables(resource):
        name, text, compute = one.get("name"), one.get("query"), one.get("compute")
        if not isinstance(name, str):
            continue
        if isinstance(compute, dict):
            found[name] = NATURAL if compute.get("aggregation") in ("count", "cardinality") else ANYTHING
        elif isinstance(text, str) and not isinstance(tree := graph(text), QuerySyntaxError):
            found[name] = of(tree, {})
    return found


def _words(found: Bounds) -> str:
    if not isfinite(found.high):
        return f"{show(found.low)} or more"
    return f"{show(found.high)} or less" if not isfinite(found.low) else f"from {show(found.low)} to {show(found.high)}"


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
