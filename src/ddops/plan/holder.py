"""Which live object holds a resource, and whether `adopt` may take it over."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from ddops.compile import Desired
from ddops.kinds.contract import Body, owner
from ddops.marking import Nowhere
from ddops.org.contract import Org, object_id
from ddops.plan.live import Live, Place


@dataclass(frozen=True, slots=True)
class Holder:
    """`body` is None where nothing holds the resource yet. `note` is for people; `wrong` says why it cannot be."""

    body: Body | None = None
    adopting: bool = False
    note: str | None = None
    wrong: str | None = None


def holder(resource: Desired, org: Org, live: Live, specified: Set[Place]) -> Holder:
    """The object that carries the resource's marker, or the one that its spec adopts.

    In the sandbox nobody has the ids of a real org: an id that it lacks is a create with a note.
    """
    adopt, name = resource.spec.adopt, resource.kind.name
    namesake = _namesake(resource, live)
    managed = live.managed.get((resource.org, resource.address))
    if isinstance(resource.kind.marking, Nowhere):
        managed = namesake
    if adopt is None:
        return Holder(managed, wrong=_met(resource, managed, namesake, live, specified))
    found = live.adoptable.get((resource.org, name, str(adopt)))
    if found is None and managed is not None:
        return Holder(managed, note=None if org.is_sandbox else _outlived(resource, managed))
    if found is None and org.is_sandbox:
        return Holder(note=f"{resource.address}: the sandbox has no {name} {adopt} to adopt; it is created instead")
    if found is None:
        return Holder(wrong=f"adopt: the org '{org.name}' has no {name} {adopt}; look the id up, or take `adopt` out")
    if managed is not None and object_id(managed) != object_id(found):
        held = object_id(managed)
        return Holder(wrong=f"adopt: {resource.address} is {name} {held} already; take `adopt` out, or delete {held}")
    return Holder(found, adopting=managed is None, wrong=_taken(resource, found, live, specified))


def _namesake(resource: Desired, live: Live) -> Body | None:
    """The object of the same natural name."""
    name = resource.kind.natural(resource.payload)
    return live.named.get((resource.org, resource.kind.name, name)) if name is not None else None


def _met(
    resource: Desired, managed: Body | None, namesake: Body | None, live: Live, specified: Set[Place]
) -> str | None:
    """What stands in the way where the API knows objects by a name and another's has it: a create would replace it."""
    if namesake is None or namesake is managed:
        return None
    if owner(resource.kind, namesake) is None:
        found = object_id(namesake)
        return (
            f"the org '{resource.org}' has the {resource.kind.name} {found} already, and nothing says whose it is; "
            f"write `adopt: {found}` to take it over"
        )
    taken = _taken(resource, namesake, live, specified)
    return taken.removeprefix("adopt: ") if taken is not None else None


def _outlived(resource: Desired, managed: Body) -> str:
    """An object that was adopted and then replaced, or deleted and created anew, has another id."""
    return (
        f"{resource.address}: there is no {resource.kind.name} {resource.spec.adopt} any more, and "
        f"{object_id(managed)} is in its place; take `adopt` out"
    )


def _taken(resource: Desired, found: Body, live: Live, specified: Set[Place]) -> str | None:
    held = owner(resource.kind, found)
    if held is None:
        return None
    address = held.marker.address(resource.kind.name)
    what = f"adopt: {resource.kind.name} {object_id(found)} is managed"
    if held.marker.workspace != live.workspace:
        return f"{what} by the workspace '{held.marker.workspace}' as {address}; that one has to let go of it first"
    if address == resource.address or live.managed.get((resource.org, address)) is not found:
        return None  # a copy of a marker counts for nothing
    if not live.covers(address):
        return f"{what} as {address} by this workspace; plan the product {address.product} as well"
    if (resource.org, address) in specified:
        return f"{what} as {address} by this workspace; take that spec out, or this `adopt`"
    return None
