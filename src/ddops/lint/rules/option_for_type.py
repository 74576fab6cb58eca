"""An option stands in a monitor of a type that has it.

Why: on any other it is refused or does nothing, and what its author wanted does not happen: no log lines in the
notification, no patience with new groups (reference: monitor options, 2).
Fix: take it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import EVENT_TYPES, grouped_by, options

TYPES = {
    "enable_logs_sample": frozenset({"log alert"}),
    "enable_samples": frozenset({"ci-pipelines alert", "ci-tests alert", "rum alert", "error-tracking alert"}),
    "group_retention_duration": EVENT_TYPES,
    "min_failure_duration": frozenset({"synthetics alert"}),
    "min_location_failed": frozenset({"synthetics alert"}),
}
_DEFAULTS = {"min_failure_duration": 0, "min_location_failed": 1}


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given, type_ = options(resource), resource.spec.body["type"]
    for name, types in TYPES.items():
        value = given.get(name)
        if value and value != _DEFAULTS.get(name) and type_ not in types:
            yield Flaw(f"a monitor of type `{type_}` has no `{name}`; take it out", ("options", name), key=True)
    if given.get("group_retention_duration") and type_ in EVENT_TYPES and grouped_by(resource) == ():
        yield Flaw(
            "group_retention_duration, and the query has no groups; take it out",
            ("options", "group_retention_duration"),
            key=True,
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
