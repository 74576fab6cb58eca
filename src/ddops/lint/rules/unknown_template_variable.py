"""A `$name` in a query is a template variable of its dashboard.

Why: a name that is none matches nothing, and the graph is empty (reference: dashboards, 6).
Fix: add the variable, or write its name right.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.nearest import unknown
from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.widgets import defined, dollars, variable


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    names = defined(resource.spec.body)
    said: set[str] = set()
    for widget, queries in context.queried(resource):
        for query in queries:
            for dollar in sorted(dollars(query.text) - said):
                said.add(dollar)
                if variable(dollar, names) is None:
                    yield Flaw(f"{widget.name}: {unknown('template variable', dollar, names)}", query.path)


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"dashboard"}), check=check)
