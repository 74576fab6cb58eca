"""Who is notified differently once a plan is applied: each monitor simulated as it is and as it will be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Body
from ddops.meaning.contract import Listener, Notice
from ddops.meaning.listeners import Listeners
from ddops.meaning.sentence import sentence, states
from ddops.meaning.watching import RULE, WATCHING, Heard, as_desired, heard
from ddops.plan.change import Change, Plan
from ddops.product import Product, State
from ddops.routing import STATES

Place = tuple[str, Address]
Rules = dict[str, list[Desired]]


def notices(plan: Plan) -> Mapping[Place, tuple[Notice, ...]]:
    """By org and address: of each monitor that the plan changes, or for which it changes a rule, who hears differently.
    Of a changed rule, the same about the untouched monitors that it is for."""
    world = _World.of(plan)
    found = {place: tuple(world.differences(*place)) for place in world.monitors()}
    for place, change in world.changes.items():
        if place[1].kind == RULE:
            found[place] = tuple(_of_rule(change, found, world))
    return {place: told for place, told in found.items() if told}


@dataclass(slots=True)
class _World:
    """What is there before and after a plan, by org and address: `changes` holds what it changes (a delete and a create
    of one address as one), `untouched` the rest."""

    changes: dict[Place, Change]
    untouched: Mapping[Place, Body]
    products: Mapping[str, Product]
    known: Listeners
    before: Rules = field(default_factory=dict)
    after: Rules = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> _World:
        products = {one.address.product: one.spec.product for one in (*plan.specified, *plan.desired)}
        changes: dict[Place, Change] = {}
        for change in plan.changes:
            place = (change.org, change.address)
            other = changes.get(place)
            if other is not None:
                before, payload = change.before or other.before, change.payload or other.payload
                change = replace(change, before=before, payload=payload)
            changes[place] = change
        untouched = {**plan.beside, **plan.untouched}
        world = cls(changes, untouched, products, Listeners(products.values()))
        for (org, address), change in changes.items():
            if address.kind == RULE:
                world.add(world.before, org, address, change.before)
                world.add(world.after, org, address, change.payload)
        for (org, address), body in untouched.items():
            if address.kind == RULE:
                world.add(world.before, org, address, body)
                world.add(world.after, org, address, body)
        return world

    def product(self, address: Address) -> Product:
        """A product of that name with nothing in it where its file is gone."""
        name = address.product
        return self.products.get(name) or Product.model_construct(product=name, title=name, org=[], team=name)

    def add(self, rules: Rules, org: str, address: Address, body: Body | None) -> None:
        if body is not None:
            rules.setdefault(org, []).append(as_desired(address, org, body, self.product(address)))

    def monitors(self) -> Iterator[Place]:
        """Those of which others might hear."""
        yield from (place for place in self.changes if place[1].kind in WATCHING)
        orgs = {org for org, address in self.changes if address.kind == RULE}
        yield from (place for place in self.untouched if place[1].kind in WATCHING and place[0] in orgs)

    def differences(self, org: str, address: Address) -> Iterator[Notice]:
        change = self.changes.get((org, address))
        body = self.untouched.get((org, address))
        old, new = (change.before, change.payload) if change is not None else (body, body)
        before = self._heard(org, address, old, self.before)
        after = self._heard(org, address, new, self.after)
        told = [state for state in STATES if before.get(state) is not None or after.get(state) is not None]
        groups: dict[tuple[object, ...], list[State]] = {}
        for state in told:
            one, other = _handles(before.get(state)), _handles(after.get(state))
            if one != other:
                # What is said of several states is to be true of each.
                paged = _is_paged(after.get(state))
                groups.setdefault((other - one, one - other, bool(one), bool(other), paged), []).append(state)
        where = {environment(body.get("tags") or ()) for body in (old, new) if body is not None}
        subject = where.pop() if len(where) == 1 else ""
        for found in groups.values():
            yield _notice(found, told, before, after, subject, is_new=old is None)

    def _heard(self, org: str, address: Address, body: Body | None, rules: Rules) -> Heard:
        if body is None:
            return {}
        return heard(address, org, body, rules, self.product(address), self.known)


def environment(tags: Iterable[str]) -> str:
    """The one environment that the tags name, with a blank behind it; nothing where there is none, or several."""
    found = {tag.removeprefix("env:") for tag in tags if tag.startswith("env:")}
    return f"{found.pop()} " if len(found) == 1 else ""


def _notice(
    found: list[State], told: list[State], before: Heard, after: Heard, environment: str, *, is_new: bool
) -> Notice:
    was, will = _together(found, before), _together(found, after)
    gained = tuple(one for one in will if one not in was)
    lost = tuple(one for one in was if one not in will)
    subject = environment + states(found, told)
    return Notice(
        states=tuple(found),
        gained=gained,
        lost=lost,
        before=was,
        after=will,
        text=sentence(subject, gained, lost, before=was, after=will, is_new=is_new),
    )


def _together(found: Iterable[State], heard: Heard) -> tuple[Listener, ...]:
    return tuple(dict.fromkeys(one for state in found for one in heard.get(state) or ()))


def _handles(listeners: Iterable[Listener] | None) -> frozenset[str]:
    return frozenset(one.handle for one in listeners or ())


def _is_paged(listeners: Iterable[Listener] | None) -> bool:
    return any(one.pages for one in listeners or ())


def _of_rule(rule: Change, found: Mapping[Place, tuple[Notice, ...]], world: _World) -> Iterator[Notice]:
    """What changes for the untouched monitors whose new or lost listeners the rule names, the same of several once."""
    named = {f"@{handle}" for body in (rule.before, rule.payload) if body is not None for handle in _recipients(body)}
    counts: dict[Notice, int] = {}
    for (org, address), told in found.items():
        if org == rule.org and (org, address) not in world.changes:
            for notice in told:
                if named & _handles([*notice.gained, *notice.lost]):
                    counts[notice] = counts.get(notice, 0) + 1
    for notice, count in counts.items():
        yield replace(notice, text=f"{notice.text} ({count} monitor{'s' if count > 1 else ''})")


def _recipients(rule: Body) -> Iterator[str]:
    conditional = rule.get("conditional_recipients") or {}
    yield from rule.get("recipients") or ()
    yield from conditional.get("fallback_recipients") or ()
    for condition in conditional.get("conditions") or ():
        yield from condition.get("recipients") or ()
