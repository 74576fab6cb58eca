"""A monitor's `env` tag is the environment that its query looks at.

Why: a copy of a prod monitor whose query still says staging is routed to whoever is paged for prod, and watches nothing
of it; or prod is watched and its alerts go to the channel that nobody reads at night.
Fix: make the tag and the filter the same. With `for_each: {env: [prod, staging]}` and `${env}` they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.kinds.contract import tags
from ddops.lint.context import Context
from ddops.lint.environments import environments
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.scopes import ENVIRONMENT, watched


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    said = {value for key, _, value in (tag.partition(":") for tag in tags(resource.spec)) if key == "env"}
    own = environments(said)
    if not own:
        return
    for one in watched(resource):
        for found in one.filters:
            if found.negated or found.key.lower().removeprefix("@") not in ENVIRONMENT:
                continue
            families = environments(found.values)
            if families and not families & own:
                yield Flaw(
                    f"the query looks at `{found.node}`, and the monitor's tag is env:{', env:'.join(sorted(said))}",
                    one.path,
                )
                return


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
