"""References that lead nowhere, or into another org, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ddops.address import Address
from ddops.catalog.layers import Made
from ddops.catalog.nearest import nearest
from ddops.errors import Problem
from ddops.kinds.contract import Spec
from ddops.location import NodePath
from ddops.reference import Reference, references

Gap = tuple[str | None, str]
"""A product and a kind of which not everything could be read; None is every product."""


def dangling(
    specs: Iterable[Spec], made: Mapping[tuple[str, Address], Made], gaps: Collection[Gap]
) -> Iterator[Problem]:
    """A problem for each reference to a resource that its own org does not get. `made` is what each spec is made of.
    Of what could not be read (`gaps`) nothing is said."""
    orgs: dict[Address, list[str]] = {}
    specs = list(specs)
    for spec in specs:
        orgs.setdefault(spec.address, []).append(spec.org)
    for spec in specs:
        for reference in dict.fromkeys(references(spec.body)):
            target = reference.target
            if spec.org in orgs.get(target, ()) or {(None, target.kind), (target.product, target.kind)} & set(gaps):
                continue
            message = _message(spec, reference, orgs)
            for path in _places(spec.body, reference):
                yield Problem(made[spec.org, spec.address].locate(path), message)


def _message(spec: Spec, reference: Reference, orgs: Mapping[Address, Sequence[str]]) -> str:
    target = reference.target
    if target in orgs:
        others = " and ".join(f"'{org}'" for org in orgs[target])
        ours = f"{spec.address} for '{spec.org}'"
        return f"{reference}: {target} is for {others}, and {ours}; each org has ids of its own"
    near = nearest(str(target), [str(address) for address in orgs if address.kind == target.kind])
    return f"{reference}: there is no {target}" + (f"; did you mean {near}?" if near else "")


def _places(value: Any, reference: Reference, path: NodePath = ()) -> Iterator[NodePath]:
    if isinstance(value, str):
        if reference in references(value):
            yield path
    elif isinstance(value, dict | list):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(child, reference, (*path, step))
