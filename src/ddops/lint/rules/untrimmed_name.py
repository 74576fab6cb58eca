"""A name neither begins nor ends with white space.

Why: the server trims it (reference: monitor options, 1), and lists that are sorted by name put it before all others
until then.
Fix: take the blanks out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Replace, Rule, Severity


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    field = "title" if resource.kind.name == "dashboard" else "name"
    name = resource.spec.body.get(field)
    if isinstance(name, str) and name != name.strip():
        where = "begins" if name != name.lstrip() else "ends"
        yield Flaw(f"the {field} {where} with white space", (field,), fix=Replace((field,), name.strip()))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor", "dashboard", "slo", "synthetics_test"}), check=check)
