"""Rules of recurrence (RFC 5545): `FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU`."""

from __future__ import annotations

from collections.abc import Mapping

from ddops.query.window import SECONDS

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST = {
    "SECONDLY": 1,
    "MINUTELY": SECONDS["m"],
    "HOURLY": SECONDS["h"],
    "DAILY": SECONDS["d"],
    "WEEKLY": SECONDS["w"],
    "MONTHLY": 28 * SECONDS["d"],
    "YEARLY": 365 * SECONDS["d"],
}


def rule(text: str) -> Mapping[str, str]:
    """The parts by name, names and values in capitals; `RRULE:` in front may stand or not."""
    parts = text.strip().upper().removeprefix("RRULE:").split(";")
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in parts) if value}


def least_seconds_between(found: Mapping[str, str]) -> int | None:
    """The shortest time from one beginning to the next; None where the rule names times that this does not read."""
    step = _SHORTEST.get(found.get("FREQ", ""))
    interval = found.get("INTERVAL", "1")
    if step is None or not interval.isdecimal() or found.keys() & _FINER:
        return None
    days = found.get("BYDAY", "")
    if not days or found["FREQ"] == "DAILY":
        return step * int(interval)
    if found["FREQ"] != "WEEKLY" or not all(day in _DAYS for day in days.split(",")):
        return None
    at = sorted({_DAYS.index(day) for day in days.split(",")})
    weeks = 7 * int(interval)
    gaps = [later - earlier for earlier, later in zip(at, [*at[1:], at[0] + weeks], strict=True)]
    return min(gaps) * SECONDS["d"]


_FINER = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"})
