"""A monitor uses no option that Datadog has replaced.

Why: a deprecated option works until the day that it does not, and nobody says which day (reference: monitor options, 1
and 2).
Fix: `notify_by: ["*"]` for `groupby_simple_monitor`, a `restriction_policy` for `restricted_roles`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if options(resource).get("groupby_simple_monitor"):
        yield Flaw(
            'groupby_simple_monitor is deprecated; write `notify_by: ["*"]`',
            ("options", "groupby_simple_monitor"),
            key=True,
        )
    if resource.spec.body.get("restricted_roles"):
        yield Flaw(
            "restricted_roles is deprecated; write a `restriction_policy` with the relation `editor`",
            ("restricted_roles",),
            key=True,
        )


RULE = Rule(severity=Severity.INFO, kinds=frozenset({"monitor"}), check=check)
