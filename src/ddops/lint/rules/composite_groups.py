"""The parts of a composite that are joined with `&&` have a group key in common, where they are grouped.

Why: parts are joined on the groups that they share; parts without a common key never trigger together, so the composite
never alerts (reference: monitor queries, 7).
Fix: group both parts by the same key.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import notified_by, tree
from ddops.query.condition import And, MonitorId
from ddops.query.queries import CompositeQuery
from ddops.reference import parse


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    query = tree(resource)
    if not isinstance(query, CompositeQuery):
        return
    for joined in (node for node in query.condition.walk() if isinstance(node, And)):
        sides = [[node.text for node in item.walk() if isinstance(node, MonitorId)] for item in joined.items]
        for left, right in combinations(sides, 2):
            for one in left:
                for other in right:
                    groups = _groups(resource, context, one), _groups(resource, context, other)
                    if groups[0] and groups[1] and not groups[0] & groups[1]:
                        yield Flaw(
                            f"{one} is by {', '.join(sorted(groups[0]))} and {other} by "
                            f"{', '.join(sorted(groups[1]))}: "
                            "without a key in common they never trigger together",
                            ("query",),
                        )


def _groups(resource: Desired, context: Context, text: str) -> set[str]:
    reference = parse(text)
    part = context.by_place.get((resource.org, reference.target)) if reference is not None else None
    return set(notified_by(part) or ()) if part is not None else set()


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
