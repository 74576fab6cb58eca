"""What rules ask of a dashboard: its widgets, and the queries in them, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ddops.kinds.contract import Body
from ddops.kinds.dashboard.widget import GRID
from ddops.location import NodePath

_VARIABLE = re.compile(r"(?<![\w$])\$([A-Za-z_](?:[\w-]|\.(?=\w))*)")
"""`$env`, `$env.value` or `$service.name` in a query, a title, a link; `${…}` is ddops' own."""
METRIC_SOURCES = frozenset({"metrics", "cloud_cost"})
_OLD_SEARCHES = frozenset(
    {"log_query", "apm_query", "rum_query", "event_query", "network_query", "security_query", "audit_query"}
)


@dataclass(frozen=True, slots=True)
class Widget:
    """`path` leads to the widget; `columns` are those of the grid that it stands in."""

    body: Body
    path: NodePath
    columns: int

    @property
    def definition(self) -> Body:
        found = self.body.get("definition")
        return found if isinstance(found, dict) else {}

    @property
    def name(self) -> str:
        """How people know it: its title, or its type."""
        title = self.definition.get("title")
        return f"'{title}'" if isinstance(title, str) and title else f"a {self.definition.get('type')}"

    @property
    def layout(self) -> Body | None:
        found = self.body.get("layout")
        return found if isinstance(found, dict) and {"x", "y", "width", "height"} <= found.keys() else None


def levels(body: Body) -> Iterator[list[Widget]]:
    """The widgets that share a grid: those of the dashboard, then those of each group. What is sent unchecked is not
    looked into."""
    top = _inside(body, (), GRID)
    yield top
    for widget in top:
        if isinstance(widget.definition.get("widgets"), list):
            columns = widget.layout["width"] if widget.layout else GRID
            yield _inside(widget.definition, (*widget.path, "definition"), columns)


def widgets(body: Body) -> Iterator[Widget]:
    """All widgets, those of groups after the groups themselves."""
    for level in levels(body):
        yield from level


def _inside(body: Body, path: NodePath, columns: int) -> list[Widget]:
    listed = body.get("widgets")
    return [
        Widget(one, (*path, "widgets", index), columns)
        for index, one in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(one, dict) and not one.get("unchecked")
    ]


@dataclass(frozen=True, slots=True)
class Query:
    """A text of a widget that is a query. `path` leads to it."""

    sort: Literal["metric", "search"]
    text: str
    path: NodePath


def queries(definition: Body, path: NodePath) -> Iterator[Query]:
    """The queries of a widget's definition that stands at `path`, wherever they are in its requests (reference:
    dashboards, 4.1 and 4.2)."""
    for key in ("requests", "source_widget_definition"):
        if key in definition:
            yield from _queries(definition[key], (*path, key))
    kind, text = definition.get("type"), definition.get("query")
    if kind in ("log_stream", "event_stream", "event_timeline") and isinstance(text, str):
        yield Query("search", text, (*path, "query"))


def _queries(value: Any, path: NodePath) -> Iterator[Query]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _queries(item, (*path, index))
    elif isinstance(value, dict):
        source = value.get("data_source")
        for key, child in value.items():
            if isinstance(child, str):
                if key == "q" or (key == "query" and source in METRIC_SOURCES):
                    yield Query("metric", child, (*path, key))
                elif key == "query_string" and source is not None:
                    yield Query("search", child, (*path, key))
            elif key == "search" and isinstance(child, dict) and isinstance(child.get("query"), str):
                yield Query("search", child["query"], (*path, key, "query"))
            elif isinstance(child, dict | list):
                yield from _queries(child, (*path, key))


def dollars(value: Any) -> Set[str]:
    """What stands behind `$` in all texts of a value: `env`, `env.value`, `service.name`."""
    if isinstance(value, str):
        return _dollars(value)
    found: set[str] = set()
    pending = [value]
    while pending:
        one = pending.pop()
        for child in one.values() if isinstance(one, dict) else one if isinstance(one, list) else ():
            if type(child) is str:
                if "$" in child:
                    found |= _dollars(child)
            elif isinstance(child, dict | list):
                pending.append(child)
    return found


@lru_cache(maxsize=1024)
def _dollars(text: str) -> frozenset[str]:
    return frozenset(_VARIABLE.findall(text)) if "$" in text else frozenset()


def variable(dollar: str, names: Iterable[str]) -> str | None:
    """The template variable that such a text uses, None where it is none of them: the longest name, as names have dots
    and `.value` or `.key` can follow (reference: dashboards, 6)."""
    return max((name for name in names if f"{dollar}.".startswith(f"{name}.")), key=len, default=None)


def used(value: Any, names: Iterable[str]) -> set[str]:
    """The template variables of these names that the texts of a value use."""
    known = list(names)
    return {name for dollar in dollars(value) if (name := variable(dollar, known)) is not None}


def defined(body: Body) -> list[str]:
    """The names of a dashboard's template variables."""
    return [str(one.get("name")) for one in body.get("template_variables") or ()]
