"""A dangerous plan refuses itself, and says how to go on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from ddops.plan.change import Action, Change
from ddops.plan.limits import FEWEST


def too_much(changes: Iterable[Change], managed: Mapping[str, int], percent: int) -> Iterator[str]:
    """Why the plan changes too much of an org, if it does. Creates and adoptions are not counted: they change nothing
    that this workspace manages."""
    touched: dict[str, dict[Action, int]] = {}
    for change in changes:
        if change.action in (Action.UPDATE, Action.DELETE):
            counts = touched.setdefault(change.org, {Action.UPDATE: 0, Action.DELETE: 0})
            counts[change.action] += 1
    for org, counts in touched.items():
        total = managed.get(org, 0)
        share = math.ceil(100 * sum(counts.values()) / max(total, 1))
        if total >= FEWEST and share > percent:
            yield (
                f"{_counted(counts[Action.UPDATE], 'update')} and {_counted(counts[Action.DELETE], 'delete')} are "
                f"{share} % of the {total} "
                f"objects that this workspace manages in '{org}', more than the {percent} % allowed; "
                f"if that is what you want, run again with --max-change {share}"
            )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
