"""No widget covers another.

Why: the web moves one of the two when it shows the page, so that the dashboard is not the one in the file, and the
first who saves it in the UI changes half of it (reference: dashboards, 3; free layouts may overlap).
Fix: move one, or leave all layouts out and let ddops place the widgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.widgets import Widget, levels


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if resource.spec.body.get("layout_type") != "ordered":
        return
    for level in levels(resource.spec.body):
        for column in _columns(level):
            for one, other in combinations(column, 2):
                if _cover(one, other):
                    yield Flaw(f"{other.name} covers {one.name}; move one of them", (*other.path, "layout"))


def _columns(level: list[Widget]) -> Iterator[list[Widget]]:
    """On a wide screen what stands behind a column break begins at the top again (shipped dashboards have it so)."""
    column: list[Widget] = []
    for widget in level:
        if widget.layout is None:
            continue
        if widget.layout.get("is_column_break"):
            yield column
            column = []
        column.append(widget)
    yield column


def _cover(one: Widget, other: Widget) -> bool:
    left, right = one.layout or {}, other.layout or {}
    return all(
        left[corner] < right[corner] + right[size] and right[corner] < left[corner] + left[size]
        for corner, size in (("x", "width"), ("y", "height"))
    )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"dashboard"}), check=check)
