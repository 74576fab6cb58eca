"""What a draft would do to the object that it was made of: nothing, if it is right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from ddops.address import Address
from ddops.catalog.explain import explain
from ddops.catalog.words import misnamed
from ddops.compile import payload_of
from ddops.importing.found import Draft, Found
from ddops.kinds.contract import Body, Kind, Setting, Spec
from ddops.location import Location, NodePath, dotted
from ddops.plan.carry import carry
from ddops.plan.change import FieldChange
from ddops.plan.compare import differences
from ddops.plan.resolve import resolve
from ddops.product import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Where a draft is tried: the object, the address that it gets and its org. `sections` are those of the product's
    runbook, None where it cannot be read. `ids` are the live ids of other resources, `bodies` their specs; `url` gives
    an object's page."""

    found: Found
    address: Address
    org: str
    product: Product
    setting: Setting
    sections: frozenset[str] | None = None
    ids: Mapping[Address, str] = field(default_factory=dict)
    bodies: Mapping[Address, Body] = field(default_factory=dict)
    url: Callable[[Kind, str], str] = lambda kind, object_id: ""

    @property
    def kind(self) -> Kind:
        return self.found.kind

    def spec(self, draft: Draft) -> Spec:
        return Spec(
            address=self.address,
            org=self.org,
            product=self.product,
            body=self.kind.expanded(draft.body).body,
            inherits=draft.inherits,
            source=Location(str(self.address)),
        )

    def payload(self, spec: Spec) -> Body:
        """What would be sent, without the marker."""
        payload = payload_of(spec, self.setting, self.bodies.get)
        return resolve(self.kind, payload, lambda reference: self.ids.get(reference.target), self.url)

    def changes(self, spec: Spec) -> tuple[FieldChange, ...]:
        """What a plan would show beside the adoption."""
        payload, _ = carry(self.kind, self.payload(spec), self.found.body)
        return differences(self.kind, payload, self.found.body)

    def faults(self, draft: Draft) -> Mapping[NodePath, str]:
        """What loading the draft would find wrong, by the path in its body."""
        body = self.kind.expanded(draft.body).body
        found = faults(self.kind, body, draft.unchecked)
        for path, message in misnamed(body, self.kind.ours, self.product, self.sections):
            found.setdefault(path, message)
        return found

    def holds(self, draft: Draft, like: Draft) -> bool:
        """Whether a draft loads, and changes no more than another one does."""
        if self.faults(draft):
            return False
        changed = self.changes(self.spec(draft))
        return not changed or all(change in self.changes(self.spec(like)) for change in changed)


def faults(kind: Kind, body: Body, unchecked: Collection[str] = ()) -> dict[NodePath, str]:
    """What the kind's model finds wrong, by the path in the body."""
    found: dict[NodePath, str] = {}
    places: list[NodePath] = []

    def locate(path: NodePath, key: bool) -> Location:
        places.append(path)
        return Location(dotted(path))

    try:
        kind.model.model_validate(body)
    except ValidationError as error:
        problems = explain(error, kind.model, body, locate, unchecked=unchecked)
        for path, problem in zip(places, problems, strict=True):
            found.setdefault(path, problem.message)
    return found
