"""How long new groups are left alone is said once.

Why: `new_group_delay` and `new_host_delay` overrule each other, any value the other's (reference: monitor options, 2),
so that one of the two numbers is not what happens.
Fix: keep `new_group_delay`; `new_host_delay` is deprecated. On a query without groups neither does anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options

DEFAULT = 300
"""Seconds of `new_host_delay`; the server writes it on every monitor, so that exports have it."""


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given = options(resource)
    if "new_group_delay" in given and given.get("new_host_delay", DEFAULT) != DEFAULT:
        yield Flaw(
            f"new_group_delay ({given['new_group_delay']}) and new_host_delay ({given['new_host_delay']}) overrule "
            "each "
            "other; keep `new_group_delay`",
            ("options", "new_host_delay"),
            key=True,
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
