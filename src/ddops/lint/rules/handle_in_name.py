"""No handle stands in a name.

Why: in the title it is only text and notifies nobody (reference: notifications, 1).
Fix: a route, or the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.message import handles


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    name = resource.spec.body.get("name")
    for _at, handle in handles(name) if isinstance(name, str) and "@" in name else ():
        yield Flaw(f"{handle} in a name notifies nobody; move it into the message, or into a route", ("name",))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor", "synthetics_test"}), check=check)
