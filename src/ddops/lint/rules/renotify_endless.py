"""A notification that is repeated is repeated a number of times.

Why: without `renotify_occurrences` it goes on for 30 hours (reference: notifications, 9): at one in ten minutes that is
180 pages for one night, and people mute what they cannot stop.
Fix: `options: {renotify_occurrences: 3}`, with an escalation to somebody else behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options

HOURS = 30


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given = options(resource)
    interval = given.get("renotify_interval")
    if interval and not given.get("renotify_occurrences"):
        times = HOURS * 60 // interval
        if times > 1:
            yield Flaw(
                f"a notification every {interval} minutes for {HOURS} hours, {times} of them; say how many with "
                "`options.renotify_occurrences`",
                ("options", "renotify_interval"),
                key=True,
            )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
