"""A query over events is grouped by four facets at most.

Why: the API refuses more, and with each facet fewer groups are looked at: 1000 values of one, 5 each of four
(reference: monitor queries, 4).
Fix: group by what tells the responsible team apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import EVENT_TYPES, tree, variables

MOST = 4
_MOST_OF_DATABASES = 5


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    type_, query = resource.spec.body["type"], tree(resource)
    if type_ not in EVENT_TYPES or query is None:
        return
    most = _MOST_OF_DATABASES if type_ == "database-monitoring alert" else MOST
    if len(query.group_by) > most:
        yield Flaw(f"the query is grouped by {len(query.group_by)} facets, and {most} is the most", ("query",))
    for index, one in enumerate(variables(resource)):
        groups = one.get("group_by") or ()
        if len(groups) > most:
            path = ("options", "variables", index, "group_by")
            yield Flaw(
                f"the query '{one.get('name')}' is grouped by {len(groups)} facets, and {most} is the most", path
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
