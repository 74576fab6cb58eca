"""A query says which environment it is about, or tells environments apart.

Why: without it a monitor averages prod with staging: a broken prod hides behind an idle staging, and a load test in
staging pages at night. A tag `env:prod` of the monitor itself filters nothing.
Fix: `env:prod` in the scope, or `by {env}`. A filter on one named resource (a cluster, a load balancer, an application)
does as well; `policy: {environment_tags: […]}` in ddops.yaml names further tags that do.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.scopes import NAMING, Watched, watched

_TYPES = frozenset(
    {
        *("query alert", "metric alert", "service check", "log alert", "rum alert", "trace-analytics alert"),
        *("error-tracking alert", "process alert"),
    }
)


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    if resource.spec.body["type"] not in _TYPES:
        return
    telling = NAMING | {name.lower() for name in context.policy.environment_tags}
    for one in watched(resource):
        if not _tells(one, telling):
            yield Flaw(
                f"{one.name} is of all environments at once; add one to its filter, `env:prod`, or group by it",
                one.path,
            )
            return


def _tells(one: Watched, telling: frozenset[str]) -> bool:
    keys = [key.lower().removeprefix("@") for key in one.groups]
    keys += [
        found.key.lower().removeprefix("@")
        for found in one.filters
        if not found.negated and any(value != "*" for value in found.values)
    ]
    return any(key in telling for key in keys)


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
