"""Somebody hears when a monitor alerts: a route of the product, a handle in the message, or a notification rule.

Why: a monitor without a listener goes red on a page that nobody looks at. Monitors that only serve a composite or an
SLO need none, nor do drafts (reference: notifications, 5).
Fix: a route in the product's file that matches; `ddops notify` shows who hears what.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import hearing
from ddops.message import Transition
from ddops.notify.silence import silence

_ALERT = Transition("ok", "alert")


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    if (resource.org, resource.address) in context.parts or silence(resource.payload, _ALERT) is not None:
        return
    if not hearing(resource, context, _ALERT):
        yield Flaw(
            "nobody hears when it alerts: no route of the product matches, no handle stands in the message, and no "
            "notification rule is for it",
            ("routes",) if "routes" in resource.spec.body else ("message",),
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
