"""What rules ask of a monitor, each query parsed once however many rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ddops.compile import Desired
from ddops.kinds.contract import Body
from ddops.query.algorithms import Algorithm, algorithm
from ddops.query.dashboard import parse_metric
from ddops.query.monitor import parse
from ddops.query.queries import MetricQuery, Query
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import Graph, GroupBy, Series, group_keys, series

EVENT_TYPES = frozenset(
    {
        *("log alert", "rum alert", "trace-analytics alert", "error-tracking alert", "event-v2 alert", "event alert"),
        *("ci-pipelines alert", "ci-tests alert", "audit alert", "database-monitoring alert"),
        *("network-performance alert", "network-path alert", "llm-observability alert"),
    }
)
"""Types over events (reference: monitor options, 2)."""
ALGORITHMS = ("anomalies", "outliers", "forecast")
METRIC_TYPES = frozenset({"query alert", "metric alert"})
_GROUPED_ELSEWHERE = frozenset({"composite", "slo alert", "synthetics alert"})
"""Types whose groups do not stand in the query: they are those of a composite's parts, of an SLO, of locations."""


@dataclass(frozen=True, slots=True)
class Read:
    """A query and what one walk over its tree tells. `groups` are the keys that it groups by, each once."""

    query: Query
    series: tuple[Series, ...] = ()
    groups: tuple[str, ...] = ()
    algorithm: Algorithm | None = None


@lru_cache(maxsize=1024)
def read(type_: str, query: str) -> Read | QuerySyntaxError:
    """A monitor's query, or what is wrong with it."""
    try:
        found = parse(type_, query)
    except QuerySyntaxError as error:
        return error
    if not isinstance(found, MetricQuery):
        return Read(found, groups=found.group_by)
    nodes = list(found.expression.walk())
    keys = dict.fromkeys(key for node in nodes if isinstance(node, GroupBy) for key in node.keys)
    named = any(name in query for name in ALGORITHMS)
    return Read(
        query=found,
        series=tuple(node for node in nodes if isinstance(node, Series)),
        groups=tuple(keys),
        algorithm=algorithm(found.expression) if named else None,
    )


@lru_cache(maxsize=1024)
def graph(query: str) -> Graph | QuerySyntaxError:
    """The tree of a metric query as dashboards, SLOs and a monitor's variables have it, or what is wrong with it."""
    try:
        return parse_metric(query)
    except QuerySyntaxError as error:
        return error


def facts(resource: Desired) -> Read | None:
    """What a monitor's query is; None where it cannot be parsed, which the rule query-syntax says."""
    found = read(resource.spec.body["type"], resource.spec.body["query"])
    return found if isinstance(found, Read) else None


def tree(resource: Desired) -> Query | None:
    """The tree of a monitor's query; None where it cannot be parsed."""
    found = facts(resource)
    return found.query if found is not None else None


def metric_query(resource: Desired) -> MetricQuery | None:
    """The tree of a metric monitor's query, None where it is of another sort."""
    found = tree(resource)
    return found if isinstance(found, MetricQuery) else None


def watching(resource: Desired, name: str) -> tuple[MetricQuery, Algorithm] | None:
    """The query and its algorithm where it uses the one of this name: `anomalies`, `outliers` or `forecast`."""
    found = facts(resource)
    if found is None or found.algorithm is None or found.algorithm.name != name:
        return None
    return (found.query, found.algorithm) if isinstance(found.query, MetricQuery) else None


def options(resource: Desired) -> Body:
    """The options that are set; null is the same as leaving one out (reference: monitor options, 3)."""
    return _set(resource.spec.body.get("options"))


def thresholds(resource: Desired) -> Mapping[str, float]:
    """The thresholds that are numbers."""
    given = _set(options(resource).get("thresholds"))
    return {name: value for name, value in given.items() if isinstance(value, int | float)}


def variables(resource: Desired) -> list[Body]:
    """The queries that a formula names."""
    return [_set(one) for one in options(resource).get("variables") or ()]


def graphs(resource: Desired) -> Iterator[Graph]:
    """The trees of the metric queries that a monitor's formula names."""
    for one in variables(resource):
        text = one.get("query")
        if isinstance(text, str) and one.get("data_source") in ("metrics", "cloud_cost"):
            inner = graph(text)
            if isinstance(inner, Graph):
                yield inner


def all_series(resource: Desired) -> Iterator[Series]:
    """Every series that a monitor looks at, in its query and in the variables of its formula."""
    found = facts(resource)
    if found is not None:
        yield from found.series
    for one in graphs(resource):
        yield from series(one)


def grouped_by(resource: Desired) -> tuple[str, ...] | None:
    """The keys that a monitor's query groups by, each once; None where they do not stand in it, or where it groups by
    everything (`by("*")`)."""
    found = facts(resource)
    if found is None or resource.spec.body["type"] in _GROUPED_ELSEWHERE:
        return None
    keys = dict.fromkeys(found.groups)
    for inner in graphs(resource):
        keys |= dict.fromkeys(group_keys(inner))
    for one in variables(resource):
        for group in one.get("group_by") or ():
            facet = group.get("facet") if isinstance(group, dict) else group
            if isinstance(facet, str):
                keys[facet] = None
    return None if "*" in keys else tuple(keys)


def notified_by(resource: Desired) -> tuple[str, ...] | None:
    """The keys of which each group notifies for itself: those of the query, fewer with `notify_by`."""
    keys = grouped_by(resource)
    chosen = options(resource).get("notify_by")
    if not chosen:
        return keys
    return () if "*" in chosen else tuple(chosen)


def show(number: float) -> str:
    """A number as people write it: `90`, `0.5`."""
    return f"{number:.15g}"


def _set(value: Any) -> Body:
    if not isinstance(value, dict):
        return {}
    return value if None not in value.values() else {key: one for key, one in value.items() if one is not None}
