"""Dashboards."""

from __future__ import annotations

from ddops.kinds.contract import Endpoint, Kind, Paging
from ddops.kinds.dashboard.body import NORMAL, payload, refers
from ddops.kinds.dashboard.continued import continued
from ddops.kinds.dashboard.model import Dashboard
from ddops.kinds.dashboard.outline import called, outline
from ddops.kinds.dashboard.paired import paired
from ddops.kinds.dashboard.short import expanded
from ddops.kinds.dashboard.tiles import tiles
from ddops.kinds.dashboard.written import written
from ddops.marking import InText

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
        author="author_handle",
    ),
    normal=NORMAL,
    # PUT takes the whole object: what is not sent is cleared, so nothing needs a blank.
    replaced_by=frozenset({"layout_type"}),
    # Who may edit is set in the UI, and goes with the rest of what is not sent.
    kept=frozenset({"is_read_only", "restricted_roles"}),
    marking=InText("description"),
    refers=refers,
    web="/dashboard/{id}",
    outlines={"widgets": outline},
    expanded=expanded,
    continued=continued,
    paired=paired,
    called=called,
    tiles=tiles,
    written=written,
)
