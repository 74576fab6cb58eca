"""The short form of a widget: `{timeseries: "avg:system.cpu.user{*}", title: CPU}`.

A widget without `definition` names its type and, under that word, its subject: a query, a text, an id. Every other
word is a field of its definition, of its request or of its formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ddops.kinds.contract import Body, Expanded
from ddops.kinds.dashboard import grid
from ddops.kinds.dashboard.requests import GRAPHS, Requests
from ddops.kinds.dashboard.trail import Trail
from ddops.kinds.dashboard.widget import GRID, WIDGETS
from ddops.location import NodePath

SUBJECTS: Mapping[str, str] = {
    "note": "content",
    "free_text": "text",
    **dict.fromkeys(("image", "iframe"), "url"),
    "group": "title",
    **dict.fromkeys(("alert_graph", "alert_value"), "alert_id"),
    "slo": "slo_id",
    "check_status": "check",
    **dict.fromkeys(("event_stream", "event_timeline", "log_stream", "manage_status"), "query"),
    "powerpack": "powerpack_id",
    "run_workflow": "workflow_id",
    "embedded_app": "app_id",
    **dict.fromkeys(("servicemap", "trace_service"), "service"),
}
"""The field that a widget of a type without queries is about."""

DEFAULTS: Mapping[str, Body] = {
    "alert_graph": {"viz_type": "timeseries"},
    "check_status": {"grouping": "check"},
    "geomap": {"style": {"palette": "hostmap_blues", "palette_flip": False}, "view": {"focus": "WORLD"}},
    "group": {"layout_type": "ordered", "widgets": []},
    "servicemap": {"filters": ["*"]},
    "slo": {"view_type": "detail", "view_mode": "overall", "time_windows": ["7d", "30d", "90d"]},
}
"""Fields that a definition must have, or is of little use without, where one value is what is meant."""

SIZE = ("width", "height")
"""What a widget can ask of the automatic layout."""
BESIDE = ("layout", "unchecked", *SIZE)
"""Words that are the widget's, whatever it is."""

NOTHING = {"definition": {"type": "note"}, "unchecked": True}
"""Stands for a widget of which everything that is wrong has been said."""


def expanded(body: Body) -> Expanded:
    """The dashboard with every widget in full, and placed where a short one, or `reflow_type: fixed`, asks for a place
    and no widget says one."""
    widgets = body.get("widgets")
    if not isinstance(widgets, list) or not (_any_short(widgets) or body.get("reflow_type") == "fixed"):
        return Expanded(body=body)
    trail = Trail()
    full = {"layout_type": "ordered", **body} if _any_short(widgets) else dict(body)
    is_placed = full.get("layout_type") == "ordered" and body.get("reflow_type") != "auto"
    level = _Level(trail, ("widgets",), is_placed)
    full["widgets"], placed = level.widgets(widgets, GRID)
    if placed:
        full["reflow_type"] = "fixed"
    return Expanded(body=full, origin=trail.origin, faults=trail.faults)


def _any_short(widgets: list[Any]) -> bool:
    return any(_is_short(widget) or _any_short(_inner(widget)) for widget in widgets)


def _is_short(widget: Any) -> bool:
    return isinstance(widget, dict) and bool(widget) and "definition" not in widget


def _inner(widget: Any) -> list[Any]:
    definition = widget.get("definition") if isinstance(widget, dict) else None
    inner = definition.get("widgets") if isinstance(definition, dict) else None
    return inner if isinstance(inner, list) else []


@dataclass(frozen=True, slots=True)
class _Level:
    """The widgets of a dashboard or of a group, at `path` of the full body."""

    trail: Trail
    path: NodePath
    is_placed: bool

    def widgets(self, written: list[Any], columns: int) -> tuple[list[Any], bool]:
        """The widgets in full, and whether they were placed."""
        is_placed = self.is_placed and not any("layout" in one for one in written if isinstance(one, dict))
        wanted = [self._wanted(one, index, is_placed) for index, one in enumerate(written)]
        full = [self._widget(one, index, wanted[index].get("width", columns)) for index, one in enumerate(written)]
        if not is_placed or not all(isinstance(one, dict) and isinstance(one.get("definition"), dict) for one in full):
            return full, False
        layouts = grid.place(full, wanted, columns)
        for index in range(len(full)):
            self.trail.made((*self.path, index, "layout"), self._source(index))
        return [{**one, "layout": layout} for one, layout in zip(full, layouts, strict=True)], bool(full)

    def _source(self, index: int) -> NodePath:
        return self.trail.origin((*self.path, index))

    def _wanted(self, widget: Any, index: int, is_placed: bool) -> Body:
        """The size that a widget asks for."""
        wanted: Body = {}
        for word in SIZE if isinstance(widget, dict) else ():
            if word not in widget:
                continue
            place = (*self._source(index), word)
            if not is_placed:
                self.trail.wrong(place, "is for the automatic layout; this dashboard's widgets have layouts")
            elif type(widget[word]) is not int or not 1 <= widget[word] <= (GRID if word == "width" else 1000):
                limit = f"a whole number from 1 to {GRID}" if word == "width" else "a whole number above 0"
                self.trail.wrong(place, f"should be {limit}")
            else:
                wanted[word] = widget[word]
        return wanted

    def _widget(self, widget: Any, index: int, columns: int) -> Any:
        path = (*self.path, index)
        if not _is_short(widget):
            return self._with_inner(widget, path, columns)
        source = self._source(index)
        kind = self._kind(widget, source)
        self.trail.made(path, source)
        if kind is None:
            return NOTHING
        before = len(self.trail.faults)
        full: Body = {"definition": self._definition(kind, widget, (*path, "definition"), source, columns)}
        if len(self.trail.faults) > before and kind != "group":
            return NOTHING
        for word in ("layout", "unchecked"):
            if word in widget:
                full[word] = widget[word]
                self.trail.moved((*path, word), (*source, word))
        return full

    def _with_inner(self, widget: Any, path: NodePath, columns: int) -> Any:
        """A widget in full; what it holds may have short forms."""
        if not isinstance(widget, dict):
            return widget
        full = {name: value for name, value in widget.items() if name not in SIZE}
        inner = _inner(widget)
        if inner:
            layout = widget.get("layout")
            given = layout.get("width") if isinstance(layout, dict) else None
            below = _Level(self.trail, (*path, "definition", "widgets"), self.is_placed)
            widgets, _ = below.widgets(inner, given if isinstance(given, int) else columns)
            full["definition"] = {**widget["definition"], "widgets": widgets}
        return full

    def _kind(self, widget: Body, source: NodePath) -> str | None:
        """The type of a short widget. A word can be both a type and a field of the type beside it, such as `group`."""
        types = WIDGETS.words
        said = [word for word in widget if word in types]
        whole = [word for word in said if all(other in _fields(word) for other in said if other != word)]
        if len(whole) == 1:
            return whole[0]
        if said:
            self.trail.wrong(source, f"is {' and '.join(said)} at once; one widget is of one type")
            return None
        named = {*BESIDE, *(name for kind in types for name in _fields(kind))}
        for word in widget:
            if word not in named:
                self.trail.unknown((*source, word), "type of a widget", [*types, "definition"])
                return None
        self.trail.wrong(source, "says neither `definition` nor a type of widget, as `timeseries: QUERY` does")
        return None

    def _definition(self, kind: str, widget: Body, path: NodePath, source: NodePath, columns: int) -> Body:
        subject = widget[kind]
        words = {name: value for name, value in widget.items() if name != kind and name not in BESIDE}
        fields = {name: value for name, value in words.items() if name in _fields(kind)}
        rest = {name: value for name, value in words.items() if name not in fields}
        definition: Body = {"type": kind, **DEFAULTS.get(kind, {})}
        known = _fields(kind) | {*BESIDE, "definition"}
        if isinstance(subject, dict) and (kind not in GRAPHS or "requests" in subject):
            definition |= subject
            for name in subject:
                self.trail.moved((*path, name), (*source, kind, name))
        elif kind in GRAPHS:
            requests = Requests(self.trail, kind, (*path, "requests"), (*source, kind), rest)
            self.trail.made((*path, "requests"), (*source, kind))
            definition["requests"] = requests.requests(subject)
            known = (known - {"requests"}) | requests.fields | requests.own
            rest = {name: value for name, value in rest.items() if name not in requests.fields | requests.own}
            if "requests" in fields:
                self.trail.wrong((*source, "requests"), f"`{kind}` gives the queries; say the one or the other")
                del fields["requests"]
        elif kind not in SUBJECTS:
            self.trail.wrong((*source, kind), f"has no short form; its fields go below it: `{kind}: {{requests: …}}`")
        elif subject is not None:
            definition[SUBJECTS[kind]] = subject
            self.trail.moved((*path, SUBJECTS[kind]), (*source, kind))
        for name in rest:
            self.trail.unknown((*source, name), "field", known)
        for name, value in fields.items():
            definition[name] = value
            self.trail.moved((*path, name), (*source, name))
        if kind == "group" and isinstance(definition["widgets"], list):
            below = _Level(self.trail, (*path, "widgets"), self.is_placed)
            definition["widgets"], _ = below.widgets(definition["widgets"], columns)
        return definition


def _fields(kind: str) -> frozenset[str]:
    """The fields of a type's definition, but for `type`."""
    models = WIDGETS.words[kind]
    return frozenset(name for model in models for name in model.model_fields if name != "type")
