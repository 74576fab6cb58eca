"""Whoever sets a monitor up for warnings, missing data and recoveries has somebody who hears of them.

Why: a warning threshold that nobody hears gives no time to act, `notify_no_data` without a listener is silence when the
agent dies, and an alert whose end nobody hears keeps people awake (reference: notifications, 5).
Fix: the state in a route's `states`, or `{{#is_no_data}} @handle {{/is_no_data}}` in the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.kinds.contract import tags
from ddops.lint.context import Context
from ddops.lint.environments import PRODUCTION, environments
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import hearing
from ddops.lint.monitors import thresholds
from ddops.message import Transition
from ddops.notify.silence import silence

_ALERT = Transition("ok", "alert")
_STATES = {
    "warning": (Transition("ok", "warning"), "it warns", ("options", "thresholds", "warning")),
    "no data": (Transition("ok", "no_data"), "its data are missing", ("options",)),
    "recovery": (Transition("alert", "ok"), "it recovers", ("message",)),
}


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    if not hearing(resource, context, _ALERT):
        return  # nobody-notified says so
    for state, (transition, when, path) in _STATES.items():
        # What a composite or a service check warns of, its parts and its check decide; a warning of staging is for
        # whoever looks.
        if state == "warning" and ("warning" not in thresholds(resource) or not _is_production(resource)):
            continue
        if silence(resource.payload, transition) is None and not hearing(resource, context, transition):
            yield Flaw(f"somebody hears when it alerts, and nobody when {when}", path)


def _is_production(resource: Desired) -> bool:
    """Also where no tag says which environment it is of."""
    families = environments(
        value for key, _, value in (tag.partition(":") for tag in tags(resource.spec)) if key == "env"
    )
    return not families or PRODUCTION in families


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
