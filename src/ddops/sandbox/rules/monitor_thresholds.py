"""Thresholds: against the query, and in order."""

from __future__ import annotations

from typing import Any

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.monitor_query import Query

# Service checks count statuses, in whole numbers, and compare with nothing.
COUNTING_TYPES = frozenset({"service check"})
WITHOUT_RECOVERY = frozenset({"event-v2 alert"})
RECOVERIES = ("critical_recovery", "warning_recovery")


def check(type: str, query: Query, thresholds: Json) -> None:
    """Refuse thresholds that contradict the query or one another, in the API's words."""
    given = {name: value for name, value in thresholds.items() if value is not None}
    if not given or "critical_query" in given:
        return
    if not all(_is_number(value) for value in given.values()):
        refuse(400, "Non-numeric threshold value.")
    if type in COUNTING_TYPES:
        if query.last is not None and max(given.values()) > query.last:
            refuse(400, "Last field should be larger than or equal to max threshold defined in monitor options")
        return
    if "critical" not in given:
        refuse(400, "Alert status is required.")
    if query.threshold is not None and float(given["critical"]) != query.threshold:
        critical = float(given["critical"])
        refuse(400, f"Alert threshold ({critical}) does not match that used in the query ({query.threshold}).")
    recoveries = [name for name in RECOVERIES if name in given]
    if type in WITHOUT_RECOVERY and recoveries:
        refuse(400, f"Invalid threshold statuses found: {', '.join(recoveries)}.")
    if query.comparator in ("<", "<=", ">", ">="):
        _check_order(query.comparator, given)


def _check_order(comparator: str, given: Json) -> None:
    """Warning comes before alert; a recovery threshold lies on the OK side of its own."""
    sign, word = (1, "less") if comparator.startswith(">") else (-1, "greater")
    critical, warning = float(given["critical"]), given.get("warning")
    if warning is not None and sign * float(warning) >= sign * critical:
        refuse(
            400,
            f"Warning threshold ({float(warning)}) must be {word} than the alert threshold ({critical})"
            f" with {comparator} comparison.",
        )
    for status, name in (("alert", "critical"), ("warning", "warning")):
        own, recovery = given.get(name), given.get(f"{name}_recovery")
        if own is None or recovery is None:
            continue
        past = sign * (float(recovery) - float(own))
        if past > 0 or (past == 0 and comparator.endswith("=")):
            refuse(
                400,
                f"{status} and {status} recovery criteria are such that the monitor can be simultaneously"
                f" in {status} and {status} recovery states",
            )


def check_burn_rate(threshold: float, target: float) -> None:
    """A burn rate cannot be higher than what uses up the whole budget at once: 1 / (1 - target)."""
    highest = round(100 / (100 - target), 6)
    if not 0 < threshold <= highest:
        refuse(
            400,
            f"Alert threshold ({threshold}) must be in range 0 to {highest} for burn rate alerts"
            " (max threshold = 1/1-slo target).",
        )


def stored(type: str, thresholds: Json) -> Json:
    """Thresholds come back without nulls, and as floats but for service checks (recorded)."""
    given = {name: value for name, value in thresholds.items() if value is not None}
    if type in COUNTING_TYPES:
        return given
    return {name: float(value) if _is_number(value) else value for name, value in given.items()}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
