"""A recurring downtime is over before it begins again.

Why: with a length of a day and a rule for every day the monitors are silent all the time, and each part alone looks
right (reference: notifications, 7).
Fix: a shorter `duration`, or a rarer rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.recurrence import least_seconds_between, rule
from ddops.query.window import SECONDS


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    schedule = resource.spec.body.get("schedule") or {}
    for index, one in enumerate(schedule.get("recurrences") or ()):
        seconds = int(one["duration"][:-1]) * SECONDS[one["duration"][-1]]
        between = least_seconds_between(rule(one["rrule"]))
        if between is not None and seconds >= between:
            yield Flaw(
                f"it lasts {one['duration']} and begins again before that is over ('{one['rrule']}'): silence without "
                "end",
                ("schedule", "recurrences", index, "duration"),
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"downtime"}), check=check)
