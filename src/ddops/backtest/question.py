"""What to ask of a change: a pure function of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ddops.address import Address
from ddops.backtest.contract import Condition
from ddops.kinds.contract import UNLIKE, Body, Watched, kinds
from ddops.plan.change import Action, Change
from ddops.query.evaluation import Evaluation, evaluation

_FULL = "The monitor leaves out windows that are not full of data (`require_full_window`); the plot does not."
SHOWN = ("critical", "critical_recovery", "warning", "warning_recovery")
"""The thresholds that a value of a metric is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Of one resource in one org. `asks` is None where nothing can be asked, and `reason` says why. `before` and
    `after` are as in `Backtest`."""

    org: str
    address: Address
    asks: Evaluation | None
    reason: str = ""
    before: Condition | None = None
    after: Condition | None = None
    query_changes: bool = False
    delay: int = 0
    """Seconds that the monitor looks back."""

    @property
    def differs(self) -> bool:
        """Whether what alerts is not what alerted."""
        return self.query_changes or self.before != self.after


def questions(changes: Iterable[Change]) -> list[Question]:
    """One for each resource that watches something, in the order of the changes; a resource that is replaced (a delete
    and a create with one address) is asked of once."""
    bodies: dict[tuple[str, Address], tuple[Body | None, Body | None]] = {}
    for change in changes:
        place = change.org, change.address
        before, after = bodies.get(place, (None, None))
        payload = None if change.action is Action.DELETE else change.payload
        bodies[place] = before or change.before, after or payload
    found = (_question(org, address, *sides) for (org, address), sides in bodies.items())
    return [one for one in found if one is not None]


def _question(org: str, address: Address, before: Body | None, after: Body | None) -> Question | None:
    watched, asked = _watched(address.kind, before), _watched(address.kind, after)
    old = _evaluation(watched) if watched else None
    new = _evaluation(asked) if asked else old
    if new is None:
        return None
    if isinstance(new, str):
        return Question(org=org, address=address, asks=None, reason=new)
    looks = asked or watched
    if looks is not None and looks.full:
        new = replace(new, doubts=(*new.doubts, _FULL))
    is_same = isinstance(old, Evaluation) and (old.query, old.interval) == (new.query, new.interval)
    return Question(
        org=org,
        address=address,
        asks=new,
        before=_condition(old, watched) if watched and is_same and isinstance(old, Evaluation) else None,
        after=_condition(new, asked) if asked else None,
        query_changes=old is not None and not is_same,
        delay=looks.delay if looks is not None else 0,
    )


def _watched(kind: str, body: Body | None) -> Watched | None:
    try:
        return kinds()[kind].watches(body) if body else None
    except (*UNLIKE, OverflowError):
        return None


def _evaluation(watched: Watched) -> Evaluation | str:
    if watched.scheduled:
        return "it looks at times of its own (`custom_schedule`)"
    return evaluation(watched.type, watched.query, watched.variables)


def _condition(found: Evaluation, watched: Watched) -> Condition:
    given = {"critical": found.critical, **watched.thresholds}
    return Condition(comparator=found.comparator, thresholds={name: given[name] for name in SHOWN if name in given})
