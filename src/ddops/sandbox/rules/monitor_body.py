"""A monitor beside its query and options."""

from __future__ import annotations

import re
from typing import Any

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules import monitor_options
from ddops.sandbox.rules.monitor_query import METRIC_TYPES, TYPES, Query, read, stored_type
from ddops.sandbox.rules.shape import Shape, misfit

# What may be sent; all else, such as `classification` of an export, is dropped (recorded).
DEFAULTS: Json = {
    "message": "",
    "tags": [],
    "priority": None,
    "restricted_roles": None,
    "restriction_policy": None,
    "draft_status": "published",
    "assets": [],
}
SHAPE: Shape = {
    "name": str,
    "message": str,
    "tags": [str],
    "restricted_roles": [str],
    "draft_status": str,
    "assets": [{}],
    "options": {
        "thresholds": {},
        "variables": [{"data_source": str, "group_by": list}],
        "notify_by": [str],
        "scheduling_options": {},
    },
}
ASSET_DEFAULTS: Json = {"resource_key": None, "resource_type": None, "template_variables": {}, "options": {}}
PRIORITIES = range(1, 6)
INVALID_VALUE = "The value provided for parameter '{}' is invalid"
SIMPLE_QUERY = re.compile(
    r"(?P<aggregator>avg|sum|min|max)\(last_(?P<window>\w+)\):"
    r"\w+:(?P<metric>[\w.]+)\{(?P<scope>[^{}]*)\}(?: by \{[^{}]*\})? [<>]"
)
AGGREGATIONS = {"avg": "on average", "sum": "in total", "min": "at all times", "max": "at least once"}


def checked(fields: Json, before: Json | None = None) -> tuple[Json, Query]:
    """The monitor that a create or an update (of `before`) asks for, without what only the server knows.

    An update keeps the top-level fields that it does not send, and replaces `options` as a whole (recorded).
    """
    if wrong := misfit(fields, SHAPE):
        refuse(400, INVALID_VALUE.format(wrong))
    type = fields.get("type", None if before is None else before["type"])
    if type is None:
        refuse(400, "The parameter 'type' is required")
    if not isinstance(type, str) or type not in TYPES:
        refuse(400, INVALID_VALUE.format("type"))
    if before is not None and type != before["type"] and not {type, before["type"]} <= METRIC_TYPES:
        refuse(400, "Monitor type change not allowed")
    if before is None and "query" not in fields:
        refuse(400, "The parameter 'query' is required")
    base = before or {}
    query = read(type, fields.get("query", base.get("query")))
    sent_options: Json | None = fields.get("options")
    options: Json = base.get("options", {}) if sent_options is None else sent_options
    monitor_options.check(type, query, options)
    writable = {"type", "query", "name", *DEFAULTS}
    sent = {name: value for name, value in fields.items() if name in writable}
    kept = {name: value for name, value in base.items() if name in writable}
    body = DEFAULTS | kept | sent | {"query": query.text, "type": stored_type(type, query.text, options)}
    body["name"] = (body.get("name") or "").strip() or generated_name(query)
    body["message"] = (body["message"] or "").strip()
    body["tags"] = body["tags"] or []
    body["priority"] = _priority(body["priority"])
    body["restricted_roles"] = body["restricted_roles"] or None
    if before is None or sent_options is not None:
        body["options"] = monitor_options.stored(type, options)
    else:
        body["options"] = options
    body["multi"] = monitor_options.notifies_per_group(query, options)
    return body, query


def assets_of(monitor_id: int, assets: Any) -> list[Json]:
    """Assets as the answer to a write shows them; a read leaves out `monitor_id` (recorded)."""
    return [ASSET_DEFAULTS | asset | {"monitor_id": monitor_id} for asset in assets or ()]


def _priority(priority: Any) -> int | None:
    """`0` is stored as null and `"4"` as 4 (recorded)."""
    if isinstance(priority, str) and priority.strip().isdecimal():
        priority = int(priority)
    if priority in (None, 0):
        return None
    if isinstance(priority, bool) or not isinstance(priority, int) or priority not in PRIORITIES:
        refuse(400, INVALID_VALUE.format("priority"))
    return priority


def generated_name(query: Query) -> str:
    """The name that the server writes where none is sent, in its words for a simple metric query (recorded)."""
    match = SIMPLE_QUERY.match(query.text)
    if match is None:
        return query.text
    return (
        f"**{match['metric']}** over **{match['scope']}** was **{query.comparator} {query.threshold}**"
        f" {AGGREGATIONS[match['aggregator']]} during the **last {match['window']}**."
    )
