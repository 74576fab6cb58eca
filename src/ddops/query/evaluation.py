"""What to ask an org for the past of a monitor: a metric query whose every point is one evaluation."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from math import isfinite
from typing import Any, Literal, TypeGuard

from ddops.query.algorithms import algorithm
from ddops.query.dashboard import parse_metric
from ddops.query.monitor import parse
from ddops.query.queries import (
    CompositeQuery,
    FormulaQuery,
    MetricQuery,
    Query,
    ServiceCheckQuery,
    SloQuery,
    SyntheticsQuery,
    Threshold,
)
from ddops.query.rolled import Rolled, Unlike, is_pointwise, rolled
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import (
    Argument,
    Arithmetic,
    Call,
    Expression,
    Keyword,
    Negative,
    Parenthesis,
    Scope,
    Series,
    Text,
    Word,
)

Comparator = Literal[">", ">=", "<", "<="]
Variables = Sequence[Mapping[str, Any]]
"""The queries that a formula names, as `options.variables` has them."""

_AGGREGATORS = {"avg": "avg", "mean": "avg", "sum": "sum", "min": "min", "max": "max"}
"""Those of a formula's variable that are rollups."""


BEYOND: Mapping[Comparator, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
"""Whether a value alerts, by how it is compared with the threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`query` is a metric query; its points are `interval` seconds apart, and each is what the monitor compares with
    `critical`. `doubts` say, each as a sentence, where it may be something else; without them each point is exact."""

    query: str
    interval: int
    comparator: Comparator
    critical: float
    doubts: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        return not self.doubts


def evaluation(type: str, query: str, variables: Variables = ()) -> Evaluation | str:
    """The evaluation of a monitor, or why there is none, as a clause about the monitor: `it compares a change, …`.
    `type` is the monitor's, such as `query alert`."""
    try:
        return _evaluation(parse(type, query), variables)
    except QuerySyntaxError:
        return "its query cannot be read"
    except Unlike as reason:
        return str(reason)


@singledispatch
def _evaluation(query: Query, variables: Variables) -> Evaluation:
    raise Unlike("it watches events, not a metric")


@_evaluation.register
def _(query: CompositeQuery, variables: Variables) -> Evaluation:
    raise Unlike("it combines other monitors")


@_evaluation.register
def _(query: ServiceCheckQuery, variables: Variables) -> Evaluation:
    raise Unlike("it watches the results of a check, not a metric")


@_evaluation.register
def _(query: SloQuery, variables: Variables) -> Evaluation:
    raise Unlike("it watches an error budget, not a metric")


@_evaluation.register
def _(query: SyntheticsQuery, variables: Variables) -> Evaluation:
    raise Unlike("a synthetic test decides when it alerts")


@_evaluation.register
def _(query: MetricQuery, variables: Variables) -> Evaluation:
    found = algorithm(query.expression)
    if found is not None:
        raise Unlike(f"its threshold is for {found.name}(), not for the metric itself")
    if query.change is not None:
        raise Unlike("its threshold is for a change, not for the metric itself")
    if query.window.kind != "last":
        raise Unlike("its window grows from the start of the hour, the day or the month")
    return _of(query.end, rolled(query.expression, query.aggregator, query.window.seconds))


@_evaluation.register
def _(query: FormulaQuery, variables: Variables) -> Evaluation:
    if any(query.method(name) for name in ("change", "anomaly", "forecast")):
        raise Unlike("its threshold is not for the metrics themselves")
    if query.evaluation is None or query.evaluation.kind != "last":
        raise Unlike("its window grows from the start of the hour, the day or the month")
    overall = next(iter(query.arguments("rollup")), None)
    window = query.evaluation.seconds
    queries = {str(one.get("name")): one for one in variables}
    parts = {name: _variable(queries.get(name), overall, window) for name in query.variables if name in queries}
    if not parts:
        raise Unlike("it watches no metric")
    if len({part.interval for part in parts.values()}) > 1:
        raise Unlike("its metrics have rollups of different intervals")
    doubts = dict.fromkeys(doubt for part in parts.values() for doubt in part.doubts)
    if not isinstance(query.expression, Word):
        doubts |= {"The plot computes once, with what each of the formula's queries gives over the window.": None}
    put = _put(query.expression, {name: part.expression for name, part in parts.items()})
    return _of(query.end, Rolled(put, next(iter(parts.values())).interval, tuple(doubts)))


def _variable(one: Mapping[str, Any] | None, overall: str | None, window: int) -> Rolled:
    if one is None or one.get("data_source") != "metrics" or not isinstance(one.get("query"), str):
        raise Unlike("it watches something else than metrics")
    aggregator = overall or one.get("aggregator") or "avg"
    if aggregator not in _AGGREGATORS:
        raise Unlike(f"no rollup is the {aggregator} of a metric")
    graph = parse_metric(one["query"])
    if len(graph.expressions) > 1:
        raise Unlike("one of its queries is several")
    found = rolled(graph.expressions[0], _AGGREGATORS[aggregator], window)
    return found if one.get("aggregator") or overall else replace(found, doubts=(*found.doubts, _NO_AGGREGATOR))


_NO_AGGREGATOR = "The formula does not say how its queries are aggregated over the window; the plot takes the average."


def _put(node: Expression, parts: Mapping[str, Expression]) -> Expression:
    """The formula with the queries in the places of their names."""
    if isinstance(node, Word):
        part = parts.get(node.name)
        return node if part is None else Parenthesis(part) if isinstance(part, Arithmetic) else part
    if isinstance(node, Negative):
        return replace(node, operand=_put(node.operand, parts))
    if isinstance(node, Arithmetic):
        return replace(node, operands=tuple(_put(one, parts) for one in node.operands))
    if isinstance(node, Parenthesis):
        return replace(node, inner=_put(node.inner, parts))
    if isinstance(node, Call):
        if not is_pointwise(node.function):
            raise Unlike(f"what {node.function}() gives depends on the interval of its points")
        return replace(node, arguments=(_first(node, parts), *node.arguments[1:]))
    return node


def _first(node: Call, parts: Mapping[str, Expression]) -> Argument:
    """The first argument of a function, which is what it works on."""
    inner = node.arguments[0]
    return inner if isinstance(inner, Text | Keyword | Scope) else _put(inner, parts)


def _of(end: Threshold, found: Rolled) -> Evaluation:
    if end.value is None:
        raise Unlike("its threshold is a query of its own")
    if not isfinite(end.value):
        raise Unlike("its threshold is out of all reach")
    if not _is_inequality(end.comparator):
        raise Unlike("it compares for equality, which no threshold on a plot can show")
    is_missed = BEYOND[end.comparator](0, end.value) and _leaves_gaps(found.expression)
    return Evaluation(
        query=str(found.expression),
        interval=found.interval,
        comparator=end.comparator,
        critical=end.value,
        doubts=(*found.doubts, _NO_POINT) if is_missed else found.doubts,
    )


_NO_POINT = "A window without data has no point; to the monitor it may be a count of 0, which alerts."
"""What `on_missing_data: default` does with counts (reference: monitor options, 6)."""


def _leaves_gaps(node: Argument) -> bool:
    """Whether a count is nothing, and not 0, where nothing was counted."""
    match node:
        case Series():
            names = {method.name for method in node.methods}
            return "as_count" in names and "fill" not in names
        case Call():
            return node.function != "default_zero" and _leaves_gaps(node.arguments[0])
        case Arithmetic():
            return any(map(_leaves_gaps, node.operands))
        case Parenthesis():
            return _leaves_gaps(node.inner)
        case Negative():
            return _leaves_gaps(node.operand)
        case _:
            return False


def _is_inequality(comparator: str) -> TypeGuard[Comparator]:
    return comparator in (">", ">=", "<", "<=")
