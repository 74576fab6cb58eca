"""Outliers are looked for among groups: the series is grouped, and a percentage of points goes with the MAD algorithms.

Why: one series alone has nothing to differ from, and the monitor never alerts (reference: monitor queries, 2.6).
Fix: `by {host}` in the series.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import watching
from ddops.query.tree import group_keys


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    both = watching(resource, "outliers")
    if both is None:
        return
    found = both[1]
    if not group_keys(found.watched):
        yield Flaw("nothing is an outlier where the series is not grouped; add `by {…}` to it", ("query",))
    if found.percent is not None and "mad" not in found.method.lower():
        yield Flaw(f"'{found.method}' takes no percentage of points; 'MAD' and 'scaledMAD' do", ("query",))


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
