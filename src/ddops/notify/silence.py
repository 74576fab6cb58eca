"""Which transitions a monitor never notifies of, whatever its message says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddops.message import MonitorState, Transition

_RENOTIFIED: Mapping[MonitorState, str] = {"alert": "alert", "warning": "warn", "no_data": "no data"}
"""What `renotify_statuses` calls the states (reference: monitor options)."""
_RENOTIFIED_BY_DEFAULT = ("alert", "no data")
_WARN_WITHOUT_THRESHOLD = frozenset({"service check", "composite"})
"""A service check that warns says so itself, and a composite is what its parts are."""


def silence(monitor: dict[str, Any], transition: Transition) -> str | None:
    """Why a monitor's body never notifies of a transition, as the end of a sentence; None where it does."""
    options = monitor.get("options") or {}
    if monitor.get("draft_status") == "draft":
        return "is a draft (`draft_status`), and drafts notify nobody"
    thresholds = options.get("thresholds") or {}
    if "warning" in (transition.before, transition.now) and (
        thresholds.get("warning") is None and monitor.get("type") not in _WARN_WITHOUT_THRESHOLD
    ):
        return "never warns: it has no `options.thresholds.warning`"
    if "unknown" in (transition.before, transition.now) and monitor.get("type") != "service check":
        return "is never Unknown: only service checks are"
    if not _tells_of_missing_data(options) and (
        transition.now == "no_data" or (transition.before == "no_data" and transition.now == "ok")
    ):
        return (
            "never notifies of missing data: it has neither `options.notify_no_data: true` nor "
            "`options.on_missing_data: show_and_notify_no_data`"
        )
    if transition.is_renotification:
        return _not_again(options, transition.now)
    return None


def _tells_of_missing_data(options: dict[str, Any]) -> bool:
    return options.get("notify_no_data") is True or options.get("on_missing_data") == "show_and_notify_no_data"


def _not_again(options: dict[str, Any], state: MonitorState) -> str | None:
    if not options.get("renotify_interval"):
        return "never repeats itself: it has no `options.renotify_interval`"
    statuses = options.get("renotify_statuses") or _RENOTIFIED_BY_DEFAULT
    word = _RENOTIFIED.get(state, state)
    if word not in statuses:
        return f"does not repeat '{word}': `options.renotify_statuses` are {', '.join(statuses)}"
    return None
