"""Every template variable of a dashboard is used in it.

Why: whoever sets it believes to look at one environment or one host, and nothing on the page changes.
Fix: use it in the queries, `$name`, or take it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.widgets import defined, used


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    names = defined(resource.spec.body)
    found = used(resource.spec.body.get("widgets"), names) if names else set()
    for index, name in enumerate(names):
        if name not in found:
            yield Flaw(f"nothing uses the template variable ${name}", ("template_variables", index))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"dashboard"}), check=check)
