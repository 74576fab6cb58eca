"""A downtime ends: once, or after a number of times.

Why: a downtime is made for a maintenance and stays when that is forgotten; its monitors go red in silence until
somebody asks why nobody was paged (reference: notifications, 7: a null end is for ever, and so is a rule without COUNT
or UNTIL).
Fix: an `end`; `UNTIL=…` or `COUNT=…` in the rrule. For a maintenance that never ends, ignore the rule and say who looks
at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.recurrence import rule


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    schedule = resource.spec.body.get("schedule") or {}
    recurrences = schedule.get("recurrences")
    if not recurrences and schedule.get("end") is None:
        yield Flaw(
            "it has no end: its monitors stay silent for ever; give it `schedule: {end: …}`", ("schedule",), key=True
        )
    for index, one in enumerate(recurrences or ()):
        if not {"UNTIL", "COUNT"} & rule(one["rrule"]).keys():
            yield Flaw(
                f"'{one['rrule']}' recurs for ever; add `;UNTIL=…` or `;COUNT=…`",
                ("schedule", "recurrences", index, "rrule"),
            )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"downtime"}), check=check)
