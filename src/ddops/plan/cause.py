"""Tells apart who made an org differ from the specs: whoever changed the specs since a base, or somebody in the org."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ddops.compile import Desired
from ddops.kinds.contract import UNLIKE, Body, owner
from ddops.org.contract import Org
from ddops.plan.base import Base
from ddops.plan.carry import carry
from ddops.plan.change import Action, Cause, Change, Plan, moment
from ddops.plan.compare import differences
from ddops.plan.field_cause import by_field
from ddops.plan.live import Live, Place
from ddops.plan.resolve import resolve

MOST_NAMED = 10
"""Resources in one note."""


def told_apart(plan: Plan, base: Base, live: Live, orgs: Mapping[str, Org]) -> Plan:
    """The plan with the cause of each of its changes."""
    apart = _Apart(plan, base, live, orgs)
    changes = tuple(map(apart.change, plan.changes))
    return replace(plan, changes=changes, base=base.revision, notes=(*plan.notes, *apart.notes()))


class _Apart:
    def __init__(self, plan: Plan, base: Base, live: Live, orgs: Mapping[str, Org]) -> None:
        self.base, self.live, self.orgs = base, live, orgs
        self.now: Mapping[Place, Desired] = {(one.org, one.address): one for one in plan.desired}
        self.bodies: dict[Place, Body] = {}
        """The object that each change is about; of a delete and a create in its place the one that goes."""
        for change in plan.changes:
            if change.id is not None:
                place = (change.org, change.address)
                self.bodies[place] = live.objects[(change.org, change.address.kind, change.id)]
        self.changed = {(change.org, change.address) for change in plan.changes}

    def change(self, change: Change) -> Change:
        place = (change.org, change.address)
        then, now, body = self.base.desired.get(place), self.now.get(place), self.bodies.get(place)
        if then is None and not self.base.knows(change.address):
            return replace(change, notes=(*change.notes, f"{self._ref} does not compile here: yours or drift?"))
        if then is None:
            cause = self._not_there_then(now, body, change)
            return self._with(change, cause)
        drifted = None if body is None or change.action is Action.ADOPT else self._drifted(then, body)
        edited = None if now is None else _edited(then, now)
        if drifted == []:
            return self._with(change, Cause.YOURS)
        if edited != []:
            return self._with(self._by_field(change, then, now, body), Cause.BOTH)
        return self._with(change, Cause.DRIFT)

    def notes(self) -> Iterator[str]:
        """What does not compile at the base; what changed since and is in the org already."""
        note = self.base.note()
        if note is not None:
            yield note
        there = [
            str(place[1])
            for place, now in self.now.items()
            if place not in self.changed and place in self.base.desired and _edited(self.base.desired[place], now)
        ]
        if there:
            more = f" and {len(there) - MOST_NAMED} more" if len(there) > MOST_NAMED else ""
            yield f"changed since {self._ref}, and in the org already: {', '.join(sorted(there)[:MOST_NAMED])}{more}"

    @property
    def _ref(self) -> str:
        return self.base.revision.ref

    def _not_there_then(self, now: Desired | None, body: Body | None, change: Change) -> Cause:
        """The base asks for nothing at this address. An object that carries its marker nevertheless is drift."""
        if now is None:
            return Cause.DRIFT
        return Cause.YOURS if body is None or change.action is Action.ADOPT else Cause.BOTH

    def _drifted(self, then: Desired, body: Body) -> list[str]:
        """The paths at which the live object is not what the base asks for."""
        paths = [field.path for field in differences(then.kind, self._sent(then, body), body)]
        return [*paths, *_protection(then, body)]

    def _sent(self, then: Desired, body: Body) -> Body:
        """What the base asks for, as an update of the live object would send it."""
        payload = resolve(
            then.kind,
            then.payload,
            lambda reference: self.live.ids.get((then.org, reference.target)),
            self.orgs[then.org].url,
        )
        return carry(then.kind, payload, body)[0]

    def _by_field(self, change: Change, then: Desired, now: Desired | None, body: Body | None) -> Change:
        if change.action is not Action.UPDATE or now is None or body is None or change.payload is None:
            return change
        beside = _protection(then, body), ["protect"] if now.spec.protect != then.spec.protect else []
        then_sent = self._sent(then, body)
        fields = by_field(then.kind, change.fields, body, then_sent, change.payload, beside=beside)
        return replace(change, fields=fields)

    def _with(self, change: Change, cause: Cause) -> Change:
        fields = tuple(field if field.cause else replace(field, cause=cause) for field in change.fields)
        return replace(change, cause=cause, fields=fields, notes=(*change.notes, *self._said(change, cause)))

    def _said(self, change: Change, cause: Cause) -> Iterator[str]:
        """What is known of what happened in the org."""
        if cause is Cause.YOURS:
            return
        if change.action is Action.CREATE and (change.org, change.address) not in self.bodies:
            how = "it was deleted in the org, lost its marker there, or was never applied"
            yield f"{self._ref} asks for it as well: {how}"
        elif change.action is Action.DELETE and (change.org, change.address) not in self.base.desired:
            yield f"{self._ref} does not ask for it either"
        elif change.action is Action.ADOPT:
            yield f"{self._ref} asks for it as well: it was never applied, or its marker was taken off"
        when = moment(change.last_changed)
        if change.id is not None and when is not None:
            made = f"; made by {change.author}" if change.author else ""
            yield f"last changed in the org {when}{made}"


def _edited(then: Desired, now: Desired) -> list[str]:
    """The paths at which the specs ask for something else than they did."""
    try:
        paths = [field.path for field in differences(now.kind, now.payload, then.payload)]
    except UNLIKE:  # a kind's functions can rely on what the API adds to a body
        paths = [] if now.payload == then.payload else [""]
    if now.spec.adopt != then.spec.adopt:
        paths.append("adopt")
    return [*paths, *(["protect"] if now.spec.protect != then.spec.protect else [])]


def _protection(then: Desired, body: Body) -> list[str]:
    """`protect`, where a live object says otherwise of it than the base does."""
    held = owner(then.kind, body)
    return ["protect"] if held is not None and held.protected != then.spec.protect else []
