"""The whole workspace: `ddops.yaml`, products, presets and the resources of every kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ddops.catalog import config, inputs
from ddops.catalog.config import Config, OrgConfig
from ddops.catalog.contract import Catalog
from ddops.catalog.derive import derived
from ddops.catalog.documents import read_all
from ddops.catalog.envelope import RESERVED, UNRESOLVED, Preset
from ddops.catalog.expand import Expansion, Source
from ddops.catalog.explain import explain, wrong_type
from ddops.catalog.ignores import read_ignores
from ddops.catalog.layers import Layer, Made
from ddops.catalog.nearest import unknown
from ddops.catalog.products import check_product
from ddops.catalog.reader import Document, read
from ddops.catalog.references import Gap, dangling
from ddops.errors import Problem, SpecError
from ddops.kinds.contract import Kind, Spec, kinds
from ddops.location import Location
from ddops.product import Product

M = TypeVar("M", bound=BaseModel)


def load(root: Path) -> Catalog:
    """Reads the workspace at `root`. Raises SpecError with every problem of every file."""
    found = load_what_is_right(root)
    if found.problems:
        raise SpecError(found.problems)
    return found.catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A workspace without what is wrong in it. `gaps` are where resources are missing for that."""

    catalog: Catalog
    problems: Sequence[Problem]
    gaps: Set[Gap]


def load_what_is_right(root: Path) -> Partial:
    """Reads the workspace at `root`, and leaves out what is wrong in it. Raises SpecError where `ddops.yaml` says
    nothing to go by."""
    loader = _Loader(root, kinds())
    return Partial(catalog=loader.catalog(), problems=loader.problems, gaps=loader.gaps)


@dataclass(slots=True)
class _Loader:
    root: Path
    kinds: Mapping[str, Kind]
    problems: list[Problem] = field(default_factory=list)
    unusable: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By folder, the names of files that could not be used, and of what they hold."""
    gaps: set[Gap] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)

    def catalog(self) -> Catalog:
        settings = self._config()
        products = self._products(settings)
        sections = {
            name: check_product(self.root, *found, settings.workspace, self.problems, self.files)
            for name, found in products.items()
        }
        made_products = {name: self._made(*found) for name, found in products.items()}
        expansion = Expansion(settings, self._presets(), self.kinds, sections, self.problems, gaps=self.gaps)
        specs = list(self._specs({name: product for name, (product, _) in products.items()}, expansion))
        specs += derived(products, tuple(specs), self.kinds.values(), settings.setting)
        self._unique(specs)
        self._adopted_once(specs, expansion)
        self._few_enough(specs)
        self.problems += dangling(specs, expansion.made, self.gaps)
        return Catalog(
            config=settings,
            products={name: product for name, (product, _) in sorted(products.items())},
            specs=tuple(sorted(specs, key=lambda spec: (spec.address, spec.org))),
            files=self.files,
            made=expansion.made,
            made_products=made_products,
        )

    def _config(self) -> Config:
        path = self.root / config.FILE
        if not path.exists():
            raise SpecError(
                [Problem(Location(config.FILE), "there is no such file; a workspace begins with it (docs/specs.md)")]
            )
        document = read(self.root, path)
        self.files[document.path] = document.digest
        found = self._model(Config, document)
        if found is None:
            orgs = document.data.get("orgs") if isinstance(document.data, dict) else None
            if not orgs or not isinstance(orgs, dict):
                raise SpecError(self.problems)
            # Enough to find what is wrong in the other files as well.
            return Config.model_construct(workspace="", orgs={name: OrgConfig(name=name) for name in orgs})
        return found

    def _products(self, settings: Config) -> dict[str, tuple[Product, Document]]:
        products: dict[str, tuple[Product, Document]] = {}
        for document in self._documents(inputs.PRODUCTS):
            product = self._model(Product, document)
            if product is None:
                self._unusable(document, inputs.PRODUCTS, "product")
                continue
            if product.product in products:
                other = products[product.product][1].path
                self._wrong(document, ("product",), f"the product '{product.product}' stands in {other} already")
                continue
            for index, org in enumerate(product.orgs):
                if org not in settings.orgs:
                    place = ("org",) if isinstance(product.org, str) else ("org", index)
                    self._wrong(document, place, unknown("org", org, settings.orgs))
            products[product.product] = (product, document)
        return products

    def _made(self, product: Product, document: Document) -> Made:
        made = Made([Layer(document)])
        made.ignores = read_ignores(product.ignore, made.locate, lambda path, why: self._wrong(document, path, why))
        return made

    def _presets(self) -> dict[str, tuple[Preset, Document] | None]:
        presets: dict[str, tuple[Preset, Document]] = {}
        for document in self._documents(inputs.PRESETS):
            preset = self._model(Preset, document)
            before = len(self.problems)
            if preset is not None and preset.preset in presets:
                where = presets[preset.preset][1].path
                self._wrong(document, ("preset",), f"the preset '{preset.preset}' stands in {where} already")
            elif preset is not None:
                self._preset_words(preset, document)
            if preset is None or len(self.problems) > before:
                self._unusable(document, inputs.PRESETS, "preset")
            else:
                presets[preset.preset] = (preset, document)
        return {**dict.fromkeys(self.unusable[inputs.PRESETS]), **presets}

    def _preset_words(self, preset: Preset, document: Document) -> None:
        if preset.kind not in self.kinds:
            self._wrong(document, ("kind",), unknown("kind", preset.kind, self.kinds))
        for word in UNRESOLVED & preset.body.keys():
            self._wrong(document, ("body", word), f"a preset cannot set `{word}`", key=True)
        for name in RESERVED & preset.parameters.keys():
            message = f"${{{name}}} has a meaning already; take another name"
            self._wrong(document, ("parameters", name), message, key=True)

    def _specs(self, products: Mapping[str, Product], expansion: Expansion) -> Iterator[Spec]:
        for kind in self.kinds.values():
            for document in self._documents(kind.collection):
                before = len(self.problems)
                sources = list(self._in_document(kind, document, products))
                if len(self.problems) > before:
                    self.gaps.add((None, kind.name))
                for source in sources:
                    yield from expansion.specs(source)
            if self.unusable[kind.collection]:
                self.gaps.add((None, kind.name))

    def _in_document(self, kind: Kind, document: Document, products: Mapping[str, Product]) -> Iterator[Source]:
        data = document.data
        if not isinstance(data, dict):
            what = "this file is empty; it" if data is None else f"a file of {kind.collection}"
            self._wrong(document, (), f"{what} begins with `product:`")
            return
        name = data.get("product")
        if "product" not in data:
            self._wrong(document, (), "the field 'product' is missing")
            return
        if not isinstance(name, str):
            self._wrong(document, ("product",), f"product: {wrong_type('text', name)}")
            return
        if name not in products:
            self.gaps.add((name, kind.name))
            # Where the whole folder cannot be read, its name is "".
            if not {name, ""} & self.unusable[inputs.PRODUCTS]:
                self._wrong(document, ("product",), unknown("product", name, products))
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
            self._wrong(document, (kind.collection,), f"{kind.collection}: {wrong_type('a list', items)}")
            return
        for index, item in enumerate(items):
            if isinstance(item, dict):
                yield Source(
                    kind=kind, product=products[name], document=document, base=(kind.collection, index), item=item
                )
            else:
                message = wrong_type(f"a mapping with the fields of a {kind.name}", item)
                self._wrong(document, (kind.collection, index), message)

    def _documents(self, folder: str) -> Iterator[Document]:
        top = self.root / folder
        if not top.exists():
            return
        if not top.is_dir():
            self.problems.append(Problem(Location(folder), "this is a file; a directory should be here"))
            self.unusable[folder].add("")
            return
        try:
            paths = inputs.files(top)
        except OSError as error:
            where = Path(error.filename or top).relative_to(self.root).as_posix()
            self.problems.append(Problem(Location(where), f"cannot be read: {error.strerror}"))
            self.unusable[folder].add("")
            return
        for path, found in zip(paths, read_all(self.root, paths), strict=True):
            if isinstance(found, Document):
                self.files[found.path] = found.digest
                yield found
            else:
                self.problems += found
                self.unusable[folder].add(path.stem)

    def _unusable(self, document: Document, folder: str, word: str) -> None:
        """Keeps the name of what stands in a file with problems: who uses it is not told that there is none."""
        name = document.reach((word,))[1]
        self.unusable[folder] |= {Path(document.path).stem, *([name] if isinstance(name, str) else [])}

    def _model(self, model: type[M], document: Document) -> M | None:
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            if document.data is None:
                self._wrong(document, (), "this file is empty")
                return None
            self.problems += explain(error, model, document.data, lambda path, key: document.locate(path, key=key))
            return None

    def _wrong(self, document: Document, path: tuple[str | int, ...], message: str, *, key: bool = False) -> None:
        self.problems.append(Problem(document.locate(path, key=key), message))

    def _unique(self, specs: list[Spec]) -> None:
        seen: dict[tuple[str, str], Spec] = {}
        for spec in specs:
            first = seen.setdefault((str(spec.address), spec.org), spec)
            if first is not spec:
                message = f"the address {spec.address} is taken by {first.source} already"
                self.problems.append(Problem(spec.source, message))

    def _few_enough(self, specs: Iterable[Spec]) -> None:
        """Says where an org would get more objects of a kind than it can hold."""
        for kind in self.kinds.values():
            counts = Counter[str]()
            for spec in specs:
                if kind.most is not None and spec.address.kind == kind.name:
                    counts[spec.org] += 1
                    if counts[spec.org] == kind.most + 1:
                        message = (
                            f"an org has at most {kind.most} {kind.collection}, and this is one more for '{spec.org}'"
                        )
                        self.problems.append(Problem(spec.source, message))

    def _adopted_once(self, specs: list[Spec], expansion: Expansion) -> None:
        seen: dict[tuple[str, str, str], Spec] = {}
        for spec in specs:
            if spec.adopt is None:
                continue
            kind = spec.address.kind
            first = seen.setdefault((spec.org, kind, str(spec.adopt)), spec)
            if first is not spec:
                place = expansion.made[spec.org, spec.address].locate(("adopt",))
                message = f"adopt: {first.address} takes over the {kind} {spec.adopt} of '{spec.org}' already"
                self.problems.append(Problem(place, message))
