"""The requests of a widget in the short form: its queries, their formulas, and what is said of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from ddops.choice import fixed, models_at
from ddops.kinds.contract import Body
from ddops.kinds.dashboard.queries import Queries, Written
from ddops.kinds.dashboard.trail import Trail
from ddops.kinds.dashboard.widget import WIDGETS
from ddops.location import NodePath

GRAPHS: Mapping[str, str] = {
    **dict.fromkeys(("timeseries", "heatmap"), "timeseries"),
    **dict.fromkeys(("query_value", "toplist", "query_table", "change", "sunburst", "treemap", "geomap"), "scalar"),
    **dict.fromkeys(("bar_chart", "scatterplot"), "scalar"),
    "distribution": "histogram",
    "list_stream": "event_list",
    **dict.fromkeys(("hostmap", "slo_list"), ""),
}
"""The types of widgets that a short form can give queries, and the format that they ask for (reference: dashboards,
requests)."""

IN_REQUESTS: Mapping[str, NodePath] = {"scatterplot": ("table",), "hostmap": ("fill",)}
"""Where in `requests` a request stands; in the others they are a list of one."""

IN_FORMULAS = {"query_table": frozenset({"cell_display_mode", "conditional_formats"})}
"""What the UI says of each formula where the request has a field for it as well, which goes with old queries."""

COLUMNS = ("status_line", "timestamp", "host", "service", "message")
"""Of a list of logs, as the UI has them at first. Lists of events have none."""


@cache
def formula_words() -> frozenset[str]:
    from ddops.kinds.dashboard.generated import WidgetFormula  # noqa: PLC0415 (only where a dashboard has a short form)

    return frozenset(WidgetFormula.model_fields) - {"formula"}


@cache
def streams() -> frozenset[str]:
    from ddops.kinds.dashboard.generated import ListStreamQuery  # noqa: PLC0415 (as above)

    return frozenset(fixed(ListStreamQuery, "data_source"))


@dataclass(frozen=True)
class Requests:
    """Makes the `requests` of one widget of a type, at `path` of the full body, from what stands at `source`: its
    queries under the type's word, and `words` beside it."""

    trail: Trail
    kind: str
    path: NodePath
    source: NodePath
    words: Body = field(default_factory=dict)

    @cached_property
    def own(self) -> frozenset[str]:
        """Words that are no field of the request: what they say goes into the queries, the formulas or the sorting."""
        if self.kind in ("hostmap", "slo_list", "distribution"):
            return frozenset()
        if self.kind in ("list_stream", "scatterplot"):
            return frozenset({"columns" if self.kind == "list_stream" else "aggregator"})
        scalar = {"aggregator"} if GRAPHS[self.kind] == "scalar" else set()
        sorting = {"limit"} if "sort" in self.fields else set()
        return frozenset({"formula", *scalar, *sorting, *(formula_words() - self.fields - {"limit"})})

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of the request that can be said beside queries of the modern form."""
        definition = WIDGETS.words[self.kind][0]
        place: NodePath = ("requests", *IN_REQUESTS.get(self.kind, (0,)))
        names = {name for model in models_at(definition, place) for name in model.model_fields}
        old = {name for name in names if name.endswith("_query")} | {"q", "limit", "aggregator"}
        made = {"queries", "query", "response_format", "request_type"}
        return frozenset(names - old - made - IN_FORMULAS.get(self.kind, frozenset()))

    def requests(self, subject: Any) -> Any:
        """What `requests` is to be."""
        if self.kind == "hostmap":
            return self._hostmap(subject)
        if self.kind == "slo_list":
            return [{"request_type": "slo_list", "query": {"query_string": subject}, **self._said()}]
        if self.kind == "list_stream":
            return [self._stream(subject)]
        if self.kind == "scatterplot":
            return {"table": self._scatterplot(subject)}
        written = self._queries(subject)
        if self.kind == "distribution":
            if len(written) > 1:
                self.trail.wrong(self.source, "has one query")
            self._follow(written[:1], (0, "query"))
            return [{"request_type": "histogram", **({"query": written[0].body} if written else {}), **self._said()}]
        self._follow(written, (0, "queries"))
        request = {"response_format": GRAPHS[self.kind], "queries": [one.body for one in written], **self._said()}
        if "formulas" not in request:
            request["formulas"] = self._formulas(written)
        if "limit" in self.words and "limit" in self.own:
            order = {"type": "formula", "index": 0, "order": "desc"}
            request["sort"] = {"count": self.words["limit"], "order_by": [order]}
            self.trail.moved((*self.path, 0, "sort", "count"), (*self.source[:-1], "limit"))
        return [request]

    def _queries(self, subject: Any) -> list[Written]:
        scalar = GRAPHS[self.kind] == "scalar"
        return Queries(self.trail, scalar, self.words.get("aggregator")).read(subject, self.source)

    def _follow(self, written: Sequence[Written], below: NodePath) -> None:
        is_list = below[-1] == "queries"
        for index, one in enumerate(written):
            path = (*self.path, *below, *((index,) if is_list else ()))
            one.follow(self.trail, path)
            if "aggregator" in self.words:
                self.trail.moved((*path, "aggregator"), (*self.source[:-1], "aggregator"))

    def _said(self) -> Body:
        """The request's own fields among the words."""
        said = {name: value for name, value in self.words.items() if name in self.fields - self.own}
        place = IN_REQUESTS.get(self.kind, (0,))
        for name in said:
            self.trail.moved((*self.path, *place, name), (*self.source[:-1], name))
        return said

    def _formulas(self, written: Sequence[Written]) -> list[Any]:
        formulas: list[Any]
        if "formula" in self.words:
            given = self.words["formula"]
            formulas = [{"formula": one} if isinstance(one, str) else one for one in _listed(given)]
            self.trail.made((*self.path, 0, "formulas"), (*self.source[:-1], "formula"))
        else:
            named = len(written) > 1
            formulas = [
                {"formula": one.body["name"], **({"alias": one.body["name"]} if one.has_name and named else {})}
                for one in written
            ]
        said = {name: value for name, value in self.words.items() if name in self.own & formula_words() - {"limit"}}
        for index in range(len(formulas)):
            for name in said:
                self.trail.moved((*self.path, 0, "formulas", index, name), (*self.source[:-1], name))
        formulas = [{**one, **said} if isinstance(one, dict) else one for one in formulas]
        return [*self._before(formulas), *formulas] if self.kind == "change" else formulas

    def _before(self, formulas: Sequence[Any]) -> list[Body]:
        """What a change is measured against: the same formula, an hour before unless `compare_to` says another."""
        then = self.words.get("compare_to", "hour_before")
        return [{"formula": f"{then}({one['formula']})"} for one in formulas[:1] if isinstance(one, dict)]

    def _stream(self, subject: Any) -> Body:
        """A list of events: `{logs: "service:x"}`, a text being a search of logs."""
        value = {"logs": subject} if isinstance(subject, str) else subject
        said = [word for word in value if self._stream_of(word)] if isinstance(value, dict) else []
        if len(said) != 1:
            known = ", ".join(sorted(name.removesuffix("_stream") for name in streams()))
            self.trail.wrong(self.source, f"should be the search of one source, as `logs: QUERY`; sources: {known}")
            return {}
        source = self._stream_of(said[0])
        rest = {name: one for name, one in value.items() if name != said[0]}
        columns = self.words.get("columns", COLUMNS if source == "logs_stream" else ())
        place = (*self.path, 0)
        self.trail.made((*place, "query"), self.source)
        for name in rest:
            self.trail.moved((*place, "query", name), (*self.source, name))
        self.trail.made((*place, "columns"), (*self.source[:-1], "columns"))
        return {
            "response_format": "event_list",
            "query": {"data_source": source, "query_string": value[said[0]], **rest},
            "columns": [{"field": one, "width": "auto"} if isinstance(one, str) else one for one in _listed(columns)],
        }

    def _stream_of(self, word: str) -> str | None:
        return next((name for name in (word, f"{word}_stream") if name in streams()), None)

    def _hostmap(self, subject: Any) -> Body:
        parts = subject if isinstance(subject, dict) else {"fill": subject}
        for part in parts:
            self.trail.moved((*self.path, part, "q"), (*self.source, part) if parts is subject else self.source)
        return {part: {"q": query} for part, query in parts.items()}

    def _scatterplot(self, subject: Any) -> Body:
        """Queries by their dimension: `{x: QUERY, y: QUERY}`."""
        if not isinstance(subject, dict) or not {"x", "y"} <= subject.keys():
            self.trail.wrong(self.source, "should be a query for each dimension: `{x: QUERY, y: QUERY}`")
            return {}
        written = self._queries(subject)
        self._follow(written, ("table", "queries"))
        formulas = [{"dimension": one.body["name"], "formula": one.body["name"]} for one in written]
        return {"response_format": "scalar", "queries": [one.body for one in written], "formulas": formulas}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
