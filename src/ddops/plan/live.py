"""What the orgs hold now, as far as a plan is concerned with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Body, Json, Kind, kinds, owner
from ddops.org.contract import Org, object_id
from ddops.org.workers import Workers

Place = tuple[str, Address]
"""A resource in an org."""


@dataclass(slots=True, kw_only=True)
class Live:
    """`managed` are the objects that carry this workspace's marker; `adoptable` those that a spec names by id (by org,
    kind and id); `objects` both. `ids` are the live ids of resources that stay. `scope` are the products that the plan
    is limited to, and `only` the resources, None for all."""

    workspace: str
    scope: frozenset[str] | None
    only: Set[Place] | None = None
    managed: dict[Place, Body] = field(default_factory=dict)
    adoptable: dict[tuple[str, str, str], Body] = field(default_factory=dict)
    objects: dict[tuple[str, str, str], Body] = field(default_factory=dict)
    named: dict[tuple[str, str, str], Body] = field(default_factory=dict)
    """By org, kind and natural name, the objects that the API knows by one."""
    ids: dict[Place, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unread: set[Place] = field(default_factory=set)
    """Managed objects in the scope that the plan has nothing to do with."""

    def covers(self, address: Address) -> bool:
        """Whether the plan is about the product of what has this address."""
        return self.scope is None or address.product in self.scope

    def changes(self, place: Place) -> bool:
        """Whether the plan may change what is there."""
        return self.covers(place[1]) and (self.only is None or place in self.only)

    def beside(self) -> dict[Place, Body]:
        """The objects of the kinds that lean on each other (`leaning`) which the plan leaves as they are, as it is not
        about them."""
        return {
            place: body
            for place, body in self.managed.items()
            if place[1].kind in leaning() and self.covers(place[1]) and not self.changes(place)
        }

    def counts(self) -> dict[str, int]:
        """How many objects the workspace manages in each org, of the products in scope."""
        places = {place for place in self.managed if self.covers(place[1])} | self.unread
        return Counter(org for org, _ in places)


@cache
def leaning() -> frozenset[str]:
    """The kinds whose objects lean on each other without naming each other (`Kind.serves`): what a change of one means
    is not to be told without the others."""
    return frozenset().union(*({kind.name, *kind.serves} for kind in kinds().values() if kind.serves))


def concerned(
    desired: Iterable[Desired], orgs: Mapping[str, Org], scope: frozenset[str] | None, only: Set[Place] | None = None
) -> Iterator[Desired]:
    """The resources that a plan of these orgs, products and resources (None for all) is about."""
    for resource in desired:
        place = (resource.org, resource.address)
        is_covered = resource.org in orgs and (scope is None or resource.address.product in scope)
        if is_covered and (only is None or place in only):
            yield resource


def read_live(
    desired: Iterable[Desired],
    orgs: Mapping[str, Org],
    workspace: str,
    scope: frozenset[str] | None,
    only: Set[Place] | None = None,
) -> Live:
    """Reads every org, side by side, as far as a plan of `desired` goes. Raises ApiError."""
    adopted: dict[str, dict[str, set[str]]] = {org: {} for org in orgs}
    needed: dict[str, set[Address]] = {org: set() for org in orgs}
    names: dict[str, set[tuple[str, str | None]]] = {org: set() for org in orgs}
    for resource in desired:
        needed[resource.org] |= resource.needs
        names[resource.org].add((resource.kind.name, resource.kind.natural(resource.payload)))
        if resource.spec.adopt is not None:
            adopted[resource.org].setdefault(resource.kind.name, set()).add(str(resource.spec.adopt))
    live = Live(workspace=workspace, scope=scope, only=only)

    def read(org: Org) -> Mapping[str, list[Body]]:
        return _read(org, live, needed[org.name], names[org.name], adopted[org.name])

    with Workers(len(orgs)) as pool:
        answers = zip(orgs.values(), pool.map(read, orgs.values()), strict=True)
        for org, objects in answers:
            for name, bodies in objects.items():
                # Of objects with one marker the eldest was made with it, and the others are copies.
                for body in sorted(bodies, key=lambda body: _age(kinds()[name], body)):
                    _index(live, org, kinds()[name], body, adopted[org.name].get(name, set()))
    return live


def _read(
    org: Org,
    live: Live,
    needed: set[Address],
    names: set[tuple[str, str | None]],
    adopted: Mapping[str, set[str]],
) -> Mapping[str, list[Body]]:
    def wanted(kind: Kind, summary: Body) -> bool:
        if object_id(summary) in adopted.get(kind.name, ()):
            return True
        name = kind.natural(summary)
        if name is not None and (kind.name, name) in names:
            return True
        held = owner(kind, summary)
        if held is None or held.marker.workspace != live.workspace:
            return False
        place = (org.name, held.marker.address(kind.name))
        if live.changes(place) or place[1] in needed or (kind.name in leaning() and live.covers(place[1])):
            return True
        if live.covers(place[1]):
            live.unread.add(place)
        return False

    dispensable = kinds().keys() - {name for name, _ in names}
    objects = {name: list(bodies) for name, bodies in org.read(kinds().values(), wanted, dispensable).items()}
    refused = sorted(kinds()[name].collection for name in kinds().keys() - objects.keys())
    if refused:
        live.notes.append(
            f"{org.name}: the org does not let these be listed: {', '.join(refused)}; no spec asks for one, and "
            "whether this workspace left one there is not known"
        )
    for name, ids in adopted.items():
        listed = {object_id(body) for body in objects.get(name, ())}
        for missing in sorted(ids - listed):
            # A list can lag behind a create (reference: API behaviour, consistency); reading by id does not.
            body = org.get(kinds()[name], missing)
            if body is not None:
                objects.setdefault(name, []).append(body)
    return objects


def _age(kind: Kind, body: Body) -> tuple[bool, Json]:
    created = body.get(kind.endpoint.created)
    return created is None, created or 0


def _index(live: Live, org: Org, kind: Kind, body: Body, adopted: set[str]) -> None:
    found = object_id(body)
    live.objects[(org.name, kind.name, found)] = body
    if found in adopted:
        live.adoptable[(org.name, kind.name, found)] = body
    name = kind.natural(body)
    if name is not None:
        live.named[(org.name, kind.name, name)] = body
    held = owner(kind, body)
    if held is None or held.marker.workspace != live.workspace:
        return
    place = (org.name, held.marker.address(kind.name))
    first = live.managed.setdefault(place, body)
    if first is body:
        live.ids[place] = found
        return
    if found in adopted:
        return
    live.notes.append(
        f"{place[1]}: {kind.name} {found} in '{org.name}' carries a copy of the marker of {object_id(first)} "
        "(cloned in the UI?); it is left alone; take its marker off"
    )
