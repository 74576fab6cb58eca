"""Whom a notification rule notifies (reference: notifications, notification rules)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ddops.message import Transition, true
from ddops.notify.scope import satisfies


def recipients(
    rule: dict[str, Any], tags: Collection[str], group: Collection[str], transition: Transition, priority: int | None
) -> list[str]:
    """The handles, with their `@`, that a rule's body notifies of a monitor with the `tags`, for a group with tags of
    its own. A rule is for the monitor where its tags alone, or with the group's, satisfy the filter. All conditions
    that are true count, which the manual leaves open; the fallback counts where none is."""
    together = {*tags, *group}
    if not any(_is_for(rule.get("filter") or {}, some) for some in (tags, together)):
        return []
    conditional = rule.get("conditional_recipients") or {}
    facts = {*together, *(f"transition_type:{name}" for name in true(transition)), f"priority:p{priority}"}
    met = [one for one in conditional.get("conditions") or () if satisfies(facts, one["scope"])]
    found = [*(rule.get("recipients") or ())]
    for condition in met:
        found += condition["recipients"]
    if not met:
        found += conditional.get("fallback_recipients") or ()
    return [f"@{handle}" for handle in dict.fromkeys(found)]


def _is_for(wanted: dict[str, Any], tags: Collection[str]) -> bool:
    if wanted.get("scope") is not None:
        return satisfies(tags, wanted["scope"])
    return bool(wanted.get("tags")) and set(wanted["tags"]) <= set(tags)
