"""Specs to payloads: what the API is to be told. Pure: no clock, no network, no environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from ddops.address import Address, Marker
from ddops.catalog.load import Catalog
from ddops.catalog.nearest import nearest
from ddops.errors import Problem, SpecError
from ddops.kinds.contract import Body, Kind, Spec, kinds, mark
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
    """The payload of every spec, each after those it needs. Raises SpecError where a reference leads nowhere, into
    another org, or in a circle."""
    desired = {(spec.org, spec.address): _desired(spec, catalog) for spec in catalog.specs}
    problems = [*_dangling(desired)]
    if problems:
        raise SpecError(problems)
    order = TopologicalSorter(
        {place: [(place[0], need) for need in sorted(resource.needs)] for place, resource in desired.items()}
    )
    try:
        return tuple(desired[place] for place in order.static_order())
    except CycleError as error:
        raise SpecError([_circle(error.args[1], desired)]) from None


def _desired(spec: Spec, catalog: Catalog) -> Desired:
    kind = kinds()[spec.address.kind]
    marker = Marker(catalog.config.workspace, spec.address.product, spec.address.key)
    payload = mark(kind, kind.payload(spec, catalog.config.setting), marker, protected=spec.protect)
    return Desired(
        spec=spec,
        kind=kind,
        payload=payload,
        needs=frozenset(reference.target for reference in references(payload)),
    )


def _dangling(desired: Mapping[tuple[str, Address], Desired]) -> Iterator[Problem]:
    orgs: dict[Address, list[str]] = {}
    for org, address in desired:
        orgs.setdefault(address, []).append(org)
    for (org, address), resource in desired.items():
        for need in sorted(resource.needs):
            if (org, need) in desired:
                continue
            if need in orgs:
                message = f"{address} is for the org '{org}' and needs {need}, which is for {_listed(orgs[need])} alone"
            else:
                near = nearest(str(need), map(str, orgs))
                message = f"{address} needs {need}, and there is no such resource" + (
                    f"; did you mean {near}?" if near else ""
                )
            yield Problem(resource.spec.source, message)


def _circle(places: list[tuple[str, Address]], desired: Mapping[tuple[str, Address], Desired]) -> Problem:
    way = " needs ".join(str(address) for _, address in reversed(places))
    return Problem(desired[places[-1]].spec.source, f"a circle of references: {way}; one of them has to do without")


def _listed(names: Iterable[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
