"""A widget stands within the grid of its dashboard or its group, and has a size.

Why: a dashboard is 12 columns wide and a group as wide as its layout; what stands beyond is cut off or pushed below
(reference: dashboards, 3).
Fix: a smaller `width` or `x`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.widgets import levels


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if resource.spec.body.get("layout_type") != "ordered":
        return
    for level in levels(resource.spec.body):
        for widget in level:
            layout = widget.layout
            if layout is None:
                continue
            if not layout["width"] or not layout["height"]:
                yield Flaw(f"{widget.name} has no size; give it a width and a height", (*widget.path, "layout"))
            elif (right := layout["x"] + layout["width"]) > widget.columns:
                yield Flaw(
                    f"{widget.name} ends in column {right}, and the grid has {widget.columns}",
                    (*widget.path, "layout", "width"),
                )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"dashboard"}), check=check)
