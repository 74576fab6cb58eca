"""What Datadog keeps of an object goes with it: its alerts, an SLO's past, a test's results."""

from __future__ import annotations

from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.plan.change import Action

_KEPT = {
    "monitor": (Severity.HIGH, "its history of alerts"),
    "slo": (Severity.HIGH, "its history and its corrections"),
    "synthetics_test": (Severity.HIGH, "its results"),
    "logs_metric": (Severity.HIGH, "its counts from then on"),
    "dashboard": (Severity.MEDIUM, "its address, and its place in lists"),
    "powerpack": (Severity.MEDIUM, "its place in dashboards"),
}
"""What is lost with an object; of other kinds nothing but what the spec says."""


def deletes_history(looked: Looked) -> Found:
    if looked.change.action is Action.DELETE and looked.kind in _KEPT:
        severity, what = _KEPT[looked.kind]
        yield severity, f"deletes {what}{': it is deleted and created anew' if looked.replaced else ''}"


RISK = deletes_history
