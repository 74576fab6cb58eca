"""A monitor's tags have values that the policy of `ddops.yaml` allows."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.config import Policy
from ddops.catalog.nearest import unknown
from ddops.compile import Desired
from ddops.lint.finding import Rule, Severity


def check(resource: Desired, policy: Policy) -> Iterator[str]:
    for tag in resource.payload.get("tags") or ():
        key, _, value = tag.partition(":")
        allowed = policy.tag_values.get(key)
        if allowed is not None and value not in allowed:
            yield unknown(f"value of the tag '{key}'", value, allowed)


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
