"""A monitor carries the tags that the policy of `ddops.yaml` requires."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.config import Policy
from ddops.compile import Desired
from ddops.lint.finding import Rule, Severity


def check(resource: Desired, policy: Policy) -> Iterator[str]:
    keys = {tag.partition(":")[0] for tag in resource.payload.get("tags") or ()}
    for key in policy.required_tags:
        if key not in keys:
            yield (
                f"the required tag '{key}' is missing; give the monitor `tags: [{key}:…]`, "
                f"a `for_each` variable '{key}', or the product `tags: {{{key}: …}}`"
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
