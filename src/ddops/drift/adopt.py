"""The files that say what the org holds, where somebody changed it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ddops.address import Address
from ddops.catalog.contract import Catalog
from ddops.catalog.reader import Document
from ddops.compile import Desired
from ddops.drift.difference import edits
from ddops.drift.edit import Edit, last_first
from ddops.drift.place import Files, Placed, Refused
from ddops.drift.text import edited
from ddops.kinds.contract import UNLIKE, Body, Kind, owner
from ddops.location import Location, NodePath, dotted
from ddops.plan.carry import carry
from ddops.plan.change import Action, Change, Plan
from ddops.plan.compare import differences
from ddops.plan.live import Live, Place
from ddops.plan.resolve import resolve
from ddops.reference import Reference

Reread = Callable[[Mapping[str, Document]], Sequence[Desired] | None]
"""What the workspace asks for with these files in the place of theirs, by path; None where something is wrong then."""


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """A difference that is not written into the files: the resource, its place, the path and why."""

    source: Location
    address: Address
    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """`documents` are the files that change, by path; `before` the same as they are. `changed` are the resources whose
    specs they change, `left` what is not written."""

    documents: Mapping[str, Document]
    before: Mapping[str, Document]
    changed: Sequence[Address]
    left: Sequence[Left]


@dataclass(slots=True)
class _Target:
    """A resource that somebody changed in the org."""

    resource: Desired
    live: Body
    count: int
    """How many fields differ."""


@dataclass(slots=True, kw_only=True)
class Adoption:
    """Finds what the files would have to say. `desired` is all that they ask for now, `plan` what an apply would
    change; `url` gives an object's page in an org."""

    catalog: Catalog
    desired: Sequence[Desired]
    plan: Plan
    live: Live
    url: Callable[[str, Kind, str], str]
    reread: Reread
    targets: dict[Place, _Target] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def run(self) -> Adopted:
        for change in self.plan.changes:
            self._target(change)
        specs = {(spec.org, spec.address): spec for spec in self.catalog.specs}
        files = Files(self.catalog, specs)
        placed = [edit for place in self.targets for edit in self._placed(place, files)]
        kept = self._settled([*self._unshared(placed, files)])
        documents = _documents(kept) or {}
        self._remaining(self.reread(documents) or () if documents else self.desired)
        changed = {address for edit in kept for _, address in edit.places}
        before = {edit.document.path: edit.document for edit in kept}
        return Adopted(documents, before, sorted(changed), sorted(set(self.left)))

    def _target(self, change: Change) -> None:
        resource = {(one.org, one.address): one for one in self.plan.desired}.get((change.org, change.address))
        if change.action is not Action.UPDATE or resource is None or change.id is None:
            if change.action is Action.DELETE and resource is not None:
                return  # it goes and comes: the create says so
            source = change.source or Location(f"products/{change.address.product}.yaml")
            self.left.append(Left(source, change.address, "", _why(change, resource)))
            return
        live = self.live.objects[(change.org, change.address.kind, change.id)]
        self.targets[change.org, change.address] = _Target(resource, live, len(self._differ(resource, live)))

    def _placed(self, place: Place, files: Files) -> Iterator[Placed]:
        resource, live = self.targets[place].resource, self.targets[place].live
        payload, _ = carry(resource.kind, self._resolved(resource, resource.payload), live)
        try:
            found, unsaid = edits(resource.kind, self._resolved(resource, resource.spec.body), payload, live)
        except UNLIKE:
            found, unsaid = [], []
        for one in unsaid:
            self._leave(resource, resource.spec.source, one.path, one.why)
        for edit in found:
            placed = files.placed(place, edit, lambda text: self._refers(resource, text))
            if isinstance(placed, Refused):
                self._leave(resource, placed.source, placed.path, placed.why)
            else:
                yield placed

    def _unshared(self, placed: Sequence[Placed], files: Files) -> Iterator[Placed]:
        """The edits that every resource wants whose specs they change; one that several want stands once."""
        together: dict[tuple[str, str], Placed] = {}
        for edit in placed:
            same = together.get(edit.key)
            places = edit.places if same is None else same.places | edit.places
            together[edit.key] = Placed(edit.document, edit.edit, edit.path, places)
        for edit in together.values():
            others = sorted({str(address) for _, address in files.sharing(edit)})
            if others:
                shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
                orgs = "" if set(others) - {str(address) for _, address in edit.places} else " in another org"
                self._leave_all(edit, f"it is what {shown}{orgs} says as well, and there it is otherwise")
            else:
                yield edit

    def _settled(self, placed: Sequence[Placed]) -> list[Placed]:
        """As many of the edits as can be made together: all, else those of a resource, else one by one."""
        kept: list[Placed] = []
        groups: list[list[Placed]] = [[*placed]] if placed else []
        while groups:
            group = groups.pop(0)
            wrong = self._wrong([*kept, *group])
            if wrong is None:
                kept += group
            elif len(group) == 1:
                self._leave_all(group[0], wrong)
            else:
                parts: dict[Place, list[Placed]] = {}
                for edit in group:
                    parts.setdefault(min(edit.places), []).append(edit)
                groups = [*(parts.values() if len(parts) > 1 else [[edit] for edit in group]), *groups]
        return kept

    def _wrong(self, placed: Sequence[Placed]) -> str | None:
        """Why the edits are not made: the edited files must ask for less change of every resource that they are made
        for, and for nothing else of any other."""
        documents = _documents(placed)
        if documents is None:
            return "the file cannot say so there without changing more"
        found = self.reread(documents)
        if found is None:
            return "the specs would be wrong then"
        after = {(one.org, one.address): one for one in found}
        before = {(spec.org, spec.address) for spec in self.catalog.specs}
        if before != after.keys():
            return "there would be other resources then"
        aims = {place for edit in placed for place in edit.places}
        changed = (one.address for one in self._others(aims) if one.payload != after[one.org, one.address].payload)
        other = min(changed, default=None)
        if other is not None:
            return f"{other} would change as well"
        for place in sorted(aims):
            target = self.targets[place]
            paths = self._differ(after[place], target.live)
            if len(paths) >= target.count:
                new = [path for path in paths if path not in self._differ(target.resource, target.live)]
                return f"{', '.join(new or paths)} would not be as the org has it then"
        return None

    def _others(self, aims: set[Place]) -> Iterator[Desired]:
        return (one for one in self.desired if (one.org, one.address) not in aims)

    def _remaining(self, found: Sequence[Desired]) -> None:
        """What is left where a resource differs still: what was said of it before, or that it does."""
        after = {(one.org, one.address): one for one in found}
        for place, target in self.targets.items():
            paths = self._differ(after.get(place, target.resource), target.live)
            said = [left for left in self.left if left.address == place[1]]
            if not paths:
                self.left = [left for left in self.left if left not in said]
                continue
            for path in paths:
                if not any(_leads(left.path, path) or _leads(path, left.path) for left in said):
                    source = target.resource.spec.source
                    self.left.append(Left(source, place[1], path, "it is not written as it stands in the org"))

    def _differ(self, resource: Desired, live: Body) -> list[str]:
        payload, _ = carry(resource.kind, self._resolved(resource, resource.payload), live)
        paths = [change.path for change in differences(resource.kind, payload, live)]
        held = owner(resource.kind, live)
        return [*paths, *(["protect"] if held is not None and held.protected != resource.spec.protect else [])]

    def _resolved(self, resource: Desired, body: Body) -> Body:
        def found(reference: Reference) -> str | None:
            return self.live.ids.get((resource.org, reference.target))

        return resolve(resource.kind, body, found, lambda kind, which: self.url(resource.org, kind, which))

    def _refers(self, resource: Desired, text: str) -> str:
        """What the org has for `${KIND:KEY}`, itself where it is no reference to what is there."""
        kind, _, target = text.removeprefix("${").partition(":")
        full = text if "/" in target else f"${{{kind}:{resource.address.product}/{target}"
        found = str(self._resolved(resource, {"": full})[""])
        return text if found == full else found

    def _leave(self, resource: Desired, source: Location, path: NodePath, why: str) -> None:
        self.left.append(Left(source, resource.address, dotted(path), why))

    def _leave_all(self, edit: Placed, why: str) -> None:
        for place in edit.places:
            self._leave(self.targets[place].resource, edit.source, edit.path, why)


def _documents(placed: Sequence[Placed]) -> dict[str, Document] | None:
    """The edited files by path, None where one cannot be made."""
    of_file: dict[str, list[Placed]] = {}
    for one in placed:
        of_file.setdefault(one.document.path, []).append(one)
    documents: dict[str, Document] = {}
    for path, mine in of_file.items():
        found: Document | None = mine[0].document
        wanted: list[Edit] = [one.edit for one in mine]
        for edit in last_first(wanted):
            found = edited(found, edit) if found is not None else None
        if found is None:
            return None
        documents[path] = found
    return documents


def _why(change: Change, resource: Desired | None) -> str:
    if change.action is Action.DELETE:
        return "the org holds it and no spec asks for it; write one (ddops import), or let an apply delete it"
    if change.action is Action.ADOPT:
        return "it is not taken over yet; an apply does that"
    if change.notes and resource is not None and resource.kind.replaced_by:
        return f"the org holds it otherwise, and {change.notes[0]}"
    return "it is not in the org; take its spec out if that is meant, or let an apply create it"


def _leads(path: str, to: str) -> bool:
    return not path or to == path or to.startswith((f"{path}.", f"{path}["))
