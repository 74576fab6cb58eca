"""A dashboard as the web UI lays it out, for a picture of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ddops.kinds.contract import Body, Json, Tile
from ddops.kinds.dashboard.outline import title

COLUMNS = 12
"""Of an ordered dashboard and of a group (reference: dashboards, layout)."""
FLOWING = (4, 2)
"""Width and height of a widget that says nothing of its place; the web UI finds it one."""
FURTHEST = 1000
"""Rows; what is further away is shown at the end."""
MOST_QUERIES = 6
MOST_NESTED = 3
"""A group holds widgets, and no group holds another."""

_QUERIES = ("query", "q", "query_string", "alert_id", "slo_id")
"""Fields of a definition that say what a widget shows, wherever in it they stand."""


def tiles(body: Body) -> Sequence[Tile]:
    """The widgets of a dashboard, those of groups in them. What is free to stand anywhere is
    brought to the same number of columns."""
    found = _tiles(body, "", 0)
    if body.get("layout_type") != "free":
        return found
    widest = max((tile.x + tile.width for tile in found), default=COLUMNS)
    return [_scaled(tile, COLUMNS / max(widest, 1)) for tile in found]


def _tiles(body: Body, path: str, depth: int) -> list[Tile]:
    widgets = body.get("widgets")
    if not isinstance(widgets, list) or depth == MOST_NESTED:
        return []
    found: list[Tile] = []
    column, row = 0, 0  # where the next widget flows to that says nothing of its place
    for index, widget in enumerate(widgets):
        if not isinstance(widget, dict):
            continue
        definition = widget.get("definition")
        definition = definition if isinstance(definition, dict) else {}
        inner = tuple(_tiles(definition, f"{path}widgets[{index}].definition.", depth + 1))
        sides = _sides(widget.get("layout"))
        if sides is None:
            width, height = (COLUMNS, 1 + 2 * -(-len(inner) // 3)) if inner else FLOWING
            if column + width > COLUMNS:
                column, row = 0, min(row + FLOWING[1], FURTHEST)
            sides = column, row, width, height
            column, row = (0, row + height) if inner else (column + width, row)
        x, y, width, height = sides
        found.append(
            Tile(
                path=f"{path}widgets[{index}]",
                type=str(definition.get("type") or "widget"),
                title=title(definition),
                queries=tuple(dict.fromkeys(_queries(definition)))[:MOST_QUERIES],
                x=x,
                y=y,
                width=width,
                height=height,
                tiles=inner,
            )
        )
    return found


def _sides(layout: Json) -> tuple[int, int, int, int] | None:
    if not isinstance(layout, dict):
        return None
    named = [layout.get(name) for name in ("x", "y", "width", "height")]
    found = [side for side in named if isinstance(side, int | float)]
    if len(found) < len(named):
        return None
    x, y, width, height = (round(min(max(side, 0), FURTHEST)) for side in found)
    return x, y, max(width, 1), max(height, 1)


def _scaled(tile: Tile, by: float) -> Tile:
    x, y, width, height = (round(side * by) for side in (tile.x, tile.y, tile.width, tile.height))
    return replace(tile, x=min(x, COLUMNS - 1), y=y, width=max(width, 1), height=max(height, 1))


def _queries(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _queries(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in _QUERIES and isinstance(item, str | int) and item != "":
                yield str(item)
            elif name != "widgets":
                yield from _queries(item)
