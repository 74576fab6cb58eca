"""Who is paged by an alert is told of its end.

Why: PagerDuty, Opsgenie and On-Call close an incident only when the recovery names them again; otherwise it stays open,
goes up the escalation, and the next alert joins it without a sound (reference: notifications, 2 and 5).
Fix: `recovery` among the `states` of the route that pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import hearing, is_pager
from ddops.message import Transition
from ddops.notify.silence import silence

_ALERT, _RECOVERY = Transition("ok", "alert"), Transition("alert", "ok")


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    if silence(resource.payload, _ALERT) is not None:
        return
    paged = {handle for handle in hearing(resource, context, _ALERT) if is_pager(handle)}
    if paged:
        for handle in sorted(paged - hearing(resource, context, _RECOVERY)):
            yield Flaw(
                f"{handle} is paged when it alerts and not told when it recovers, so the incident stays open",
                ("message",),
            )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
