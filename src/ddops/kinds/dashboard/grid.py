"""The automatic layout: widgets in their order, row by row, on a grid of 12 columns.

The sizes are those that the dashboards which ship with integrations give these widgets most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from ddops.kinds.contract import Body, Json
from ddops.kinds.dashboard.widget import GRID

Size = tuple[int, int]
"""Columns and rows."""

GRAPH: Size = (6, 3)
SIZES: dict[str, Size] = {
    **dict.fromkeys(("query_value", "check_status", "alert_value", "run_workflow"), (3, 2)),
    "image": (3, 2),
    "free_text": (12, 1),
    "event_timeline": (12, 2),
    **dict.fromkeys(("query_table", "list_stream", "log_stream", "powerpack", "wildcard"), (12, 4)),
    **dict.fromkeys(("iframe", "servicemap", "topology_map", "trace_service", "split_group"), (12, 6)),
    **dict.fromkeys(("manage_status", "slo_list", "event_stream"), (6, 4)),
    **dict.fromkeys(("geomap", "hostmap", "sunburst", "treemap", "scatterplot", "funnel", "sankey"), (6, 4)),
}
"""What is not named here is a graph."""

CHARACTERS = 12
"""Of a note's text, about, to a column."""
LINES = 3
"""Of a note's text, about, to a row."""


def place(widgets: Sequence[Body], wanted: Sequence[Body], columns: int = GRID) -> list[Body]:
    """The layouts of the widgets, in their order. `wanted` are the `width` and `height` that were asked for.

    A row is filled from the left and all widgets in it are as tall as the tallest, unless their height was asked for.
    A group is as tall as what is in it, with a row for its title.
    """
    layouts: list[Body] = []
    x = y = 0
    row: list[int] = []
    for index, widget in enumerate(widgets):
        width, height = _size(widget, wanted[index], columns)
        if x + width > columns:
            y += _even(layouts, row, wanted)
            x, row = 0, []
        layouts.append({"x": x, "y": y, "width": width, "height": height})
        row.append(index)
        x += width
    _even(layouts, row, wanted)
    return layouts


def _even(layouts: list[Body], row: Sequence[int], wanted: Sequence[Body]) -> int:
    """Makes the widgets of a row as tall as the tallest; how tall that is."""
    tallest = max((layouts[index]["height"] for index in row), default=0)
    for index in row:
        if "height" not in wanted[index]:
            layouts[index]["height"] = tallest
    return int(tallest)


def _size(widget: Body, wanted: Body, columns: int) -> Size:
    definition = widget["definition"]
    kind = definition.get("type")
    width, height = SIZES.get(kind, GRAPH)
    if kind in ("note", "group"):
        width = columns
    width = min(wanted.get("width", width), columns)
    if kind == "note":
        height = max(1, ceil(sum(_lines(str(definition.get("content") or ""), width)) / LINES))
    elif kind == "group":
        inner = definition.get("widgets")
        height = 1 + max(map(_bottom, inner if isinstance(inner, list) else ()), default=0)
    return width, wanted.get("height", height)


def _lines(text: str, width: int) -> Iterator[int]:
    for line in text.strip().split("\n"):
        yield max(1, ceil(len(line) / (width * CHARACTERS)))


def _bottom(widget: Json) -> int:
    """The row below a widget of a group; what is no layout is for the model to refuse."""
    layout = widget.get("layout") if isinstance(widget, dict) else None
    numbers = (layout.get("y"), layout.get("height")) if isinstance(layout, dict) else ()
    return sum(number for number in numbers if isinstance(number, int))
