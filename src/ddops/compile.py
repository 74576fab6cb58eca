"""Specs to payloads: what the API is to be told. Pure: no clock, no network, no environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from ddops.address import Address, Marker
from ddops.catalog.contract import Catalog
from ddops.errors import Problem, SpecError
from ddops.kinds.contract import Body, Kind, Setting, Spec, kinds, mark
from ddops.reference import references


@dataclass(frozen=True, slots=True, kw_only=True)
class Desired:
    """A resource as the org should hold it. `payload` carries the marker; what only the org knows still stands in it as
    `${KIND:PRODUCT/KEY}`, and `needs` are the resources that it names so."""

    spec: Spec
    kind: Kind
    payload: Body
    needs: frozenset[Address]

    @property
    def address(self) -> Address:
        return self.spec.address

    @property
    def org(self) -> str:
        return self.spec.org


def compile_specs(catalog: Catalog) -> tuple[Desired, ...]:
    """The payload of every spec, each after those it needs; that those exist is known since they were loaded, unless
    only what is right was. Raises SpecError where references lead in a circle."""
    bodies = {(spec.org, spec.address): spec.body for spec in catalog.specs}
    desired = {(spec.org, spec.address): _desired(spec, catalog, bodies) for spec in catalog.specs}
    needs = {place: [(place[0], need) for need in sorted(resource.needs)] for place, resource in desired.items()}
    problems: list[Problem] = []
    order: list[tuple[str, Address]] = []
    while not order and needs:
        try:
            order = [*TopologicalSorter(needs).static_order()]
        except CycleError as error:
            circle = error.args[1]
            problems.append(_circle(circle, desired))
            # Each needs the one before it. Without one of the needs, the next circle shows itself.
            needs[circle[1]].remove(circle[0])
    if problems:
        raise SpecError(problems)
    return tuple(desired[place] for place in order if place in desired)


def payload_of(spec: Spec, setting: Setting, body_of: Callable[[Address], Body | None]) -> Body:
    """The body that the API takes for a spec, without the marker; `body_of` gives those of other specs of its org."""
    kind = kinds()[spec.address.kind]
    payload = kind.payload(spec, setting)
    return payload if kind.completed is None else kind.completed(payload, body_of)


def _desired(spec: Spec, catalog: Catalog, bodies: Mapping[tuple[str, Address], Body]) -> Desired:
    kind = kinds()[spec.address.kind]
    marker = Marker(catalog.config.workspace, spec.address.product, spec.address.key)
    payload = payload_of(spec, catalog.config.setting, lambda address: bodies.get((spec.org, address)))
    payload = mark(kind, payload, marker, protected=spec.protect)
    return Desired(
        spec=spec,
        kind=kind,
        payload=payload,
        needs=frozenset(reference.target for reference in references(payload)),
    )


def _circle(places: list[tuple[str, Address]], desired: Mapping[tuple[str, Address], Desired]) -> Problem:
    way = " needs ".join(str(address) for _, address in reversed(places))
    return Problem(desired[places[-1]].spec.source, f"a circle of references: {way}; one of them has to do without")
