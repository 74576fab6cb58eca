"""A metric monitor's type is written `query alert`.

Why: `metric alert` is the old name of the same thing, the server picks between the two as it likes, and a search for
one does not find the other (reference: monitor queries, 1).
Fix: `type: query alert`; nothing changes in the org.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Replace, Rule, Severity


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    if resource.spec.body["type"] == "metric alert":
        yield Flaw("`metric alert` is the old name of `query alert`", ("type",), fix=Replace(("type",), "query alert"))


RULE = Rule(severity=Severity.INFO, kinds=frozenset({"monitor"}), check=check)
