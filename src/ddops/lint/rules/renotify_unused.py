"""What belongs to repeated notifications stands in a monitor that repeats them.

Why: without `renotify_interval` an escalation message is never sent, and whoever it names never hears (reference:
monitor options, 2).
Fix: set `options.renotify_interval`, in minutes, or take the rest out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options

OPTIONS = ("renotify_occurrences", "renotify_statuses", "escalation_message")


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given = options(resource)
    if not given.get("renotify_interval"):
        for name in OPTIONS:
            if given.get(name):
                yield Flaw(f"{name} does nothing without `options.renotify_interval`", ("options", name), key=True)


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
