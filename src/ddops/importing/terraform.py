"""Objects by the ids in a Terraform state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from ddops.errors import UsageError

VERSION = 4
"""Of the state's format; Terraform writes it since 0.12."""

KINDS: Mapping[str, str] = {
    "datadog_monitor": "monitor",
    "datadog_monitor_json": "monitor",
    "datadog_dashboard": "dashboard",
    "datadog_dashboard_json": "dashboard",
    "datadog_dashboard_v2": "dashboard",
    "datadog_service_level_objective": "slo",
    "datadog_synthetics_test": "synthetics_test",
    "datadog_downtime_schedule": "downtime",
    "datadog_logs_metric": "logs_metric",
    "datadog_dashboard_list": "dashboard_list",
    "datadog_powerpack": "powerpack",
    "datadog_monitor_notification_rule": "notification_rule",
    "datadog_monitor_config_policy": "monitor_policy",
    "datadog_software_catalog": "catalog_entity",
}
"""The kinds of the provider's resource types; the `id` of each is the object's."""


@dataclass(frozen=True, slots=True)
class Managed:
    """One instance of a resource: `address` is Terraform's (`module.a["b"].datadog_monitor.c[0]`), `kind` None where
    ddops has none for it."""

    address: str
    type: str
    kind: str | None
    id: str


def managed(name: str, content: bytes) -> Iterator[Managed]:
    """What of Datadog's a state says that Terraform manages. Raises UsageError where it is no state."""
    state = _state(name, content)
    for resource in state["resources"]:
        type_ = str(resource.get("type"))
        if resource.get("mode") != "managed" or not type_.startswith("datadog_"):
            continue
        for instance in resource.get("instances") or ():
            object_id = (instance.get("attributes") or {}).get("id")
            # What is deposed is to be destroyed.
            if object_id and "deposed" not in instance:
                yield Managed(_address(resource, instance), type_, KINDS.get(type_), str(object_id))


def _state(name: str, content: bytes) -> Any:
    try:
        state = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{name}: this is not JSON: {error}") from None
    hint = "`terraform state pull` writes one"
    if not isinstance(state, dict) or not isinstance(state.get("resources"), list):
        raise UsageError(f"{name}: this is no Terraform state; {hint}")
    if state.get("version") != VERSION:
        raise UsageError(f"{name}: a state of version {state.get('version')}, and ddops reads {VERSION}; {hint}")
    return state


def _address(resource: Any, instance: Any) -> str:
    parts = [resource.get("module"), resource.get("type"), resource.get("name")]
    index = instance.get("index_key")
    suffix = "" if index is None else f"[{orjson.dumps(index).decode()}]"
    return ".".join(str(part) for part in parts if part) + suffix
