"""Objects to specs, all of an import together, as they can name each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ddops.address import NAME, Address
from ddops.catalog.expand import KEY_WORDS
from ddops.catalog.nearest import quoted
from ddops.errors import SpecError, UsageError
from ddops.importing import write
from ddops.importing.found import Draft, Failed, Found, NotImported
from ddops.importing.literal import literal
from ddops.importing.notes import notes
from ddops.importing.refer import Object, named, with_references
from ddops.importing.tidy import tidied
from ddops.importing.trial import Trial, faults
from ddops.importing.workspace import Workspace
from ddops.kinds.contract import UNLIKE, Body, Kind, owner
from ddops.product import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An object as a resource: `item` is what stands in a file, beside product and key. `notes` say what is not as one
    would expect, and what a plan would change."""

    found: Found
    address: Address
    kind: Kind
    item: Body
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Import:
    """`product` is None where each object says itself where it belongs. `replacing`: files that are there may be
    written over. `held_by(kind, id)` gives the resource whose object another one is, None where it is nobody's;
    `url` is the address of an object's page."""

    workspace: Workspace
    product: Product | None = None
    key: str | None = None
    replacing: bool = False
    held_by: Callable[[str, str], Address | None] = lambda kind, object_id: None
    url: Callable[[Kind, str], str] = lambda kind, object_id: ""
    failed: list[Failed] = field(default_factory=list)

    def run(self, objects: Sequence[Found]) -> list[Imported]:
        """The objects as resources; those that cannot be are in `failed`. Raises UsageError for a key that is none, and
        for several objects of one key."""
        if self.key is not None and (NAME.fullmatch(self.key) is None or len(objects) > 1):
            why = f"is for one object, and here are {len(objects)}" if len(objects) > 1 else f"is no key: {KEY_WORDS}"
            raise UsageError(f"--key: {quoted(self.key)} {why}")
        drafts: list[tuple[Trial, Draft]] = []
        names: set[Object] = set()
        for found in objects:
            with self._telling(found):
                trial = self._trial(found, {trial.address for trial, _ in drafts})
                draft = tidied(trial, literal(trial))
                names |= named(found.kind, draft.body).keys()
                drafts.append((trial, draft))
        return list(self._written(drafts, self._known(drafts, names)))

    @contextmanager
    def _telling(self, found: Found) -> Iterator[None]:
        """Within the block, what keeps an object from being imported is noted."""
        try:
            yield
        except NotImported as error:
            self.failed.append(Failed(found.origin, str(error)))
        except UNLIKE:
            if not (wrong := faults(found.kind, found.body)):
                raise
            why = "; ".join([*wrong.values()][:3])
            self.failed.append(Failed(found.origin, f"this is no {found.kind.name}: {why}"))

    def _written(self, drafts: Sequence[tuple[Trial, Draft]], known: Mapping[Object, Address]) -> Iterator[Imported]:
        ids = {address: object_id for (_, object_id), address in known.items()}
        bodies = {address: spec.body for address, spec in self.workspace.specs.items()}
        bodies |= {trial.address: draft.body for trial, draft in drafts}
        for trial, draft in drafts:
            trial = replace(trial, ids=ids, bodies=bodies)
            resource = None
            with self._telling(trial.found):
                resource = self._imported(trial, with_references(trial, draft, known))
            if resource is not None:
                yield resource

    def _trial(self, found: Found, taken: set[Address]) -> Trial:
        holder = self.workspace.holder(found.kind, found.body)
        if holder is not None and not self.replacing:
            raise NotImported(f"it is {holder} already ({self.workspace.specs[holder].source})")
        held = owner(found.kind, found.body)
        if held is not None and held.marker.workspace != self.workspace.catalog.config.workspace:
            address = held.marker.address(found.kind.name)
            raise NotImported(
                f"the workspace '{held.marker.workspace}' manages it as {address}; it has to let go first"
            )
        product = self.product or self.workspace.product(found)
        if holder is not None and holder.product == product.product and "." not in holder.key:
            key = holder.key
        else:
            key = self._key(found, product, taken)
        return Trial(
            found=found,
            address=Address(product.product, found.kind.name, key),
            org=self.workspace.org,
            product=product,
            setting=self.workspace.catalog.config.setting,
            sections=self.workspace.sections(product),
            url=self.url,
        )

    def _key(self, found: Found, product: Product, taken: set[Address]) -> str:
        if self.key is None:
            return self.workspace.key(found, product, taken)
        if self.workspace.has_key(product, found.kind, self.key) and not self.replacing:
            raise NotImported(f"{quoted(self.key)} is the key of a {found.kind.name} of '{product.product}' already")
        return self.key

    def _known(self, drafts: Sequence[tuple[Trial, Draft]], names: Set[Object]) -> Mapping[Object, Address]:
        """The addresses of objects: of those that come into git now, and of those among `names` that are there."""
        known = {(trial.kind.name, trial.found.id): trial.address for trial, _ in drafts if trial.found.id is not None}
        for found in sorted(names - known.keys()):
            adopting = self.workspace.adopted.get(found)
            address = adopting.address if adopting is not None else self.held_by(*found)
            if address is not None:
                known[found] = address
        return known

    def _imported(self, trial: Trial, draft: Draft) -> Imported:
        """The resource, read again from what would be written. Raises NotImported where that cannot be read."""
        item = write.resource(trial, draft, says_org=self.workspace.says_org)
        path = f"{trial.address.key}.yaml"
        try:
            text = write.one(trial.product.product, None, item)
            spec, problems = self.workspace.read(trial.kind, trial.product, path, text)
        except SpecError as error:
            spec, problems = None, [*error.problems]
        if spec is None:
            raise NotImported("; ".join(problem.message for problem in problems) or "it cannot be written as YAML")
        return Imported(
            found=trial.found,
            address=trial.address,
            kind=trial.kind,
            item=item,
            notes=tuple(notes(trial, draft, trial.changes(spec))),
        )
