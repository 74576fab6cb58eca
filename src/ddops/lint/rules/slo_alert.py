"""An SLO alert's window is one of the SLO's targets, and its number one that can be reached.

Why: the API refuses a window without a target and a rate beyond 1 / (1 - target) (`Alert threshold (14.4) must be in
range 0 to 10.0 for burn rate alerts`): at 90 % everything failing burns only ten times too fast. An error budget is
used up at 100 % (reference: monitor queries, 8).
Fix: a window of the SLO's thresholds; a lower rate for a lower target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import show, thresholds, tree
from ddops.query.queries import SloQuery
from ddops.query.window import SECONDS
from ddops.reference import parse

_LONGEST = 48 * SECONDS["h"]


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    query = tree(resource)
    if not isinstance(query, SloQuery):
        return
    long, short = query.long_window, query.short_window
    if long is not None and not SECONDS["h"] <= long.seconds <= _LONGEST:
        yield Flaw(f"the long window is {long.words}; it is 1 to 48 hours", ("query",))
    if long is not None and short is not None and short.seconds >= long.seconds:
        yield Flaw(f"the short window of {short.words} is not shorter than the long one of {long.words}", ("query",))
    reference = parse(query.slo.value)
    slo = context.by_place.get((resource.org, reference.target)) if reference is not None else None
    most: float = 100
    if slo is not None:
        targets = {one["timeframe"]: one["target"] for one in slo.payload.get("thresholds") or ()}
        target = targets.get(str(query.over))
        if target is None:
            yield Flaw(f"{slo.address} has no target for {query.over}, only for {', '.join(targets)}", ("query",))
            return
        if query.function == "burn_rate":
            most = round(100 / (100 - target), 6)
    elif query.function == "burn_rate":
        return
    given = {"critical": query.threshold, **thresholds(resource)}
    for name, value in given.items():
        if value is not None and not 0 < value <= most:
            what = "the rate at which everything fails" if query.function == "burn_rate" else "all of the budget"
            yield Flaw(
                f"{name} is {show(value)}; it is above 0 and at most {show(most)}, {what}",
                ("options", "thresholds", name),
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
