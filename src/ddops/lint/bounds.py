"""Between which numbers the value of a query can lie, as far as its text tells. Interval arithmetic over the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, isnan
from typing import Literal

from ddops.query.queries import EventQuery, FormulaQuery, MetricQuery, Query
from ddops.query.tree import Argument, Arithmetic, Call, Graph, Method, Negative, Number, Parenthesis, Series, Word


@dataclass(frozen=True, slots=True)
class Bounds:
    low: float = -inf
    high: float = inf


ANYTHING = Bounds()
NATURAL = Bounds(0, inf)
FRACTION = Bounds(0, 1)
PERCENT = Bounds(0, 100)

METRICS: Mapping[str, Bounds] = {
    # The Agent's system checks (Datadog documentation, integrations: system, disk).
    **dict.fromkeys(
        (f"system.cpu.{name}" for name in ("user", "system", "idle", "iowait", "stolen", "guest", "interrupt")), PERCENT
    ),
    **dict.fromkeys(
        ("system.disk.in_use", "system.fs.inodes.in_use", "system.mem.pct_usable", "system.swap.pct_free"), FRACTION
    ),
    # Percentages of CloudWatch (Datadog documentation, integrations: amazon_ec2, amazon_rds, …). Not those of ECS: a
    # service can use more than it reserved.
    **dict.fromkeys(
        (f"aws.{name}.cpuutilization" for name in ("ec2", "rds", "elasticache", "redshift", "docdb", "es")), PERCENT
    ),
    **dict.fromkeys((f"aws.cloudfront.{name}_error_rate" for name in ("4xx", "5xx", "total")), PERCENT),
    **dict.fromkeys((f"aws.ses.reputation_{name}_rate" for name in ("bounce", "complaint")), FRACTION),
    "azure.vm.percentage_cpu": PERCENT,
}
"""Metrics that are shares of something, by name."""

_SAME = frozenset(
    [
        "exclude_null",
        "timeshift",
        "hour_before",
        "day_before",
        "week_before",
        "month_before",
        "calendar_shift",
        "autosmooth",
        "top",
        "robust_trend",
        "trend_line",
        "piecewise_constant",
    ]
)
"""Functions that give values which their series has, or some between them."""
_SAME_FAMILIES = ("top", "bottom", "ewma_", "median_")
_NATURAL = frozenset({"count_nonzero", "count_not_null", "monotonic_diff"})
_SUMMING = frozenset({"cumsum", "integral", "per_second", "per_minute", "per_hour"})
"""Functions that keep a sign, not a size."""


def bounds(query: Query, variables: Mapping[str, Bounds] | None = None) -> Bounds:
    """The bounds of what a monitor compares with its thresholds; `variables` are those of a formula's queries."""
    if isinstance(query, EventQuery):
        return NATURAL if query.aggregator in ("count", "cardinality") else ANYTHING
    if isinstance(query, FormulaQuery):
        return ANYTHING if query.method("change") or query.method("anomaly") else of(query.expression, variables or {})
    if not isinstance(query, MetricQuery):
        return ANYTHING
    found = of(query.expression, {})
    if query.change is not None:
        if query.change.function == "pct_change":
            return Bounds(-100, inf) if found.low >= 0 else ANYTHING
        return Bounds(found.low - found.high, found.high - found.low)
    if query.aggregator != "sum" or _once(query.expression):
        return found
    return _summed(found)


def of(node: Argument | Graph, variables: Mapping[str, Bounds]) -> Bounds:
    """The bounds of an expression."""
    if isinstance(node, Number):
        return Bounds(node.value, node.value)
    if isinstance(node, Word):
        return variables.get(node.name, ANYTHING)
    if isinstance(node, Series):
        return _called(_series(node), node.methods)
    if isinstance(node, Parenthesis):
        return _called(of(node.inner, variables), node.methods)
    if isinstance(node, Negative):
        found = of(node.operand, variables)
        return Bounds(-found.high, -found.low)
    if isinstance(node, Arithmetic):
        found, *rest = (of(operand, variables) for operand in node.operands)
        for operator, other in zip(node.operators, rest, strict=True):
            found = _combined(operator, found, other)
        return found
    if isinstance(node, Call):
        return _called(_function(node, variables), node.methods)
    if isinstance(node, Graph) and len(node.expressions) == 1:
        return of(node.expressions[0], variables)
    return ANYTHING


Verdict = Literal["never", "always"]


def verdict(found: Bounds, comparator: str, threshold: float) -> Verdict | None:
    """Whether a value within the bounds can be so compared with the threshold; None where some can and some cannot."""
    low, high = found.low, found.high
    never, always = {
        ">": (high <= threshold, low > threshold),
        ">=": (high < threshold, low >= threshold),
        "<": (low >= threshold, high < threshold),
        "<=": (low > threshold, high <= threshold),
        "==": (not low <= threshold <= high, False),
        "!=": (False, not low <= threshold <= high),
    }[comparator]
    return "never" if never else "always" if always else None


def _once(expression: Argument) -> bool:
    """Whether the expression is done once, on the totals: with `.as_count()`, and an algorithm's value is a share
    (reference: monitor queries, 2.9)."""
    return any(
        (isinstance(node, Method) and node.name == "as_count")
        or (isinstance(node, Call) and node.function in ("anomalies", "outliers"))
        for node in expression.walk()
    )


def _series(node: Series) -> Bounds:
    if node.aggregator == "count" or any(method.name in ("as_count", "as_rate") for method in node.methods):
        return NATURAL
    name = node.metric
    for suffix in (".maximum", ".minimum", ".average"):  # CloudWatch's other statistics
        name = name.removesuffix(suffix)
    found = METRICS.get(name, ANYTHING)
    return _summed(found) if node.aggregator == "sum" else found


def _called(found: Bounds, methods: Iterable[Method]) -> Bounds:
    for method in methods:
        first = str(method.arguments[0]).strip("'\"") if method.arguments else ""
        if method.name == "rollup" and first == "sum":
            found = _summed(found)
        elif method.name == "rollup" and first == "count":
            found = NATURAL
        elif method.name == "fill" and first == "zero":
            found = _hull((found, Bounds(0, 0)))
    return found


def _function(call: Call, variables: Mapping[str, Bounds]) -> Bounds:
    name, inner = call.function, of(call.arguments[0], variables)
    limit = call.arguments[1].value if len(call.arguments) > 1 and isinstance(call.arguments[1], Number) else None
    if name in ("anomalies", "outliers") or name.startswith("is_"):
        return FRACTION
    if name == "default_zero":
        return _hull((inner, Bounds(0, 0)))
    if name == "abs":
        return Bounds(max(0, inner.low, -inner.high), max(-inner.low, inner.high))
    if name in ("clamp_min", "cutoff_min") and limit is not None:
        return Bounds(max(inner.low, limit), max(inner.high, limit))
    if name in ("clamp_max", "cutoff_max") and limit is not None:
        return Bounds(min(inner.low, limit), min(inner.high, limit))
    if name in _NATURAL:
        return NATURAL
    if name in _SUMMING:
        return _summed(inner)
    if name in _SAME or name.startswith(_SAME_FAMILIES):
        return inner
    return ANYTHING


def _summed(found: Bounds) -> Bounds:
    """Of a sum of any number of values."""
    return Bounds(0 if found.low >= 0 else -inf, 0 if found.high <= 0 else inf)


def _combined(operator: str, left: Bounds, right: Bounds) -> Bounds:
    if operator == "+":
        return Bounds(left.low + right.low, left.high + right.high)
    if operator == "-":
        return Bounds(left.low - right.high, left.high - right.low)
    if operator == "*":
        return _extremes(_times(one, other) for one in (left.low, left.high) for other in (right.low, right.high))
    if right.low > 0 or right.high < 0:
        return _extremes(_over(one, other) for one in (left.low, left.high) for other in (right.low, right.high))
    # Where the divisor is 0 there is no value (reference: monitor queries, 2.9), so only the signs tell.
    return NATURAL if left.low >= 0 and right.low >= 0 else ANYTHING


def _times(one: float, other: float) -> float:
    return 0.0 if one == 0 or other == 0 else one * other


def _over(one: float, other: float) -> float:
    return one / other


def _extremes(values: Iterable[float]) -> Bounds:
    found = list(values)
    return ANYTHING if any(map(isnan, found)) else Bounds(min(found), max(found))


def _hull(of_all: Iterable[Bounds]) -> Bounds:
    found = list(of_all)
    return Bounds(min(one.low for one in found), max(one.high for one in found))
