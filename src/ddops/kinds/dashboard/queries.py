"""Queries in the short form: a metric query as text, `{logs: "service:x", by: host}`, `{NAME: QUERY, …}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ddops.choice import fixed
from ddops.kinds.contract import Body
from ddops.kinds.dashboard.trail import Trail
from ddops.location import NodePath

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""Of a query, as formulas name it (reference: dashboards, `queries[]` by data source)."""

COMPUTE = re.compile(r"(\w+)(?:\(([^()]+)\))?")
"""`count`, `pc95(@duration)`."""

GROUPS = 10
"""Values of a facet that a query groups by, as the UI has it at first."""


EVENT_WORDS = frozenset({"compute", "by", "limit", "index"})
"""What can be said of an event query beside the fields of its model."""


@cache
def event_fields() -> frozenset[str]:
    from ddops.kinds.dashboard.generated import FormulaAndFunctionEventQueryDefinition as Query  # noqa: PLC0415 (as below)

    return frozenset(Query.model_fields) - {"data_source"}


@cache
def sources() -> dict[str, str]:
    """The field that the text of a source's query goes to, by data source."""
    from ddops.kinds.dashboard import generated  # noqa: PLC0415 (only where a dashboard has a short form)

    events = fixed(generated.FormulaAndFunctionEventQueryDefinition, "data_source")
    processes = fixed(generated.FormulaAndFunctionProcessQueryDefinition, "data_source")
    return {
        "metrics": "query",
        "cloud_cost": "query",
        "slo": "slo_id",
        **dict.fromkeys(processes, "metric"),
        **dict.fromkeys(events, "search"),
    }


@dataclass(frozen=True, slots=True)
class Written:
    """A query in the API's form, and where it was written: as a whole, and of its fields those that have their own
    place there."""

    body: Body
    source: NodePath
    has_name: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    def follow(self, trail: Trail, path: NodePath) -> None:
        trail.made(path, self.source)
        for name, word in self.words.items():
            trail.moved((*path, name), (*self.source, word))


@dataclass(frozen=True, slots=True)
class Queries:
    """Reads the queries of one widget. `aggregator` is what a metric's points become where the widget shows one number
    for them (None: as the query suggests); `scalar` widgets do."""

    trail: Trail
    scalar: bool
    aggregator: str | None = None

    def read(self, value: Any, source: NodePath) -> list[Written]:
        if isinstance(value, str):
            return [Written(self._metric(value, "query1"), source)]
        if isinstance(value, list):
            return [
                written for index, one in enumerate(value) for written in self._one(one, index + 1, (*source, index))
            ]
        if isinstance(value, dict) and self._is_one(value):
            return self._one(value, 1, source)
        if isinstance(value, dict) and value:
            return [*self._named(value, source)]
        self.trail.wrong(source, "should be a query, a list of them or a mapping from names to them")
        return []

    def _one(self, value: Any, number: int, source: NodePath) -> list[Written]:
        if isinstance(value, str):
            return [Written(self._metric(value, f"query{number}"), source)]
        if isinstance(value, dict) and self._is_one(value):
            return [self._of_source(value, f"query{number}", source)]
        known = ", ".join(list(sources())[:6])
        self.trail.wrong(source, f"should be a metric query or a mapping with the query of a source ({known}, …)")
        return []

    def _named(self, value: Body, source: NodePath) -> Iterator[Written]:
        for name, query in value.items():
            place = (*source, name)
            if not isinstance(name, str) or not NAME.fullmatch(name):
                self.trail.wrong(place, f"'{name}' is no name for a formula: letters, digits and '_' after a letter")
                continue
            if isinstance(query, str):
                yield Written(self._metric(query, name), place, has_name=True)
            elif isinstance(query, dict) and self._is_one(query):
                yield replace(self._of_source(query, name, place), has_name=True)
            elif query is None or isinstance(query, dict):
                self.trail.unknown(place, "source of a query", sources())
            else:
                self.trail.wrong(place, "should be a query")

    def _is_one(self, value: Body) -> bool:
        """Whether a mapping is one query: it says its data source. A metric query under such a word is a query of that
        name, as `errors: "sum:…{*}"`: no search text has a brace and a colon before it."""
        if "data_source" in value:
            return True
        said = [word for word in value if word in sources()]
        if len(said) != 1:
            return False
        text = value[said[0]]
        is_metric = isinstance(text, str) and re.search(r"\w:[^\s{]+\{", text) is not None
        return not is_metric or sources()[said[0]] == "query"

    def _metric(self, query: str, name: str) -> Body:
        body = {"data_source": "metrics", "name": name, "query": query}
        return {**body, "aggregator": self._aggregator(query)} if self.scalar else body

    def _aggregator(self, query: str) -> str:
        """Counts are added up, percentiles stay such, the rest is averaged."""
        if self.aggregator is not None:
            return self.aggregator
        if ".as_count()" in query:
            return "sum"
        return "percentile" if re.match(r"p\d", query) else "avg"

    def _of_source(self, value: Body, name: str, source: NodePath) -> Written:
        """The query of a mapping that says its source; words that are the API's own stay as they are."""
        as_they_are = {key: key for key in value}
        if "data_source" in value:
            return Written({"name": name, **value}, source, words=as_they_are)
        word = next(word for word in value if word in sources())
        text, rest = value[word], {key: one for key, one in value.items() if key != word}
        if sources()[word] == "search":
            for key in [key for key in rest if key not in EVENT_WORDS | event_fields()]:
                self.trail.unknown((*source, key), "field", [*EVENT_WORDS, *event_fields()])
            body = self._events(word, text, rest, name, source)
            words = {"search": word, "compute": "compute", "group_by": "by", "indexes": "index"}
            return Written(body, source, words={**as_they_are, **{to: by for to, by in words.items() if by in value}})
        body = {"data_source": word, "name": name, sources()[word]: text, **rest}
        if sources()[word] == "query" and self.scalar and isinstance(text, str):
            body["aggregator"] = rest.get("aggregator") or self._aggregator(text)
        return Written(body, source, words={**as_they_are, sources()[word]: word})

    def _events(self, word: str, search: Any, rest: Body, name: str, source: NodePath) -> Body:
        compute = self._compute(rest.get("compute", "count"), (*source, "compute"))
        index = rest.get("index", "*")
        body: Body = {
            "data_source": word,
            "name": name,
            "indexes": index if isinstance(index, list) else [index],
            "search": search if isinstance(search, dict) else {"query": "" if search is None else search},
            "compute": compute,
        }
        if "by" in rest:
            sort = {key: compute[key] for key in ("aggregation", "metric") if key in compute}
            body["group_by"] = [
                {"facet": facet, "limit": rest.get("limit", GROUPS), "sort": {**sort, "order": "desc"}}
                if not isinstance(facet, dict)
                else facet
                for facet in (rest["by"] if isinstance(rest["by"], list) else [rest["by"]])
            ]
        elif "limit" in rest:
            self.trail.wrong((*source, "limit"), "goes with `by`")
        return {**body, **{key: value for key, value in rest.items() if key not in EVENT_WORDS}}

    def _compute(self, value: Any, source: NodePath) -> Body:
        if isinstance(value, dict):
            return value
        match = COMPUTE.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            self.trail.wrong(source, "should be `count`, or an aggregation of a field as `pc95(@duration)`")
            return {"aggregation": "count"}
        return {"aggregation": match[1], **({"metric": match[2].strip()} if match[2] else {})}
