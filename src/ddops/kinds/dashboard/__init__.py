"""Dashboards."""

from __future__ import annotations

from ddops.kinds.contract import Endpoint, Kind, Paging
from ddops.kinds.dashboard.body import NORMAL, payload, refers
from ddops.kinds.dashboard.model import Dashboard
from ddops.kinds.dashboard.outline import outline

KIND = Kind(
    name="dashboard",
    collection="dashboards",
    model=Dashboard,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v1/dashboard",
        item="/api/v1/dashboard/{id}",
        paging=Paging(start="start", size="count", most=100, by="offset"),
        listed="dashboards",
        # The list gives title, description and times, neither widgets nor tags.
        list_is_whole=False,
        modified="modified_at",
    ),
    normal=NORMAL,
    # PUT takes the whole object: what is not sent is cleared, so nothing needs a blank.
    replaced_by=frozenset({"layout_type"}),
    # `alert_id` of the alert widgets is a monitor's id as text (the client's AlertGraphWidgetDefinition).
    id_as_text=frozenset({"alert_id"}),
    # Who may edit is set in the UI, and goes with the rest of what is not sent.
    kept=frozenset({"is_read_only", "restricted_roles"}),
    marked_by="description",
    refers=refers,
    web="/dashboard/{id}",
    outlines={"widgets": outline},
)
