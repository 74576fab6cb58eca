"""Dashboard lists: dashboards that belong together, in an order that the web shows as people sort it.

Names in brackets are recorded cases or sections of the reference's page on dashboards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ddops import reference
from ddops.address import Address
from ddops.kinds.contract import Body, Endpoint, Kind, Normal, Part, Setting, Spec, refuse, without
from ddops.location import NodePath
from ddops.marking import InName
from ddops.product import Model

READ_ONLY = frozenset(
    # On every answer (test_create_a_dashboard_list_returns_ok_response).
    {"id", "type", "author", "created", "modified", "dashboard_count", "is_favorite"}
)
"""Fields that the server alone writes."""

ITEM_READ_ONLY = frozenset(
    # What a read tells of each dashboard (TestDatadogDashListInDashboardJSON).
    {"author", "created", "icon", "integration_id", "is_favorite", "is_read_only", "is_shared", "modified"}
    | {"popularity", "tags", "title", "url"}
)

ItemType = Literal[
    "custom_timeboard", "custom_screenboard", "integration_timeboard", "integration_screenboard", "host_timeboard"
]
SHOWN_AS = {"ordered": "custom_timeboard", "free": "custom_screenboard"}
"""What a list calls a dashboard, by the dashboard's `layout_type` [7]."""


class Item(Model):
    """A dashboard. Of one that stands in this repository, `${dashboard:KEY}`, ddops knows the type itself."""

    id: Annotated[str, Field(min_length=1)]
    type: ItemType | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What an export tells of the dashboard beside its id and type is passed over."""
        return without(body, ITEM_READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _typed(self) -> Self:
        refuse("item", self._type_faults())
        return self

    def _type_faults(self) -> Iterator[tuple[NodePath, str]]:
        found = reference.parse(self.id)
        if "${" in self.id and (found is None or found.target.kind != "dashboard" or found.url):
            yield ("id",), f"'{self.id}' is neither a dashboard's id nor a reference `${{dashboard:KEY}}`"
        elif found is not None and self.type is not None:
            yield ("type",), "leave it out: ddops knows it from the dashboard's `layout_type`"
        elif found is None and self.type is None:
            yield ("type",), "is missing; a dashboard that is named by its id needs it"


def _written_out(item: Any) -> Any:
    """An item can be the reference alone."""
    return {"id": item} if isinstance(item, str) else item


class DashboardList(Model):
    name: Annotated[str, Field(min_length=1)]
    dashboards: list[Annotated[Item, BeforeValidator(_written_out)]] | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the API answers can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [item.id for item in self.dashboards or ()]
        twice = [index for index, found in enumerate(ids) if found in ids[:index]]
        refuse("dashboard_list", [(("dashboards", index), f"'{ids[index]}' stands twice") for index in twice])
        return self


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields, each item as `{id, type}`. A list without dashboards is empty, not left as it is."""
    items = [without(_written_out(item), ITEM_READ_ONLY) for item in spec.body.get("dashboards") or ()]
    return {**without(spec.body, READ_ONLY), "dashboards": items}


def typed(payload: Body, spec_of: Callable[[Address], Body | None]) -> Body:
    """The payload with the type of each dashboard that is a resource. The API finds an item by id and type together,
    and passes over one that it does not find so."""

    def one(item: Body) -> Body:
        found = reference.parse(item["id"])
        dashboard = spec_of(found.target) if found is not None else None
        return item if dashboard is None else {**item, "type": SHOWN_AS[dashboard.get("layout_type", "ordered")]}

    return {**payload, "dashboards": [one(item) for item in payload["dashboards"]]}


def _named(body: Body) -> Body:
    """Items by what names them: a read tells more of each dashboard, and that may grow."""
    items = [{name: item.get(name) for name in ("id", "type")} for item in body.get("dashboards") or ()]
    return {**body, "dashboards": items}


def refers(live: Body) -> Iterator[tuple[str, str]]:
    """The dashboards of the list."""
    yield from (("dashboard", str(item["id"])) for item in live.get("dashboards") or ())


KIND = Kind(
    name="dashboard_list",
    collection="dashboard_lists",
    model=DashboardList,
    payload=payload,
    completed=typed,
    endpoint=Endpoint(
        collection="/api/v1/dashboard/lists/manual",
        item="/api/v1/dashboard/lists/manual/{id}",
        paging=None,
        listed="dashboard_lists",
        created="created",
        author="author.handle",
        # Version 1 answers `dashboards: null` whatever the list holds (TestDatadogDashListInDashboardJSON).
        parts={
            "dashboards": Part(
                path="/api/v2/dashboard/lists/manual/{id}/dashboards", field="dashboards", fields=("id", "type")
            )
        },
    ),
    normal=Normal(
        read_only=READ_ONLY,
        absent={"dashboards": ([], None)},
        unordered=frozenset({"dashboards"}),
        trimmed=frozenset({"name"}),
        rewritten=_named,
    ),
    marking=InName(),
    refers=refers,
    web="/dashboard/lists/manual/{id}",
)
