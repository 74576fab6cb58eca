"""A monitor's tags have values that the policy of `ddops.yaml` allows.

Why: a value that nobody else uses (`env:production` among `env:prod`) is found by no search and matched by no route.

Fix: take one of the values that the policy names, or add this one to `policy.tag_values` in `ddops.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.nearest import unknown
from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    own = resource.spec.body.get("tags") or []
    for tag in resource.payload.get("tags") or ():
        key, _, value = tag.partition(":")
        allowed = context.policy.tag_values.get(key)
        if allowed is not None and value not in allowed:
            path = ("tags", own.index(tag)) if tag in own else ()
            yield Flaw(unknown(f"value of the tag '{key}'", value, allowed), path)


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
