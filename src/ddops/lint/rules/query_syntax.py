"""A query can be parsed: the monitor's own, those of its formula, of an SLO and of a dashboard's widgets.

Why: the API answers `The value provided for parameter 'query' is invalid` and no more, and only when the spec is
applied; a widget with such a query is saved and stays empty (reference: monitor queries, 10; dashboards, 4.2).
Fix: the message names the column and what was expected there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import graph, read
from ddops.lint.widgets import METRIC_SOURCES
from ddops.location import NodePath, dotted
from ddops.query.dashboard import parse_search
from ddops.query.monitor import GRAMMARS
from ddops.query.syntax import QuerySyntaxError


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    if resource.kind.name == "monitor":
        found = read(body["type"], body["query"])
        # Of a type that is newer than ddops nothing is known.
        if isinstance(found, QuerySyntaxError) and body["type"] in GRAMMARS:
            yield Flaw(f"query, {found}", ("query",))
        yield from _listed((body.get("options") or {}).get("variables"), ("options", "variables"))
    elif resource.kind.name == "slo":
        for side, text in (body.get("query") or {}).items():
            yield from _metric(text, ("query", side))
        sli = body.get("sli_specification") or {}
        yield from _listed((sli.get("count") or {}).get("queries"), ("sli_specification", "count", "queries"))
        slice_ = (sli.get("time_slice") or {}).get("query") or {}
        yield from _listed(slice_.get("queries"), ("sli_specification", "time_slice", "query", "queries"))
    else:
        for _, queries in context.queried(resource):
            for query in queries:
                yield from (_metric if query.sort == "metric" else _search)(query.text, query.path)


def _listed(queries: Any, path: NodePath) -> Iterator[Flaw]:
    for index, one in enumerate(queries or ()):
        if one.get("data_source") in METRIC_SOURCES:
            yield from _metric(one.get("query"), (*path, index, "query"))
        search = one.get("search")
        if isinstance(search, dict):
            yield from _search(search.get("query"), (*path, index, "search", "query"))


def _metric(text: Any, path: NodePath) -> Iterator[Flaw]:
    if isinstance(text, str) and isinstance(found := graph(text), QuerySyntaxError):
        yield Flaw(f"{dotted(path)}, {found}", path)


def _search(text: Any, path: NodePath) -> Iterator[Flaw]:
    if isinstance(text, str) and (wrong := _wrong(text)) is not None:
        yield Flaw(f"{dotted(path)}, {wrong}", path)


@lru_cache(maxsize=4096)
def _wrong(text: str) -> QuerySyntaxError | None:
    try:
        parse_search(text)
    except QuerySyntaxError as error:
        return error
    return None


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor", "slo", "dashboard"}), check=check)
