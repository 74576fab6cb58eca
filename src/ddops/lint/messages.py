"""What rules ask of a message, each text parsed once however many rules look at it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.monitors import options
from ddops.location import NodePath
from ddops.message import Branch, Mention, Template, Transition, mentions, parse, reachable
from ddops.notify.rules import recipients

PAGERS = ("@pagerduty", "@opsgenie", "@oncall-", "@victorops-")
"""How handles begin that open an incident elsewhere, which a recovery closes (reference: notifications, 5)."""


@lru_cache(maxsize=1024)
def template(text: str) -> Template:
    return parse(text)


@lru_cache(maxsize=1024)
def mentioned(text: str) -> tuple[Mention, ...]:
    """The handles of a text in all its branches."""
    return mentions(template(text)) if "@" in text else ()


def texts(resource: Desired) -> Iterator[tuple[NodePath, str]]:
    """The texts of a monitor or a synthetic test that can notify, as they were written."""
    body = resource.spec.body
    if isinstance(text := body.get("message"), str):
        yield ("message",), text
    if isinstance(text := options(resource).get("escalation_message"), str):
        yield ("options", "escalation_message"), text


def leads(branch: Branch, transition: Transition, priority: object) -> bool:
    """Whether a transition can lead into a branch of a monitor of this priority; matches can all be true."""
    for one in branch:
        if "is_priority" in one and (f'"P{priority}"' in one) is not (one[0] == "#"):
            return False
    return reachable(branch, transition)


def hearing(resource: Desired, context: Context, transition: Transition) -> frozenset[str]:
    """The handles that a monitor notifies at a transition, through its message and through notification rules; those
    that depend on a group's tags count."""
    body = resource.payload
    priority = body.get("priority")
    found = _in_text(str(body.get("message") or ""), priority, transition)
    if transition.is_renotification:
        found |= _in_text(str(options(resource).get("escalation_message") or ""), priority, transition)
    for rule in context.rules.get(resource.org, ()):
        found |= frozenset(recipients(rule.payload, body.get("tags") or (), (), transition, priority))
    return found


@lru_cache(maxsize=1024)
def _in_text(text: str, priority: int | None, transition: Transition) -> frozenset[str]:
    return frozenset(one.handle for one in mentioned(text) if leads(one.branch, transition, priority))


def is_pager(handle: str) -> bool:
    return handle.lower().startswith(PAGERS)
