"""A dashboard's body: as the API takes it, and what the API does with it.

Names in brackets are recorded cases or sections of the reference's page on dashboards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddops.kinds.contract import Body, Json, Normal, Setting, Spec, without

POSITION = re.compile(r"^@[1-9]\d*$")
"""How a tab names a widget by its position in `widgets`, counted from 1 [5]."""

WIDGET_IDS = frozenset({"widgets[].id", "widgets[].definition.widgets[].id"})
"""16-digit numbers that the server gives every widget, new ones with every PUT that does not send them [2]: an update
sends them (continued.py), so that links to a widget (`?fullscreen_widget=ID`) outlive it."""

UNCHECKED = frozenset({"widgets[].unchecked", "widgets[].definition.widgets[].unchecked"})
"""A word of ours: the definition beside it is sent as it stands."""

PASTED = WIDGET_IDS | frozenset(
    {
        # On every answer (test_create_a_new_dashboard_…).
        *("id", "url", "author_handle", "author_name", "created_at", "modified_at"),
        # On some reads [1].
        *("experience_type", "deleted_at"),
    }
)
"""Fields that the server alone writes."""

_IN_WIDGETS = {
    # What the UI writes into a definition when somebody saves the dashboard, and what the web shows without it [2].
    # The API itself fills in nothing here.
    "definition.title_size": ("16",),
    "definition.title_align": ("left",),
    "definition.legend_size": ("0",),
    "definition.time": ({},),
    "layout.is_column_break": (False, None),
}


def _positions(body: Body) -> Body:
    """Tabs name widgets by `"@1"` when they are sent and by the widgets' ids when they are read [5]: here always by
    position."""
    if not body.get("tabs"):
        return body
    position = {
        widget["id"]: f"@{index}" for index, widget in enumerate(body.get("widgets") or (), start=1) if "id" in widget
    }
    tabs = [
        {**tab, "widget_ids": [position.get(which, which) for which in tab.get("widget_ids") or ()]}
        for tab in body["tabs"]
    ]
    return {**body, "tabs": tabs}


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec. A dashboard takes no tags but `team:…` [1]: that of the product's
    team, unless the spec says which."""
    body = {**without(_positions(spec.body), PASTED | UNCHECKED)}
    if body.get("tags") is None and "tags" in spec.inherits:
        body["tags"] = [f"team:{spec.product.team}"]
    # A null for `reflow_type` is refused [1]; left out, it stays absent.
    if body.get("reflow_type", "") is None:
        del body["reflow_type"]
    return body


def refers(live: Body) -> Iterator[tuple[str, str]]:
    """Monitors of alert widgets, SLOs of widgets and queries, powerpacks, wherever they stand in the widgets [4.2]."""
    return _refers(live.get("widgets"))


_NAMED = {"alert_id": "monitor", "slo_id": "slo", "powerpack_id": "powerpack"}
"""The kind of the object that a field names."""


def _refers(value: Json) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _refers(item)
    elif isinstance(value, dict):
        for key, child in value.items():
            if key in _NAMED and isinstance(child, str | int):
                yield _NAMED[key], str(child)
            else:
                yield from _refers(child)


NORMAL = Normal(
    read_only=PASTED,
    rewritten=_positions,
    absent={
        # Null where it is not sent, for some fields also an empty text or list [2].
        "description": (None, ""),
        "template_variables": (None, []),
        "template_variables[].*": (None,),
        "template_variables[].available_values": ([],),
        "template_variable_presets": (None, []),
        "notify_list": (None, []),
        "tabs": (None, []),
        "tags": (None, []),
        "default_timeframe": (None,),
        "reflow_type": (None,),
        "is_read_only": (False, None),
        "restricted_roles": ([], None),
        "widgets[].layout": (None,),
        **{
            f"{widget}.{path}": values
            for path, values in _IN_WIDGETS.items()
            for widget in ("widgets[]", "widgets[].definition.widgets[]")
        },
    },
    # `notify_list` comes back sorted (TestAccDatadogDashboardNotifyListDiff); presets may, by name [2].
    unordered=frozenset({"notify_list", "tags", "restricted_roles", "template_variable_presets"}),
    # Deprecated for restriction policies: who may edit is set in the UI.
    if_set=frozenset({"is_read_only", "restricted_roles"}),
)
