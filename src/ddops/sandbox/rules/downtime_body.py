"""What a downtime must look like, and what the server adds to it."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ddops.sandbox import people
from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit

WRITABLE = (
    "display_timezone",
    "message",
    "monitor_identifier",
    "mute_first_recovery_notification",
    "notify_end_states",
    "notify_end_types",
    "schedule",
    "scope",
)
REQUIRED = ("monitor_identifier", "scope")
SHAPE: Shape = {
    "display_timezone": str,
    "message": str,
    "monitor_identifier": {"monitor_id": int, "monitor_tags": [str]},
    "mute_first_recovery_notification": bool,
    "notify_end_states": [str],
    "notify_end_types": [str],
    "schedule": {
        "start": str,
        "end": str,
        "timezone": str,
        "recurrences": [{"rrule": str, "duration": str, "start": str}],
    },
    "scope": str,
}
STATES = ("alert", "no data", "warn")
OPERATORS = {"AND", "OR", "NOT"}
ROUNDING = 1e-6  # seconds: a start that was written as now has six digits
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def checked(attributes: Json, now: float, before: Json | None = None) -> Json:
    """The downtime that a create, or an update (of `before`), asks for; an update keeps what it does not send."""
    for name in attributes:
        if name not in WRITABLE:
            refuse(400, f"Additional properties are not allowed ('{name}' was unexpected)")
    if wrong := misfit(attributes, SHAPE):
        refuse(400, f"The value provided for parameter '{wrong}' is invalid")
    whole = (before or {}) | attributes
    for name in REQUIRED:
        if not whole.get(name):
            refuse(400, f"'{name}' is a required property")
    _check_scope(whole["scope"])
    if sum(name in whole["monitor_identifier"] for name in ("monitor_id", "monitor_tags")) != 1:
        refuse(400, "monitor_identifier must have either monitor_id or monitor_tags")
    states = whole.get("notify_end_states")
    if not set(states or ()) <= {*STATES}:
        refuse(400, "The value provided for parameter 'notify_end_states' is invalid")
    schedule = whole.get("schedule")
    return {
        "display_timezone": whole.get("display_timezone") or "UTC",
        "message": whole.get("message"),
        "monitor_identifier": whole["monitor_identifier"],
        "mute_first_recovery_notification": whole.get("mute_first_recovery_notification") or False,
        "notify_end_states": [*STATES] if states is None else states,
        "notify_end_types": whole.get("notify_end_types") or ["expired"],
        "schedule": _scheduled(schedule or {}, now) if before is None or "schedule" in attributes else schedule,
        "scope": whole["scope"],
    }


def as_read(body: Json, id: str, now: float) -> Json:
    """A downtime as an answer shows it at a time. The order of its states is another in each (recorded)."""
    states = body["notify_end_states"]
    shuffled = random.Random(f"{id}/{now}").sample(states, len(states))
    return body | {"notify_end_states": shuffled, "status": status(body, now)}


def status(body: Json, now: float) -> str:
    """`active`, `scheduled`, `ended` or `canceled`."""
    if body["canceled"] is not None:
        return "canceled"
    current = body["schedule"].get("current_downtime") or body["schedule"]
    if datetime.fromisoformat(current["start"]).timestamp() > now + ROUNDING:
        return "scheduled"
    ended = current["end"] is not None and datetime.fromisoformat(current["end"]).timestamp() <= now
    return "ended" if ended and "recurrences" not in body["schedule"] else "active"


def _check_scope(scope: str) -> None:
    unkeyed = re.sub(r'[\w.-]+:\s*(\([^()]*\)|"[^"]*"|\S+)', " ", scope)
    if any(word not in OPERATORS | {"*"} for word in re.split(r"[\s(),!-]+", unkeyed) if word):
        refuse(400, "All values must have a key")


def _scheduled(schedule: Json, now: float) -> Json:
    if schedule.get("recurrences"):
        return _recurring(schedule, now)
    start, end = schedule.get("start"), schedule.get("end")
    return {"start": people.iso(now) if start is None else _utc(start), "end": None if end is None else _utc(end)}


def _recurring(schedule: Json, now: float) -> Json:
    zone = _zone(schedule.get("timezone") or "UTC")
    recurrences = []
    for recurrence in schedule["recurrences"]:
        if re.fullmatch(r"\d+[mhdw]", recurrence.get("duration") or "") is None or not recurrence.get("rrule"):
            refuse(400, "The value provided for parameter 'recurrences' is invalid")
        begin = recurrence.get("start") or datetime.fromtimestamp(now, zone).strftime("%Y-%m-%dT%H:%M:%S")
        recurrences.append({"duration": recurrence["duration"], "rrule": recurrence["rrule"], "start": begin})
    # Which occurrence is next is a matter of RRULEs; the sandbox shows the first.
    first = min(recurrences, key=lambda recurrence: str(recurrence["start"]))
    start = _time(first["start"]).replace(tzinfo=zone).astimezone(UTC)
    end = start + timedelta(**{UNITS[first["duration"][-1]]: int(first["duration"][:-1])})
    return {
        "current_downtime": {"start": start.isoformat(), "end": end.isoformat()},
        "recurrences": recurrences,
        "timezone": schedule.get("timezone") or "UTC",
    }


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        # An unknown zone, or a machine without the zones' data, which the sandbox can do without.
        return UTC


def _utc(text: str) -> str:
    return _time(text).replace(tzinfo=UTC).isoformat()


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        refuse(400, "The value provided for parameter 'schedule' is invalid")
