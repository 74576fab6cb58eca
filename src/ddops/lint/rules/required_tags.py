"""A monitor carries the tags that the policy of `ddops.yaml` requires.

Why: people find monitors, and reports count them, by these tags; a monitor without them belongs to nobody.

Fix: give the monitor the tag, a `for_each` variable of its name, or the product `tags`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    keys = {tag.partition(":")[0] for tag in resource.payload.get("tags") or ()}
    for key in context.policy.required_tags:
        if key not in keys:
            yield Flaw(
                f"the required tag '{key}' is missing; give the monitor `tags: [{key}:…]`, "
                f"a `for_each` variable '{key}', or the product `tags: {{{key}: …}}`"
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
