"""Every conditional block of a message can come true for its monitor.

Why: what stands in `{{#is_warning}}` of a monitor that never warns is read by nobody, and a handle there hears nothing;
the same with `is_no_data` where missing data notify nobody, `is_renotify` without `renotify_interval`, and another
priority than the monitor's (reference: notifications, 5).
Fix: set the option that makes the state happen, or take the block out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import leads, template, texts
from ddops.message import TRANSITIONS, Branch, reachable
from ddops.message.template import Block, Node, position
from ddops.notify.silence import silence


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if resource.spec.body.get("draft_status") == "draft":
        return
    for path, text in texts(resource):
        if "{{#" in text or "{{^" in text:
            for at, raw, branch in _dead(resource, template(text).nodes, ()):
                yield Flaw(f"{position(text, at)}: {raw} never comes true: {_why(resource, branch)}", path)


def _dead(resource: Desired, nodes: tuple[Node, ...], branch: Branch) -> Iterator[tuple[int, str, Branch]]:
    """The outermost blocks that no transition leads into although it could in another monitor."""
    priority = resource.payload.get("priority")
    for node in nodes:
        if not isinstance(node, Block):
            continue
        for side, wanted in ((node.body, not node.negated), (node.otherwise, node.negated)):
            inner = (*branch, f"{'#' if wanted else '^'}{node.condition}")
            if not side or not any(reachable(inner, one) for one in TRANSITIONS):
                continue  # says nothing, or contradicts itself, which message-template says
            if any(leads(inner, one, priority) and silence(resource.payload, one) is None for one in TRANSITIONS):
                yield from _dead(resource, side, inner)
            else:
                yield node.at, f"`{{{{{inner[-1]}}}}}`", inner


def _why(resource: Desired, branch: Branch) -> str:
    priority = resource.payload.get("priority")
    if "is_priority" in branch[-1]:
        return "the monitor has no priority" if priority is None else f"the monitor's priority is P{priority}"
    for one in TRANSITIONS:
        if leads(branch, one, priority) and (reason := silence(resource.payload, one)) is not None:
            return f"the monitor {reason}"
    return "no transition of the monitor leads there"


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
