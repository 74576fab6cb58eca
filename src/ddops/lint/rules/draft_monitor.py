"""A monitor in git is published.

Why: a draft evaluates and notifies nobody, and is gone after six months without a change (reference: monitor options,
10).
Fix: take `draft_status` out; for a trial say so with an `ignore` and until when.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if resource.spec.body.get("draft_status") == "draft":
        yield Flaw("a draft notifies nobody, whatever its message says; publish it", ("draft_status",))


RULE = Rule(severity=Severity.INFO, kinds=frozenset({"monitor"}), check=check)
