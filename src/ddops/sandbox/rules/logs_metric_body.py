"""What a log-based metric must look like, and what the server adds to it.

The form of the refusals is recorded with the 404 of a metric (`not_found(…)`) and reported with the refusal of
percentiles of a count (terraform-provider-datadog, issue 1681); the words of the others follow it.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit

TYPE = "logs_metrics"
SHAPE: Shape = {
    "id": str,
    "attributes": {
        "compute": {"aggregation_type": str, "path": str, "include_percentiles": bool},
        "filter": {"query": str},
        "group_by": [{"path": str, "tag_name": str}],
    },
}
AGGREGATIONS = ("count", "distribution")


def data_of(body: Json) -> Json:
    """`data` of a request."""
    data = body.get("data")
    if not isinstance(data, dict):
        _refuse("data", "A JSON:API resource is expected")
    if data.get("type") != TYPE:
        _refuse("data.type", f"The type should be '{TYPE}'")
    if not isinstance(data.get("attributes"), dict):
        _refuse("data.attributes", "The attributes are missing")
    if (wrong := misfit(data, SHAPE)) is not None:
        _refuse(f"data.attributes.{wrong}", "The value has the wrong type")
    return data


def name_of(data: Json) -> str:
    """The metric's name: other characters become `_` (recorded: `Test-Delete_a…` came back as `Test_Delete_a…`)."""
    name = data.get("id")
    if not name or not name[0].isascii() or not name[0].isalpha():
        _refuse("data.id", "The name of a metric begins with a letter")
    return re.sub(r"[^A-Za-z0-9_.]", "_", name)


def attributes_of(data: Json) -> Json:
    """The attributes of a new metric, filled in (recorded: all logs, no groups)."""
    sent = data["attributes"]
    compute = sent.get("compute") or {}
    if compute.get("aggregation_type") not in AGGREGATIONS:
        _refuse("data.attributes.compute.aggregation_type", f"The value should be one of {', '.join(AGGREGATIONS)}")
    measures = compute["aggregation_type"] == "distribution"
    if measures and not compute.get("path"):
        _refuse("data.attributes.compute.path", "Distribution aggregation needs a 'path' attribute")
    if not measures:
        _check_count(compute)
    full = {"aggregation_type": compute["aggregation_type"]}
    if measures:
        full |= {"include_percentiles": compute.get("include_percentiles") or False, "path": compute["path"]}
    return {"compute": full, "filter": _filter(sent.get("filter")), "group_by": _groups(sent.get("group_by"))}


def changed(before: Json, data: Json) -> Json:
    """The attributes after an update."""
    sent = data["attributes"]
    after = dict(before)
    if (compute := sent.get("compute")) is not None:
        if before["compute"]["aggregation_type"] == "count":
            _check_count(compute)
        elif compute.get("include_percentiles") is not None:
            after["compute"] = before["compute"] | {"include_percentiles": compute["include_percentiles"]}
    if sent.get("filter") is not None:
        after["filter"] = _filter(sent["filter"])
    if sent.get("group_by") is not None:
        after["group_by"] = _groups(sent["group_by"])
    return after


def _check_count(compute: Json) -> None:
    for name in ("include_percentiles", "path"):
        if compute.get(name) is not None:
            words = f"Count aggregation does not support an '{name}' attribute"
            _refuse(f"data.attributes.compute.{name}", words)


def _filter(sent: Json | None) -> Json:
    return {"query": (sent or {}).get("query") or "*"}


def _groups(sent: list[Json] | None) -> list[dict[str, Any]]:
    groups = []
    for index, group in enumerate(sent or ()):
        if not group.get("path"):
            _refuse(f"data.attributes.group_by[{index}].path", "The path is missing")
        groups.append({"path": group["path"], "tag_name": group.get("tag_name") or group["path"]})
    return groups


def _refuse(field: str, words: str) -> NoReturn:
    refuse(400, f"input_validation_error(Field '{field}' is invalid: {words})")
