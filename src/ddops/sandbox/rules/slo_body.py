"""What an SLO must look like, and what the server adds to it."""

from __future__ import annotations

from hashlib import sha256
from typing import TypeGuard

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit
from ddops.sandbox.rules.sli import count_of, query_of

TYPE_IDS = {"monitor": 0, "metric": 1, "time_slice": 2}
FORMULA: Shape = {"formula": str}
QUERIES: Shape = [{"data_source": str, "name": str, "query": str}]
SHAPE: Shape = {
    "name": str,
    "type": str,
    "description": str,
    "tags": [str],
    "groups": [str],
    "monitor_ids": [int],
    "timeframe": str,
    "thresholds": [{"timeframe": str}],
    "query": {"numerator": str, "denominator": str},
    "sli_specification": {
        "count": {
            "good_events_formula": FORMULA,
            "bad_events_formula": FORMULA,
            "total_events_formula": FORMULA,
            "queries": QUERIES,
        },
        "time_slice": {"comparator": str, "query": {"formulas": [FORMULA], "queries": QUERIES}},
    },
}
TIMEFRAMES = ("7d", "30d", "90d", "custom")
# Read-only: sent values are ignored.
SERVER_FIELDS = ("id", "creator", "created_at", "modified_at", "type_id", "monitor_tags", "configured_alert_ids")
DEFAULT_INTERVAL_SECONDS = 300


def check(body: Json, type: str) -> None:
    """Refuse a body that the API refuses. An update keeps its SLO's `type` whatever it sends (recorded)."""
    if wrong := misfit(body, SHAPE):
        refuse(400, f"Invalid payload: {wrong} is invalid")
    if not (body.get("name") or "").strip():
        refuse(400, "Invalid payload: must specify name")
    if type not in TYPE_IDS:
        refuse(400, f"Invalid payload: {type} is not a valid SLO type")
    _check_thresholds(body.get("thresholds"))
    if type == "monitor" and not body.get("monitor_ids"):
        refuse(400, "Invalid payload: must specify monitor_ids")
    specification = body.get("sli_specification") or {}
    if type == "metric" and not _is_query(body.get("query")) and not _is_count(specification.get("count")):
        refuse(400, "Invalid payload: must specify the query for count types")
    if type == "time_slice" and not specification.get("time_slice"):
        refuse(400, "Invalid payload: must specify the sli_specification for time_slice types")


def _is_query(query: Json | None) -> bool:
    return query is not None and all(query.get(part) for part in ("numerator", "denominator"))


def _is_count(count: Json | None) -> TypeGuard[Json]:
    """Good events, either total or bad events, and the queries of their formulas."""
    if not count or not count.get("queries"):
        return False
    if not all(query.get("name") and query.get("query") for query in count["queries"]):
        return False
    good, others = "good_events_formula", ("total_events_formula", "bad_events_formula")
    formulas = [count.get(name) for name in (good, *others)]
    return bool(formulas[0]) and sum(map(bool, formulas[1:])) == 1 and all(f.get("formula") for f in formulas if f)


def _check_thresholds(thresholds: list[Json] | None) -> None:
    if not thresholds:
        refuse(400, "Invalid payload: must specify thresholds")
    for threshold in thresholds:
        target, warning = threshold.get("target"), threshold.get("warning")
        if threshold.get("timeframe") not in TIMEFRAMES:
            refuse(400, f"Invalid payload: {threshold.get('timeframe')} is not a valid timeframe")
        if not _is_number(target) or not 0 < target < 100:
            refuse(
                400,
                "Invalid payload: The target is incorrect: target must be a positive number between (0.0, 100.0)",
            )
        if warning is not None and not (_is_number(warning) and target < warning < 100):
            refuse(400, "Invalid payload: The warning is incorrect: warning must be greater than target")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def completed(body: Json, type: str) -> Json:
    """What a create or an update answers for an accepted body, without id, people and times."""
    kept = {key: value for key, value in body.items() if key not in SERVER_FIELDS and value is not None}
    first = body["thresholds"][0]
    primary = next((t for t in body["thresholds"] if t["timeframe"] == body.get("timeframe")), first)
    full = {
        "timeframe": primary["timeframe"],
        "target_threshold": primary["target"],
        **({"warning_threshold": primary["warning"]} if primary.get("warning") is not None else {}),
        **kept,
        "description": kept.get("description", ""),
        "tags": shuffled(kept.get("tags", [])),
        "thresholds": [_threshold(threshold) for threshold in body["thresholds"]],
        "type": type,
        "type_id": TYPE_IDS[type],
        "monitor_tags": [],
    }
    if not full.get("groups"):
        full.pop("groups", None)
    if type == "metric":
        full |= _both_forms(kept)
    elif type == "time_slice":
        time_slice = {"query_interval_seconds": DEFAULT_INTERVAL_SECONDS} | full["sli_specification"]["time_slice"]
        full["sli_specification"] = {"time_slice": time_slice}
    return full


def as_read(body: Json) -> Json:
    """A read gives the primary targets as floats, where the answer to a write repeats the numbers sent (recorded)."""
    names = ("target_threshold", "warning_threshold")
    return body | {name: float(body[name]) for name in names if name in body}


def shuffled(tags: list[str]) -> list[str]:
    """The order of tags is not kept (recorded), so a client must not lean on it: any other, but always the same."""
    return sorted(dict.fromkeys(tags), key=lambda tag: sha256(tag.encode()).digest())


def display(number: float) -> str:
    """A target as text: as many digits as it has, and always a point (recorded: `95.`, `99.5`)."""
    return f"{float(number):.10f}".rstrip("0")


def _threshold(threshold: Json) -> Json:
    # Sent displays are replaced (recorded: `95.0` became `95.`).
    full: Json = {"timeframe": threshold["timeframe"]}
    for name in ("target", "warning"):
        if threshold.get(name) is not None:
            full |= {name: float(threshold[name]), f"{name}_display": display(threshold[name])}
    return full


def _both_forms(body: Json) -> Json:
    count = (body.get("sli_specification") or {}).get("count")
    if _is_count(count):
        return {"query": query_of(count), "sli_specification": {"count": count}}
    return {"query": body["query"], "sli_specification": {"count": count_of(body["query"])}}
