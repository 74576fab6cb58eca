"""The models of widgets: where they stand, and which model checks what they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from ddops.choice import Choice, fixed
from ddops.kinds.contract import refuse
from ddops.location import NodePath
from ddops.product import Model

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


class Unchecked(BaseModel):
    """A definition that is sent as it stands."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    type: str


class Definitions(Choice):
    """A widget's definition by its `type`; with `unchecked: true` beside it any. Types that are `barred` cannot stand
    in a widget of type `around`. The models are imported when the first widget is checked, as only few runs of the
    program get there."""

    def __init__(self, *barred: str, around: str = "dashboard") -> None:
        self.by = "type"
        self.barred = barred
        self.around = around

    @cached_property
    def models(self) -> tuple[type[BaseModel], ...]:  # type: ignore[override]
        from ddops.kinds.dashboard.definition import DEFINITIONS  # noqa: PLC0415 (see above)

        return tuple(model for model in DEFINITIONS if not {*self.barred} & {*fixed(model, "type")})

    def validate(self, value: Any) -> Any:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in self.barred:
            refuse("definition", [(("type",), f"a {kind} cannot stand in a {self.around}")])
        return super().validate(value)

    def _beside(self, value: Any, info: ValidationInfo) -> Any:
        return Unchecked.model_validate(value) if info.data.get("unchecked") else self.validate(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._beside)


WIDGETS = Definitions()
IN_A_GROUP = Definitions("group", around="group")


class GroupedWidget(Model):
    """A widget inside of a group. `unchecked` is a word of ours, and stands before what it speaks of."""

    unchecked: bool = False
    definition: Annotated[Any, IN_A_GROUP]
    layout: Layout | None = None


class Widget(Model):
    unchecked: bool = False
    definition: Annotated[Any, WIDGETS]
    layout: Layout | None = None

    def beyond(self) -> Iterable[tuple[NodePath, str]]:
        """What does not fit into the dashboard's columns, or into the group's."""
        if self.layout is not None and (reason := self.layout.beyond(GRID)):
            yield ("layout", "width"), reason
        columns = GRID if self.layout is None else self.layout.width
        for index, inner in enumerate(() if self.unchecked else getattr(self.definition, "widgets", ())):
            if inner.layout is not None and (reason := inner.layout.beyond(columns)):
                yield ("definition", "widgets", index, "layout", "width"), reason
