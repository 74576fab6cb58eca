"""No widget covers another.

Why: the web moves one of the two when it shows the page, so that the dashboard is not the one in the file, and the
first who saves it in the UI changes half of it (reference: dashboards, 3; free layouts may overlap).
Fix: move one, or leave all layouts out and let ddops place the widgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from ddops.compile import Desired
from ddops.kinds.contract import Body
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.widgets import Widget, levels


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if resource.spec.body.get("layout_type") != "ordered":
        return
    for level in levels(resource.spec.body):
        for column in _columns(level):
            boxes = [(widget, _box(widget.layout or {})) for widget in column]
            for (one, (left, top, right, bottom)), (other, (west, north, east, south)) in combinations(boxes, 2):
                if left < east and west < right and top < south and north < bottom:
                    yield Flaw(f"{other.name} covers {one.name}; move one of them", (*other.path, "layout"))


def _columns(level: list[Widget]) -> Iterator[list[Widget]]:
    """On a wide screen what stands behind a column break begins at the top again (shipped dashboards have it so)."""
    column: list[Widget] = []
    for widget in level:
        layout = widget.layout
        if layout is None:
            continue
        if layout.get("is_column_break"):
            yield column
            column = []
        column.append(widget)
    yield column


def _box(layout: Body) -> tuple[Any, Any, Any, Any]:
    """Left, top, right and bottom, in cells of the grid."""
    left, top = layout["x"], layout["y"]
    return left, top, left + layout["width"], top + layout["height"]


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"dashboard"}), check=check)
