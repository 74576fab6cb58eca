"""Powerpacks: a group of widgets that dashboards show by reference.

Names in brackets are recorded cases or sections of the reference's page on dashboards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ddops.kinds.contract import Body, Endpoint, Json, Kind, Normal, Paging, Setting, Spec, without
from ddops.kinds.dashboard.widget import Definitions
from ddops.marking import InText
from ddops.product import Model
from ddops.wire import json_api

Text = Annotated[str, Field(min_length=1)]
Cells = Annotated[int, Field(ge=0)]
LiveSpan = Literal[
    "1m", "5m", "10m", "15m", "30m", "1h", "4h", "1d", "2d", "1w", "1mo", "3mo", "6mo", "1y", "alert"
]  # fmt: skip

READ_ONLY = frozenset(
    # The server gives every widget an id (test_create_a_new_powerpack_returns_ok_response).
    {"id", "group_widget.id", "group_widget.definition.widgets[].id"}
)
"""Fields that the server alone writes."""

UNCHECKED = "group_widget.definition.widgets[].unchecked"

MAX_TAGS = 8
"""The client's PowerpackAttributes."""

LAYOUT = {"x": 0, "y": 0, "width": 12, "height": 1}
"""Filled in where the group has no layout (21 recorded creates)."""


class Layout(Model):
    """Where it stands, in cells of the grid of twelve columns."""

    x: Cells
    y: Cells
    width: Cells
    height: Cells


class InnerWidget(Model):
    """`unchecked` is a word of ours: the definition beside it is sent as it stands."""

    unchecked: bool = False
    definition: Annotated[Any, Definitions("group", "powerpack", around="powerpack")]
    layout: Layout | None = None


class GroupDefinition(Model):
    """`title_align`, `background_color` and `banner_img` are those of a dashboard's group widget."""

    type: Literal["group"]
    layout_type: Literal["ordered"]
    title: str | None = None
    show_title: bool | None = None
    title_align: Literal["center", "left", "right"] | None = None
    background_color: str | None = None
    banner_img: str | None = None
    widgets: list[InnerWidget]


class GroupWidget(Model):
    definition: GroupDefinition
    layout: Layout | None = None
    live_span: LiveSpan | None = None


class TemplateVariable(Model):
    name: Text
    prefix: str | None = None
    defaults: list[str] | None = None
    available_values: list[str] | None = None


class Powerpack(Model):
    name: Text
    description: str | None = None
    group_widget: GroupWidget
    tags: Annotated[list[Text], Field(max_length=MAX_TAGS)] | None = None
    template_variables: list[TemplateVariable] | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the API answers can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec. No tag is added: eight are allowed, all those that were recorded read
    `tag:…`, and no source tells whether another key is taken."""
    return without(spec.body, [*READ_ONLY, UNCHECKED])


def refers(live: Body) -> Iterator[tuple[str, str]]:
    """Monitors and SLOs of the widgets, wherever they stand in them [4.2]."""
    return _refers((live.get("group_widget") or {}).get("definition"))


def _refers(value: Json) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _refers(item)
    elif isinstance(value, dict):
        for key, child in value.items():
            if key in ("alert_id", "slo_id") and isinstance(child, str | int):
                yield ("monitor" if key == "alert_id" else "slo"), str(child)
            else:
                yield from _refers(child)


def outline(group_widget: Json) -> Iterator[str]:
    """The widgets of the group as a reader skims them, a line for each."""
    for widget in ((group_widget or {}).get("definition") or {}).get("widgets") or ():
        definition = widget.get("definition") or {}
        title = definition.get("title") or definition.get("content") or ""
        yield f"{definition.get('type')}  {str(title).strip().partition(chr(10))[0]}".rstrip()


KIND = Kind(
    name="powerpack",
    collection="powerpacks",
    model=Powerpack,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v2/powerpacks",
        item="/api/v2/powerpacks/{id}",
        paging=Paging(start="page[offset]", size="page[limit]", most=1000, by="offset"),
        wire=json_api("powerpack"),
        update="PATCH",
        listed="data",
    ),
    normal=Normal(
        read_only=READ_ONLY,
        absent={
            # Null, or an empty text or list, for what was not sent (test_get_all_powerpacks_returns_ok_response…).
            "description": ("", None),
            "tags": ([], None),
            "template_variables": ([], None),
            "template_variables[].*": (None,),
            "template_variables[].available_values": ([],),
            "group_widget.layout": (LAYOUT, None),
            "group_widget.live_span": (None,),
            "group_widget.definition.*": (None,),
            "group_widget.definition.widgets[].layout": (None,),
        },
        unordered=frozenset({"tags"}),
        trimmed=frozenset({"name"}),
    ),
    # PATCH: what is not sent might stay.
    blank={"description": "", "tags": [], "template_variables": []},
    marking=InText("description"),
    refers=refers,
    # No source tells of a page of its own: people find powerpacks in the widget tray and beside the dashboards' list.
    web="/dashboard/lists",
    outlines={"group_widget": outline},
)
