"""The model of a dashboard's spec."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from ddops.kinds.contract import refuse, without
from ddops.kinds.dashboard.body import PASTED, POSITION
from ddops.kinds.dashboard.widget import Widget
from ddops.location import NodePath
from ddops.product import Model, shape

Text = Annotated[str, Field(min_length=1)]
Fault = tuple[NodePath, str]


class TemplateVariable(Model):
    """`default` is the old form of `defaults`."""

    name: Text
    prefix: str | None = None
    type: str | None = None
    available_values: list[str] | None = None
    default: str | None = None
    defaults: Annotated[list[str], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        # Refused with "'template_variables' is invalid" (a bad-request case of test_create_a_new_dashboard_…).
        if self.default is not None and self.defaults is not None:
            refuse(
                "template_variable", [(("default",), "`default` and `defaults` stand together; `defaults` is enough")]
            )
        return self


class PresetValue(Model):
    """`value` is the old form of `values`."""

    name: Text
    value: str | None = None
    values: Annotated[list[str], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.value is not None and self.values is not None:
            refuse("preset", [(("value",), "`value` and `values` stand together; `values` is enough")])
        return self


class Preset(Model):
    name: Text
    template_variables: list[PresetValue] = Field(default_factory=list)


class Tab(Model):
    """`widget_ids` are positions in `widgets`, `"@1"` the first, or the ids that the widgets of an export have."""

    id: str
    name: Annotated[str, Field(min_length=1, max_length=100)]
    widget_ids: list[int | Annotated[str, shape(POSITION.pattern, "position in `widgets`, such as '@1'")]]

    @field_validator("id")
    @classmethod
    def _uuid(cls, value: str) -> str:
        try:
            UUID(value)
        except ValueError:
            raise ValueError(f"'{value}' is no UUID") from None
        return value


class Timeframe(Model):
    """`live`: the last `value` of `unit`; `fixed`: `from` and `to` in milliseconds of Unix time."""

    type: Literal["live", "fixed"]
    value: Annotated[int, Field(ge=1)] | None = None
    unit: Literal["minute", "hour", "day", "week", "month", "year"] | None = None
    from_: Annotated[int, Field(ge=0)] | None = Field(default=None, alias="from")
    to: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = {("from" if name == "from_" else name) for name in self.model_fields_set}
        wanted = {"type", "value", "unit"} if self.type == "live" else {"type", "from", "to"}
        if given != wanted:
            raise ValueError(f"a `{self.type}` timeframe has {', '.join(f'`{name}`' for name in sorted(wanted))}")
        return self


class Dashboard(Model):
    title: str
    layout_type: Literal["ordered", "free"]
    reflow_type: Literal["auto", "fixed"] | None = None
    description: str | None = None
    widgets: list[Widget]
    tabs: Annotated[list[Tab], Field(max_length=100)] | None = None
    template_variables: list[TemplateVariable] | None = None
    template_variable_presets: list[Preset] | None = None
    default_timeframe: Timeframe | None = None
    notify_list: list[str] | None = None
    tags: (
        Annotated[
            list[Annotated[str, shape("team:.+", "tag `team:…`, and a dashboard takes no other")]], Field(max_length=5)
        ]
        | None
    ) = None
    is_read_only: bool | None = None
    restricted_roles: list[str] | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the UI exports can be pasted: fields that the server alone writes are passed over."""
        return without(body, PASTED) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse("dashboard", [*self._layout_faults(), *self._variable_faults(), *self._tab_faults()])
        return self

    def _layout_faults(self) -> Iterator[Fault]:
        """`fixed` and `free` place their widgets, `auto` places them itself (reference: dashboards, object)."""
        if self.reflow_type is not None and self.layout_type == "free":
            yield ("reflow_type",), "goes with `layout_type: ordered` only"
            return
        for index, widget in enumerate(self.widgets):
            place: NodePath = ("widgets", index)
            if self.layout_type == "free" or self.reflow_type == "fixed":
                if widget.layout is None:
                    how = f"reflow_type: {self.reflow_type}" if self.reflow_type else "layout_type: free"
                    yield (*place, "layout"), f"is missing; with `{how}` every widget has a `layout`"
            elif self.reflow_type == "auto" and widget.layout is not None:
                yield (*place, "layout"), "leave it out; with `reflow_type: auto` the widgets place themselves"
            if self.reflow_type == "fixed":
                yield from (((*place, *inner), reason) for inner, reason in widget.beyond())

    def _variable_faults(self) -> Iterator[Fault]:
        names = [variable.name for variable in self.template_variables or ()]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield ("template_variables", index, "name"), f"two template variables are called '{name}'"

    def _tab_faults(self) -> Iterator[Fault]:
        for index, tab in enumerate(self.tabs or ()):
            for position, which in enumerate(tab.widget_ids):
                if isinstance(which, str) and not 1 <= int(which[1:]) <= len(self.widgets):
                    place = ("tabs", index, "widget_ids", position)
                    yield place, f"'{which}' is no position in `widgets`, which has {len(self.widgets)}"
