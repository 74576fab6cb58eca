"""What an import has to know of the workspace that it writes into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ddops.address import NAME, Address
from ddops.catalog.contract import Catalog
from ddops.catalog.expand import Expansion, Source
from ddops.catalog.reader import parse
from ddops.errors import Problem
from ddops.importing.found import Found, NotImported
from ddops.importing.key import free, slug
from ddops.importing.refer import Object
from ddops.importing.tagged import has, place_of_tags
from ddops.kinds.contract import Body, Kind, Spec, kinds, owner
from ddops.product import Product, sections


@dataclass(frozen=True)
class Workspace:
    """The workspace at `root`, for objects of one org; `says_org`: their specs name it where their product goes to
    others as well."""

    root: Path
    catalog: Catalog
    org: str
    says_org: bool = True

    @cached_property
    def adopted(self) -> Mapping[Object, Spec]:
        """The specs that take over an object, by what they take over."""
        specs = self.catalog.specs
        return {
            (spec.address.kind, str(spec.adopt)): spec
            for spec in specs
            if spec.adopt is not None and spec.org == self.org
        }

    @cached_property
    def specs(self) -> Mapping[Address, Spec]:
        return {spec.address: spec for spec in self.catalog.specs if spec.org == self.org}

    def holder(self, kind: Kind, body: Body) -> Address | None:
        """The resource of this workspace whose object this is, by its marker or by a spec that takes it over."""
        held = owner(kind, body)
        if held is not None and held.marker.workspace == self.catalog.config.workspace:
            address = held.marker.address(kind.name)
            if address in self.specs:
                return address
        adopting = self.adopted.get((kind.name, str(body.get("id"))))
        return None if adopting is None else adopting.address

    def product(self, found: Found) -> Product:
        """The product that an object belongs to: the one that its marker names, or the only one whose tags it has.
        Raises NotImported."""
        products = self.catalog.products
        held = owner(found.kind, found.body)
        if held is not None and held.marker.product in products:
            return products[held.marker.product]
        if len(products) == 1:
            return next(iter(products.values()))
        tagged = [] if place_of_tags(found.kind) is None else [*self._tagged(found)]
        if len(tagged) != 1:
            raise NotImported("its tags do not say which product it belongs to; say so with --product")
        return tagged[0]

    def _tagged(self, found: Found) -> Iterator[Product]:
        teams = [
            product
            for product in self.catalog.products.values()
            if has(found.kind, found.body, [f"team:{product.team}"])
        ]
        exact = [
            product
            for product in teams
            if has(found.kind, found.body, [f"{key}:{value}".lower() for key, value in product.tags.items()])
        ]
        yield from exact if len(teams) > 1 else teams

    def sections(self, product: Product) -> frozenset[str]:
        """The sections of a product's runbook."""
        runbook = product.runbook
        if runbook is None or runbook.file is None:
            return frozenset(runbook.sections or () if runbook is not None else ())
        return frozenset(sections((self.root / runbook.file).read_text("utf-8")))

    def key(self, found: Found, product: Product, taken: set[Address]) -> str:
        """A key for the object that no resource of its product has."""
        used = {address.key for address in (*self._everywhere, *taken) if _like(address, product, found.kind)}
        held = owner(found.kind, found.body)
        marked = held.marker.key if held is not None and held.marker.product == product.product else ""
        name = marked if NAME.fullmatch(marked) else slug(found.title)
        return free(name or slug(found.id or "") or found.kind.name.replace("_", "-"), used)

    def has_key(self, product: Product, kind: Kind, key: str) -> bool:
        """Whether a resource has the key, whatever its `for_each` values are."""
        return any(
            _like(address, product, kind) and address.key.partition(".")[0] == key for address in self._everywhere
        )

    @cached_property
    def _everywhere(self) -> frozenset[Address]:
        return frozenset(
            Address(spec.address.product, spec.address.kind, spec.address.key.partition(".")[0])
            for spec in self.catalog.specs
        )

    def read(self, kind: Kind, product: Product, path: str, text: str) -> tuple[Spec | None, list[Problem]]:
        """The spec that the text of a file with one resource gives for the org, or what is wrong with it. Raises
        SpecError where it is no YAML."""
        document = parse(path, text)
        item = {"key": Path(path).stem, **{name: value for name, value in document.data.items() if name != "product"}}
        expansion = Expansion(self.catalog.config, {}, kinds(), {product.product: self.sections(product)})
        source = Source(kind=kind, product=product, document=document, base=(), item=item)
        spec = next((spec for spec in expansion.specs(source) if spec.org == self.org), None)
        return spec, expansion.problems


def _like(address: Address, product: Product, kind: Kind) -> bool:
    return (address.product, address.kind) == (product.product, kind.name)
