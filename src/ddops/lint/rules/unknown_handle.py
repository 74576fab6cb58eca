"""A handle is that of a channel of some product.

Why: the API takes any handle and drops those that do not exist, without a word (reference: notifications, 2): one
letter off is silence.
Fix: the nearest channel's handle; or add the channel to the product's file. With `--org` ddops asks the org itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddops.catalog.nearest import nearest
from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import mentioned, texts
from ddops.location import NodePath
from ddops.message import longest

_WAYS = ("@slack-", "@pagerduty-", "@teams-", "@opsgenie-", "@webhook-", "@team-", "@oncall-")
"""What a channel can be; a workflow, a case, a Jira project can not."""


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    for handle, path in _written(resource):
        lower = handle.lower()
        is_channel = lower.startswith(_WAYS) or "@" in handle[1:]
        if "{{" in handle or not is_channel or longest(handle, context.handles) is not None:
            continue
        near = nearest(lower, sorted(context.handles))
        yield Flaw(f"no product has a channel {handle}" + (f"; did you mean {near}?" if near else ""), path)


def _written(resource: Desired) -> Iterator[tuple[str, NodePath]]:
    if resource.kind.name == "notification_rule":
        # What a product's own routes become names its channels.
        body = resource.spec.body
        listed: list[tuple[NodePath, Any]] = [(("recipients",), body.get("recipients"))]
        conditional = body.get("conditional_recipients") or {}
        for index, one in enumerate(conditional.get("conditions") or ()):
            listed.append((("conditional_recipients", "conditions", index, "recipients"), one.get("recipients")))
        listed.append((("conditional_recipients", "fallback_recipients"), conditional.get("fallback_recipients")))
        for place, recipients in listed:
            yield from ((f"@{one}", (*place, index)) for index, one in enumerate(recipients or ()))
        return
    for path, text in texts(resource):
        yield from dict.fromkeys((one.handle, path) for one in mentioned(text))


RULE = Rule(
    severity=Severity.WARNING, kinds=frozenset({"monitor", "synthetics_test", "notification_rule"}), check=check
)
