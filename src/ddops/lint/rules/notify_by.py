"""`notify_by` names some of the query's group keys, not all, and no others; or `"*"` for one alert of all groups.

Why: the API refuses anything else (`The notify_by list may not include all of the query's group keys.`; reference:
monitor options, 8).
Fix: leave the option out for one alert of each group.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.nearest import unknown
from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import grouped_by, options

PATH = ("options", "notify_by")


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    chosen, keys = options(resource).get("notify_by"), grouped_by(resource)
    if not chosen or keys is None:
        return
    if not keys:
        yield Flaw("notify_by, and the query has no groups; take it out", PATH, key=True)
    elif "*" in chosen:
        if len(chosen) > 1:
            yield Flaw("notify_by has `*` beside other keys; it stands alone", PATH)
    elif wrong := [key for key in chosen if key not in keys]:
        for key in wrong:
            yield Flaw(f"notify_by: {unknown('group key of the query', key, keys)}", (*PATH, chosen.index(key)))
    elif set(chosen) == set(keys):
        yield Flaw("notify_by names all of the query's group keys, which is what happens without it; take it out", PATH)


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
