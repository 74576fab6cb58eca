"""What an object looks at: the conditions of its queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ddops.kinds.contract import Body, Json
from ddops.meaning.sense import read
from ddops.query.condition import And, Condition, Everything, Tag
from ddops.query.dashboard import parse_metric, parse_search
from ddops.query.queries import EventQuery, MetricQuery, ServiceCheckQuery
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import series


def scopes(kind: str, body: Body) -> Sequence[Condition]:
    """The conditions of a monitor's, an SLO's or a log metric's queries, in their order; none where a query cannot be
    parsed."""
    found = _SCOPES.get(kind)
    try:
        return tuple(found(body)) if found is not None else ()
    except QuerySyntaxError:
        return ()


def _monitor(body: Body) -> Iterator[Condition]:
    query = read(body)
    if isinstance(query, MetricQuery):
        yield from (one.scope.condition for one in query.series)
    elif isinstance(query, EventQuery):
        yield query.search
    elif isinstance(query, ServiceCheckQuery):
        tags = [_tag(tag) for tag in query.arguments("over")]
        yield tags[0] if len(tags) == 1 else And(tuple(tags), (",",) * (len(tags) - 1), span=(0, 0))
    for variable in (body.get("options") or {}).get("variables") or ():
        yield from _variable(variable)


def _variable(variable: Json) -> Iterator[Condition]:
    if isinstance(variable.get("query"), str):
        yield from _metric(variable["query"])
    elif isinstance(search := (variable.get("search") or {}).get("query"), str):
        yield parse_search(search)


def _slo(body: Body) -> Iterator[Condition]:
    for text in (body.get("query") or {}).values():
        yield from _metric(text)
    for part in (body.get("sli_specification") or {}).values():
        for query in part.get("queries") or (part.get("query") or {}).get("queries") or ():
            yield from _variable(query)


def _logs_metric(body: Body) -> Iterator[Condition]:
    yield parse_search((body.get("filter") or {}).get("query") or "*")


def _metric(text: str) -> Iterator[Condition]:
    for expression in parse_metric(text).expressions:
        yield from (one.scope.condition for one in series(expression))


def _tag(text: str) -> Condition:
    key, _, value = text.partition(":")
    return Everything(span=(0, 0)) if text == "*" else Tag(key, value or None, span=(0, 0))


_SCOPES: dict[str, Callable[[Body], Iterator[Condition]]] = {
    "monitor": _monitor,
    "slo": _slo,
    "logs_metric": _logs_metric,
}
