"""A monitor that notifies somebody says what to do: a `runbook`, an asset, or a link to one in its message; asked for
where the policy of `ddops.yaml` says `required_runbook: true`.

Why: at three in the morning the person who is paged has not written the monitor; VA.gov's endpoint monitoring asks for
a playbook in every alert, and most of the time to repair goes into finding it.
Fix: `runbook: SECTION`, a section of the product's runbook, whose link ddops puts below the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import hearing
from ddops.message import Transition

_WORDS = ("runbook", "playbook")
_ALERT = Transition("ok", "alert")


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    if not context.policy.required_runbook:
        return
    if body.get("runbook") or body.get("assets"):
        return
    message = str(body.get("message") or "").lower()
    if any(word in message for word in _WORDS) or not hearing(resource, context, _ALERT):
        return
    if resource.spec.product.runbook is None:
        yield Flaw("no runbook; write one, name it in the product's file and its section here with `runbook: SECTION`")
    else:
        yield Flaw("no runbook; name a section of the product's with `runbook: SECTION`")


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
