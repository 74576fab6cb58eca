"""A dashboard's queries use its template variables.

Why: somebody chooses `env: prod` at the top, and one graph among thirty goes on showing all environments; at night
nobody reads the query below it (kennel checks the same).
Fix: `$env` in the scope or the search. A widget that shows everything on purpose says so in its title, and has an
ignore.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.widgets import defined, used


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    names = defined(resource.spec.body)
    if not names:
        return
    for widget, found in context.queried(resource):
        without = [one for one in found if not used(one.text, names)]
        # Some data sources have fields of their own for service and environment.
        if not without or (len(without) == len(found) and used(widget.definition.get("requests"), names)):
            continue
        count = f"{len(without)} of its {len(found)} queries use" if len(found) > 1 else "its query uses"
        listed = ", ".join(f"${name}" for name in names)
        yield Flaw(f"{widget.name}: {count} none of the template variables {listed}", without[0].path)


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"dashboard"}), check=check)
