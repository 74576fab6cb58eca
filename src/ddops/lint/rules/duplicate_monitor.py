"""No two monitors of an org are the same.

Why: the API refuses the second (`Duplicate of an existing monitor_id:…`; reference: monitor options, 9), or both page
for the same thing; most often one is a copy whose query was to be changed.
Fix: change the copy, or make one of them with `for_each`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context, alike
from ddops.lint.finding import Flaw, Rule, Severity


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    first = context.alike[alike(resource)]
    if first.address != resource.address:
        yield Flaw(
            f"type, name, query and message are those of {first.address}; change one, or take it out", ("query",)
        )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
