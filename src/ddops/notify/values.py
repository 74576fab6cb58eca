"""What the variables of a message hold when a monitor notifies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ddops.message import ALWAYS, Template, fills, key, paths
from ddops.notify.groups import groups

_COMPARED = re.compile(r"([<>]=?|==|!=)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*$")
_THRESHOLDS = {
    "threshold": "critical",
    "warn_threshold": "warning",
    "alert_recovery_threshold": "critical_recovery",
    "warn_recovery_threshold": "warning_recovery",
    "ok_threshold": "ok",
}


def values(
    monitor: dict[str, Any],
    templates: Iterable[Template],
    group: Mapping[str, str],
    value: str | None,
) -> dict[str, str]:
    """By path, for the variables that the templates use: the values that are known, an empty text where nothing fills a
    variable. What only Datadog knows when it happens is left out."""
    known = _thresholds(monitor) | ({} if value is None else {"value": value})
    used = [one for template in templates for one in paths(template) if one[1] not in known and one[1] not in ALWAYS]
    if not used:
        return known
    here = groups(monitor)
    tags = {**here.scope, **group}
    for _, path, is_match in used:
        name = key(path) or path
        if name in tags:
            known[path] = tags[name]
        elif not fills(path, here.fillable, str(monitor.get("type")), is_match=is_match):
            known[path] = ""
    return known


def _thresholds(monitor: dict[str, Any]) -> dict[str, str]:
    thresholds = (monitor.get("options") or {}).get("thresholds") or {}
    found = {
        variable: f"{threshold:.15g}"
        for variable, name in _THRESHOLDS.items()
        if isinstance(threshold := thresholds.get(name), int | float)
    }
    compared = _COMPARED.search(str(monitor.get("query") or ""))
    if compared is not None:
        found["comparator"] = compared[1]
        found.setdefault("threshold", compared[2])
    return found
