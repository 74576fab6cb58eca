"""A downtime is for some monitors, or for some groups of them.

Why: with all monitors and all scopes the whole org is silent, other teams' pages included (reference: notifications,
7).
Fix: `monitor_tags: ["team:…"]`, or a scope.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    tags = (body.get("monitor_identifier") or {}).get("monitor_tags") or ()
    if "*" in tags and body.get("scope", "").strip() == "*":
        yield Flaw(
            "all monitors of the org are silent, those of other teams too; name a tag",
            ("monitor_identifier", "monitor_tags"),
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"downtime"}), check=check)
