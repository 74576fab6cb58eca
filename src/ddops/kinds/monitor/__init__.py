"""Monitors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite

from ddops.kinds.contract import Body, Endpoint, Kind, Paging, Watched
from ddops.kinds.monitor.model import Monitor
from ddops.kinds.monitor.normal import NORMAL
from ddops.kinds.monitor.payload import OURS, payload
from ddops.marking import InTags

_SLO_ID = re.compile(r'(?:error_budget|burn_rate)\(\s*"([^"]+)"')
LONGEST_DELAY = 86_400
"""Seconds that the API takes as `evaluation_delay` (reference: monitor options, 2)."""
_MONITOR_ID = re.compile(r"\d+")


def refers(live: Body) -> Iterator[tuple[str, str]]:
    """A composite's query is ids with `&&`, `||`, `!`; an SLO alert's names the SLO (reference: monitor queries)."""
    query = live.get("query") or ""
    if live.get("type") == "composite":
        yield from (("monitor", found) for found in _MONITOR_ID.findall(query))
    elif live.get("type") == "slo alert":
        yield from (("slo", found) for found in _SLO_ID.findall(query))


def watches(body: Body) -> Watched:
    """The query with its thresholds; those that a query computes, and whatever else is no number, are left out."""
    options = body.get("options") or {}
    given = options.get("thresholds") or {}
    delay, scheduling = options.get("evaluation_delay"), options.get("scheduling_options") or {}
    return Watched(
        type=str(body.get("type")),
        query=str(body.get("query") or ""),
        variables=options.get("variables") or (),
        thresholds={
            name: float(value)
            for name, value in given.items()
            if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        },
        delay=min(max(delay, 0), LONGEST_DELAY) if isinstance(delay, int) else 0,
        full=options.get("require_full_window") is True,
        scheduled=bool(scheduling.get("custom_schedule")),
    )


KIND = Kind(
    name="monitor",
    collection="monitors",
    model=Monitor,
    payload=payload,
    ours=OURS,
    endpoint=Endpoint(
        collection="/api/v1/monitor",
        item="/api/v1/monitor/{id}",
        paging=Paging(start="page", size="page_size", most=1000, by="page"),
        find="monitor_tags",
        author="creator.handle",
        validate="/api/v1/monitor/validate",
        # Datadog keeps one for each synthetic test, with the test's tags, its marker among them (test_monitors_search).
        unlisted=lambda body: body.get("type") == "synthetics alert",
    ),
    normal=NORMAL,
    # PUT keeps a top-level field that is not sent, and replaces `options` as a whole (test_edit_a_monitor).
    blank={"message": "", "priority": None, "options": {}},
    # "The type of a monitor can't be changed"; `metric alert` and `query alert` are one type to the comparison.
    replaced_by=frozenset({"type"}),
    # Mutes; a PUT of `options` without them puts `silenced: {}` there (test_edit_a_monitor).
    kept=frozenset({"options.silenced"}),
    marking=InTags(),
    refers=refers,
    watches=watches,
    web="/monitors/{id}",
)
