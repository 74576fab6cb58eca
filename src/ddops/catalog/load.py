"""The whole workspace: `ddops.yaml`, products, presets and the resources of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ddops.catalog import config, inputs
from ddops.catalog.config import Config
from ddops.catalog.envelope import Preset
from ddops.catalog.expand import Expansion, Source
from ddops.catalog.explain import explain
from ddops.catalog.nearest import unknown
from ddops.catalog.products import check_product
from ddops.catalog.reader import Document, read
from ddops.errors import Problem, SpecError
from ddops.kinds.contract import Kind, Spec, kinds
from ddops.location import Location
from ddops.product import Product

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What the YAML says. `specs` stand in the order of their addresses."""

    config: Config
    products: Mapping[str, Product]
    specs: tuple[Spec, ...]


def load(root: Path) -> Catalog:
    """Reads the workspace at `root`. Raises SpecError with every problem of every file."""
    return _Loader(root, kinds()).catalog()


@dataclass(slots=True)
class _Loader:
    root: Path
    kinds: Mapping[str, Kind]
    problems: list[Problem] = field(default_factory=list)

    def catalog(self) -> Catalog:
        settings = self._config()
        products = self._products(settings)
        sections = {name: check_product(self.root, *found, self.problems) for name, found in products.items()}
        expansion = Expansion(settings, self._presets(), self.kinds, sections, self.problems)
        specs: list[Spec] = []
        for source in self._sources({name: product for name, (product, _) in products.items()}):
            specs += expansion.specs(source)
        self._unique(specs)
        if self.problems:
            raise SpecError(self.problems)
        return Catalog(
            config=settings,
            products={name: product for name, (product, _) in sorted(products.items())},
            specs=tuple(sorted(specs, key=lambda spec: (spec.address, spec.org))),
        )

    def _config(self) -> Config:
        path = self.root / config.FILE
        if not path.exists():
            raise SpecError(
                [Problem(Location(config.FILE), "there is no such file; a workspace begins with it (docs/specs.md)")]
            )
        document = read(self.root, path)
        found = self._model(Config, document)
        if found is None:
            raise SpecError(self.problems)
        return found

    def _products(self, settings: Config) -> dict[str, tuple[Product, Document]]:
        products: dict[str, tuple[Product, Document]] = {}
        for document in self._documents(inputs.PRODUCTS):
            product = self._model(Product, document)
            if product is None:
                continue
            if product.product in products:
                other = products[product.product][1].path
                self._wrong(document, ("product",), f"the product '{product.product}' stands in {other} already")
                continue
            for org in product.orgs:
                if org not in settings.orgs:
                    self._wrong(document, ("org",), unknown("org", org, settings.orgs))
            products[product.product] = (product, document)
        return products

    def _presets(self) -> dict[str, tuple[Preset, Document]]:
        presets: dict[str, tuple[Preset, Document]] = {}
        for document in self._documents(inputs.PRESETS):
            preset = self._model(Preset, document)
            if preset is None:
                continue
            if preset.preset in presets:
                self._wrong(
                    document,
                    ("preset",),
                    f"the preset '{preset.preset}' stands in {presets[preset.preset][1].path} already",
                )
            if preset.kind not in self.kinds:
                self._wrong(document, ("kind",), unknown("kind", preset.kind, self.kinds))
            presets[preset.preset] = (preset, document)
        return presets

    def _sources(self, products: Mapping[str, Product]) -> Iterator[Source]:
        for kind in self.kinds.values():
            for document in self._documents(kind.collection):
                yield from self._in_document(kind, document, products)

    def _in_document(self, kind: Kind, document: Document, products: Mapping[str, Product]) -> Iterator[Source]:
        data = document.data
        if not isinstance(data, dict):
            self._wrong(document, (), f"a file of {kind.collection} begins with `product:`")
            return
        name = data.get("product")
        if "product" not in data:
            self._wrong(document, (), "the field 'product' is missing")
            return
        if not isinstance(name, str) or name not in products:
            self._wrong(document, ("product",), unknown("product", str(name), products))
            return
        if kind.collection not in data:
            item = {"key": Path(document.path).stem, **{key: value for key, value in data.items() if key != "product"}}
            yield Source(kind=kind, product=products[name], document=document, base=(), item=item)
            return
        for word in data:
            if word not in ("product", kind.collection):
                self._wrong(document, (word,), unknown("field", word, ["product", kind.collection]), key=True)
        items = data[kind.collection]
        if not isinstance(items, list):
            self._wrong(document, (kind.collection,), f"{kind.collection}: should be a list")
            return
        for index, item in enumerate(items):
            if isinstance(item, dict):
                yield Source(
                    kind=kind, product=products[name], document=document, base=(kind.collection, index), item=item
                )
            else:
                self._wrong(document, (kind.collection, index), f"should be a mapping with the fields of a {kind.name}")

    def _documents(self, folder: str) -> Iterator[Document]:
        top = self.root / folder
        if not top.exists():
            return
        if not top.is_dir():
            self.problems.append(Problem(Location(folder), "this is a file; a directory should be here"))
            return
        for path in inputs.files(top):
            try:
                document = read(self.root, path)
            except SpecError as error:
                self.problems += error.problems
            else:
                yield document

    def _model(self, model: type[M], document: Document) -> M | None:
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            self.problems += explain(error, model, document.data, lambda path, key: document.locate(path, key=key))
            return None

    def _wrong(self, document: Document, path: tuple[str | int, ...], message: str, *, key: bool = False) -> None:
        self.problems.append(Problem(document.locate(path, key=key), message))

    def _unique(self, specs: list[Spec]) -> None:
        seen: dict[tuple[str, str], Spec] = {}
        for spec in specs:
            first = seen.setdefault((str(spec.address), spec.org), spec)
            if first is not spec:
                where = f"{first.source.path}:{first.source.line}"
                self.problems.append(Problem(spec.source, f"the address {spec.address} is taken by {where} already"))
