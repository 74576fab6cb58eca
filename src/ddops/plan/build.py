"""Decides what to do: compares what the specs ask for with what the orgs hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from ddops.address import Address
from ddops.compile import Desired
from ddops.errors import Problem, SpecError
from ddops.kinds.contract import Body, Json, Kind, kinds, owner, unmark
from ddops.marking import Nowhere
from ddops.org.contract import Org, object_id
from ddops.plan.alike import Alike
from ddops.plan.carry import carry
from ddops.plan.change import Action, Change, FieldChange, Plan
from ddops.plan.compare import compared, differences, normalise
from ddops.plan.fingerprint import fingerprint
from ddops.plan.holder import holder
from ddops.plan.limits import MAX_CHANGE
from ddops.plan.live import Live, Place, concerned, read_live
from ddops.plan.order import ordered
from ddops.plan.resolve import resolve
from ddops.plan.safety import too_much
from ddops.reference import Reference, references


def build(
    desired: Sequence[Desired],
    orgs: Mapping[str, Org],
    *,
    label: str,
    workspace: str,
    products: Sequence[str] | None = None,
    max_change: int = MAX_CHANGE,
    alike: Alike | None = None,
    only: Set[Place] | None = None,
    live: Live | None = None,
) -> Plan:
    """The plan that makes `orgs` hold what is `desired` (given in the order of their needs).

    `products` limits it: resources of other products are neither changed nor deleted; so does `only`, to resources.
    `alike` knows of pairs that need not be compared again, and is told of those that were found. `live` is what the
    orgs hold where that was read already. Raises SpecError where a spec asks for what cannot be (an `adopt` id that its
    org lacks, say), ApiError where an org does not answer.
    """
    scope = frozenset(products) if products is not None else None
    every = tuple(concerned(desired, orgs, scope))
    specified = {(resource.org, resource.address) for resource in every}
    mine = list(concerned(desired, orgs, scope, only))
    live = live or read_live(mine, orgs, workspace, scope, only)
    planned = {(resource.org, resource.address) for resource in mine}
    builder = _Builder(orgs, live, specified, planned, alike or Alike())
    for resource in mine:
        builder.want(resource)
    builder.drop_the_rest()
    if builder.problems:
        raise SpecError(builder.problems)
    changes = ordered(builder.changes, builder.needs())
    managed = live.counts()
    return Plan(
        org=label,
        workspace=workspace,
        products=tuple(products) if products is not None else None,
        changes=changes,
        unchanged=len(builder.untouched),
        managed=managed,
        notes=(*live.notes, *builder.notes),
        refusals=(*builder.refusals, *too_much(changes, managed, max_change)),
        fingerprint=fingerprint(mine, changes),
        desired=tuple(mine),
        untouched=builder.untouched,
        specified=every,
        beside=live.beside(),
        only=None if only is None else frozenset(only),
    )


@dataclass(slots=True)
class _Builder:
    orgs: Mapping[str, Org]
    live: Live
    specified: Set[Place]
    planned: Set[Place]
    """Those of the specified resources that the plan is about."""
    alike: Alike
    changes: list[Change] = field(default_factory=list)
    created: dict[Place, int] = field(default_factory=dict)
    """Where in `changes` each create stands."""
    replaced: dict[int, int] = field(default_factory=dict)
    """The delete and the create of each resource that cannot be changed in place."""
    untouched: dict[Place, Body] = field(default_factory=dict)
    """The live bodies of the resources that need no change."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    held: set[tuple[str, str, str]] = field(default_factory=set)
    """The objects (org, kind, id) that resources hold; the other managed ones are deleted."""
    claimed: dict[tuple[str, str, str], Address] = field(default_factory=dict)
    """The natural names (org, kind, name) of resources."""

    def want(self, resource: Desired) -> None:
        """Adds what is to be done for one resource; those it needs have been added before."""
        if not self._claim(resource):
            return
        held = holder(resource, self.orgs[resource.org], self.live, self.specified)
        if held.note is not None:
            self.notes.append(held.note)
        if held.wrong is not None:
            self._wrong(resource, held.wrong)
            return
        payload = self._resolved(resource)
        if held.body is None:
            self._create(resource, payload)
            return
        self.held.add((resource.org, resource.kind.name, object_id(held.body)))
        pair = self.alike.pair(resource, payload, held.body)
        if pair in self.alike.known:
            self._leave(resource, held.body, pair)
            return
        fields = differences(resource.kind, payload, held.body)
        if not fields and _is_marked(resource, held.body):
            self._leave(resource, held.body, pair)
            return
        payload, unknown = carry(resource.kind, payload, held.body)
        fields = differences(resource.kind, payload, held.body)
        stuck = sorted(change.path for change in fields if change.path in resource.kind.replaced_by)
        if stuck and held.adopting:
            # Deleting what somebody asked to take over in place would lose what it was adopted for.
            self._wrong(
                resource, f"adopt: {_differ(stuck, fields)}, which the API does not change in place; say so too"
            )
        elif stuck and isinstance(resource.kind.marking, Nowhere):
            self._wrong(
                resource,
                f"{_differ(stuck, fields)}, which the API does not change in place, and nothing says that "
                f"{resource.kind.name} {object_id(held.body)} is this workspace's to delete; delete it, or choose "
                "another name",
            )
        elif stuck:
            self._replace(resource, payload, held.body, stuck)
        else:
            note = [f"unknown to this version of ddops and kept as it is: {', '.join(unknown)}"] if unknown else []
            action = Action.ADOPT if held.adopting else Action.UPDATE
            self._change(resource, payload, held.body, fields, action, note, pair)

    def _leave(self, resource: Desired, body: Body, pair: bytes) -> None:
        self.live.ids[(resource.org, resource.address)] = object_id(body)
        self.alike.found.add(pair)
        self.untouched[(resource.org, resource.address)] = body

    def drop_the_rest(self) -> None:
        """Adds the deletes: what carries this workspace's marker and no spec asks for any more."""
        for (org, address), body in sorted(self.live.managed.items(), key=lambda item: item[0]):
            spoken_for = (org, address) in self.specified or (org, address.kind, object_id(body)) in self.held
            if self.live.changes((org, address)) and not spoken_for:
                self._delete(org, address, kinds()[address.kind], body)

    def needs(self) -> dict[int, set[int]]:
        """Which changes each change must come after, by their positions."""
        needs = {
            index: {
                self.created[(change.org, reference.target)]
                for reference in references(change.payload)
                if (change.org, reference.target) in self.created
            }
            for index, change in enumerate(self.changes)
        }
        deletes = {
            (change.org, change.address.kind, change.id): index
            for index, change in enumerate(self.changes)
            if change.action is Action.DELETE
        }
        for index, change in enumerate(self.changes):
            if change.id is None:
                continue
            # An object cannot go while another still names it; that one is updated or deleted first.
            body = self.live.objects[(change.org, change.address.kind, change.id)]
            for target in kinds()[change.address.kind].refers(body):
                delete = deletes.get((change.org, *target))
                if delete is not None and delete != index:
                    needs[delete].add(index)
        for before, after in self._serving():
            needs[after].add(before)
        for delete, create in self.replaced.items():
            if not needs[delete]:
                needs[create].add(delete)
        return needs

    def _serving(self) -> Iterator[tuple[int, int]]:
        """Pairs of changes (before, after) of kinds that lean on each other: what others rely on is there before they
        change, and goes once they do without it."""
        for index, change in enumerate(self.changes):
            serves = kinds()[change.address.kind].serves
            if not serves or change.action not in (Action.CREATE, Action.DELETE):
                continue
            for other, served in enumerate(self.changes):
                together = (served.org, served.address.product) == (change.org, change.address.product)
                if together and served.address.kind in serves and served.action is not Action.DELETE:
                    yield (index, other) if change.action is Action.CREATE else (other, index)

    def _claim(self, resource: Desired) -> bool:
        """Notes that the resource has a name by which the API knows objects, unless another one has it."""
        name = resource.kind.natural(resource.payload)
        if name is None:
            return True
        other = self.claimed.setdefault((resource.org, resource.kind.name, name), resource.address)
        if other != resource.address:
            kind = resource.kind.name
            self._wrong(resource, f"is the {kind} {name}, which {other} is as well; give one another name")
        return other == resource.address

    def _resolved(self, resource: Desired) -> Body:
        """The payload with the ids that are known; what names an object that the plan creates stays a reference."""
        missing: list[Address] = []

        def found(reference: Reference) -> str | None:
            place = (resource.org, reference.target)
            if place in self.created:
                return None
            if place not in self.live.ids and place not in self.planned:
                missing.append(reference.target)
            return self.live.ids.get(place)

        payload = resolve(resource.kind, resource.payload, found, self.orgs[resource.org].url)
        for target in dict.fromkeys(missing):
            self._wrong(
                resource, f"needs {target}, which the org '{resource.org}' does not hold; {self._whole(target)}"
            )
        return payload

    def _whole(self, target: Address) -> str:
        """How to plan a resource that this plan leaves out."""
        if self.live.covers(target):
            return "it did not change itself; plan without --changed-since"
        return "plan its product as well"

    def _change(
        self,
        resource: Desired,
        payload: Body,
        body: Body,
        fields: tuple[FieldChange, ...],
        action: Action,
        notes: list[str],
        pair: bytes,
    ) -> None:
        before = owner(resource.kind, body)
        if before is not None and before.protected != resource.spec.protect:
            fields = (*fields, FieldChange("protect", before.protected, resource.spec.protect))
        wanted = owner(resource.kind, resource.payload)
        if not fields and (before and before.marker) == (wanted and wanted.marker):
            self._leave(resource, body, pair)
            return
        self.live.ids[(resource.org, resource.address)] = object_id(body)
        # A null is as good as nothing, in a spec and to the API.
        blank = {name: value for name, value in resource.kind.blank.items() if payload.get(name) is None}
        self._add(resource, action, {**payload, **blank}, fields, body, notes)

    def _replace(self, resource: Desired, payload: Body, body: Body, fields: list[str]) -> None:
        why = f"the API does not change {', '.join(fields)} in place: deleted and created anew, without its history"
        delete = len(self.changes)
        self._delete(resource.org, resource.address, resource.kind, body, why)
        self.replaced[delete] = len(self.changes)
        self._create(resource, payload, why)

    def _create(self, resource: Desired, payload: Body, note: str | None = None) -> None:
        self.created[(resource.org, resource.address)] = len(self.changes)
        notes = [note] if note else []
        self._add(resource, Action.CREATE, payload, set_fields(resource.kind, payload), None, notes)

    def _add(
        self,
        resource: Desired,
        action: Action,
        payload: Body,
        fields: Iterable[FieldChange],
        body: Body | None,
        notes: Iterable[str],
    ) -> None:
        before = None if body is None else compared(resource.kind, payload, body)[1]
        change = Change(
            address=resource.address,
            org=resource.org,
            action=action,
            title=title_of(resource.kind, payload),
            source=resource.spec.source,
            fields=tuple(fields),
            payload=payload,
            before=before,
            notes=tuple(notes),
        )
        self.changes.append(change if body is None else self._of(change, resource.kind, body))

    def _delete(self, org: str, address: Address, kind: Kind, body: Body, note: str | None = None) -> None:
        held = owner(kind, body)
        if held is not None and held.protected:
            self.refusals.append(
                f"{address} ({kind.name} {object_id(body)} in '{org}') is protected and would be deleted; "
                "to let it go, take `protect: true` out of its spec and apply that first"
            )
        change = Change(
            address=address,
            org=org,
            action=Action.DELETE,
            title=title_of(kind, body),
            before=normalise(kind, body),
            notes=(note,) if note else (),
        )
        self.changes.append(self._of(change, kind, body))

    def _of(self, change: Change, kind: Kind, body: Body) -> Change:
        """The change with what it says of the live object."""
        found = object_id(body)
        url = self.orgs[change.org].url(kind, found)
        return replace(
            change, id=found, url=url, last_changed=body.get(kind.endpoint.modified), author=_author(kind, body)
        )

    def _wrong(self, resource: Desired, message: str) -> None:
        self.problems.append(Problem(resource.spec.source, f"{resource.address}: {message}"))


def _is_marked(resource: Desired, body: Body) -> bool:
    """Whether a live object says of its owner and its protection what the resource would."""
    return owner(resource.kind, body) == owner(resource.kind, resource.payload)


def _differ(paths: Iterable[str], fields: Iterable[FieldChange]) -> str:
    before = {change.path: change.before for change in fields}
    return " and ".join(f"the live object has {path}: {before[path]}" for path in paths)


def _author(kind: Kind, body: Body) -> str | None:
    found: Json = body
    for step in (kind.endpoint.author or "").split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


def set_fields(kind: Kind, body: Body) -> tuple[FieldChange, ...]:
    """The fields of an object that say something, as they come into being with it."""
    said = unmark(kind, body).items()
    return tuple(FieldChange(name, None, value) for name, value in said if value not in (None, "", []))


def title_of(kind: Kind, body: Body) -> str:
    """What people call the object."""
    return str(body.get("name") or body.get("title") or kind.natural(body) or "")
