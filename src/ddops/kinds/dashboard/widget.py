"""The models of widgets: what they are and where they stand. A widget's body passes as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ddops.kinds.contract import refuse
from ddops.location import NodePath
from ddops.product import Model

WidgetType = Literal[
    "alert_graph",
    "alert_value",
    "bar_chart",
    "change",
    "check_status",
    "cohort",
    "distribution",
    "embedded_app",
    "event_stream",
    "event_timeline",
    "free_text",
    "funnel",
    "geomap",
    "group",
    "heatgrid",
    "heatmap",
    "hostmap",
    "iframe",
    "image",
    "list_stream",
    "log_stream",
    "manage_status",
    "note",
    "point_plot",
    "powerpack",
    "query_table",
    "query_value",
    "retention_curve",
    "run_workflow",
    "sankey",
    "scatterplot",
    "servicemap",
    "slo",
    "slo_list",
    "split_group",
    "sunburst",
    "timeseries",
    "toplist",
    "topology_map",
    "trace_service",
    "treemap",
    "wildcard",
    "custom",
    "uptime",
]
"""The types of the client's WidgetDefinition, and two more: `custom` stands in dashboards that Datadog ships with
integrations, `uptime` in old ones (reference: dashboards, widgets)."""

GRID = 12
"""Columns of a dashboard with `layout_type: ordered` (reference: dashboards, layout)."""

Cells = Annotated[int, Field(ge=0)]


class Layout(Model):
    """Where a widget stands, in cells of the grid; inside of a group, from the group's corner."""

    x: Cells
    y: Cells
    width: Cells
    height: Cells
    is_column_break: bool | None = None

    def beyond(self, columns: int) -> str | None:
        """What is wrong where the widget does not fit into so many columns."""
        if self.x + self.width <= columns:
            return None
        return f"x {self.x} + width {self.width} is {self.x + self.width}, beyond the {columns} columns"


class GroupedDefinition(BaseModel):
    """A widget inside of a group."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    type: WidgetType

    @field_validator("type")
    @classmethod
    def _no_group(cls, value: str) -> str:
        if value == "group":
            raise ValueError("a group cannot stand in a group")
        return value


class GroupedWidget(Model):
    definition: GroupedDefinition
    layout: Layout | None = None


class Definition(BaseModel):
    """A widget; `widgets` and `layout_type` are those of a group."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    type: WidgetType
    layout_type: Literal["ordered"] | None = None
    widgets: list[GroupedWidget] | None = None

    @model_validator(mode="after")
    def _group_is_whole(self) -> Self:
        if self.type == "group":
            needed: list[tuple[NodePath, str]] = [
                ((field,), f"a group needs `{field}`")
                for field in ("layout_type", "widgets")
                if getattr(self, field) is None
            ]
            refuse("group", needed)
        return self


class Widget(Model):
    definition: Definition
    layout: Layout | None = None

    def beyond(self) -> Iterable[tuple[NodePath, str]]:
        """What does not fit into the dashboard's columns, or into the group's."""
        if self.layout is not None and (reason := self.layout.beyond(GRID)):
            yield ("layout", "width"), reason
        columns = GRID if self.layout is None else self.layout.width
        for index, inner in enumerate(self.definition.widgets or ()):
            if inner.layout is not None and (reason := inner.layout.beyond(columns)):
                yield ("definition", "widgets", index, "layout", "width"), reason
