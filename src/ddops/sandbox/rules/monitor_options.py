"""A monitor's options: what is refused, and what the server fills in, drops or rewrites."""

from __future__ import annotations

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules import monitor_thresholds
from ddops.sandbox.rules.monitor_query import EVENT_SOURCES, Query, group_keys

# Filled in where the key is absent; a null that was sent stays (recorded: every create and the partial edit).
DEFAULTS: Json = {
    "notify_no_data": False,
    "notify_audit": False,
    "new_host_delay": 300,
    "include_tags": True,
    "silenced": {},
}
# Event monitors also get this (recorded for log, rum, ci, error tracking and LLM alerts).
EVENT_DEFAULTS: Json = {"groupby_simple_monitor": False}
# Not filled in where the newer option that excludes it was sent, be it at its default (recorded).
REPLACED_BY = {"notify_no_data": "on_missing_data"}
# A service check is not told what it does by default: it gets no `include_tags` that was not sent, and a
# `require_full_window` of false does not come back (one that is true does, as recorded).
NOT_FILLED_IN = {"service check": ("include_tags",)}
# Not returned at this value (recorded for `on_missing_data`).
NOT_RETURNED: Json = {"on_missing_data": "default"}
NOT_RETURNED_BY_TYPE: dict[str, Json] = {"service check": {"require_full_window": False}}
TRIMMED = ("escalation_message",)
# Groups are kept for a day without data, those of service checks for two, unless an option says otherwise.
RETENTION_MINUTES = {"service check": 2880}
DEFAULT_RETENTION_MINUTES = 1440


def check(type: str, query: Query, options: Json) -> None:
    """Refuse options that the API refuses."""
    if "thresholds" in options and options["thresholds"] is not None:
        monitor_thresholds.check(type, query, options["thresholds"])
    keys = group_keys(query.text, options.get("variables"))
    notify_by = options.get("notify_by")
    if notify_by and notify_by != ["*"] and keys and set(keys) <= set(notify_by):
        refuse(400, "The notify_by list may not include all of the query's group keys.")
    timeframe = options.get("no_data_timeframe")
    retention = RETENTION_MINUTES.get(type, DEFAULT_RETENTION_MINUTES)
    counts = options.get("notify_no_data") and not options.get("group_retention_duration")
    if counts and isinstance(timeframe, int) and timeframe > retention:
        refuse(400, "no_data_timeframe must not exceed group retention")


def stored(type: str, options: Json) -> Json:
    """The options as every later answer shows them."""
    dropped = NOT_RETURNED | NOT_RETURNED_BY_TYPE.get(type, {})
    kept = {name: value for name, value in options.items() if not (name in dropped and dropped[name] == value)}
    thresholds = monitor_thresholds.stored(type, kept.pop("thresholds", None) or {})
    for name in TRIMMED:
        if isinstance(kept.get(name), str):
            kept[name] = kept[name].strip()
    defaults = DEFAULTS | (EVENT_DEFAULTS if type in EVENT_SOURCES else {})
    unfilled = {name for name, by in REPLACED_BY.items() if by in options}.union(NOT_FILLED_IN.get(type, ()))
    full = {name: value for name, value in defaults.items() if name not in unfilled} | kept
    if thresholds:
        full["thresholds"] = thresholds
    return full


def notifies_per_group(query: Query, options: Json) -> bool:
    """`multi`: the query is grouped, and not all groups are put into one alert."""
    return bool(group_keys(query.text, options.get("variables"))) and options.get("notify_by") != ["*"]
