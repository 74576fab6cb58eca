"""Where in the files an edit of a spec's body is made: at the value that counts, in the resource or the override that
says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ddops.catalog.contract import Catalog
from ddops.catalog.layers import Layer, Made, topmost
from ddops.catalog.reader import Document
from ddops.drift.edit import Add, Drop, Edit, Put, at
from ddops.kinds.contract import Json, Spec
from ddops.location import Location, NodePath
from ddops.plan.live import Place
from ddops.reference import ESCAPED, holds_any

LAYOUT = "layout"
"""What the automatic layout gives a widget, where none says one itself."""

_REFERENCE = re.compile(r"(?<!\$)\$\{[^{}]*\}")

Refers = Callable[[str], str]
"""The text of the org for a text of the file: with the ids and pages of the resources that it names."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An edit of a file, made for the resources at `places`; `path` is the place in the body that it is about."""

    document: Document
    edit: Edit
    path: NodePath
    places: frozenset[Place]

    @property
    def key(self) -> tuple[str, str]:
        """The same for two resources that ask for the same."""
        return self.document.path, repr(self.edit)

    @property
    def source(self) -> Location:
        return self.document.locate(self.edit.path)


@dataclass(frozen=True, slots=True)
class Refused:
    """An edit that cannot be made in the files, and why; `source` is the place that says otherwise."""

    source: Location
    path: NodePath
    why: str


@dataclass(frozen=True, slots=True)
class Files:
    """What the resources are made of. `refers` turns the references of a text into what the org has for them."""

    catalog: Catalog
    specs: Mapping[Place, Spec]

    def placed(self, place: Place, edit: Edit, refers: Refers) -> Placed | Refused:
        """The edit in the file."""
        spec, made = self.specs[place], self.catalog.made.get(place)
        if made is None:
            return Refused(spec.source, edit.path, "it is made of what the product's own file says")
        written = made.origin(edit.path)
        home = next(layer for layer in made.layers if layer.locate() == spec.source)
        having = [layer for layer in made.layers if layer.depth_of(written) == len(written)]
        # What stands nowhere yet belongs to the resource itself, unless what is around it stands in an override.
        layer = having[-1] if having else _around(made, home, written)
        path = (*layer.base, *written)
        source = layer.locate(written)
        if layer.document.path != home.document.path or layer.base[: len(home.base)] != home.base:
            return Refused(source, edit.path, f"it comes from the preset in {layer.document.path}")
        if isinstance(edit, Drop) and len(having) > 1:
            return Refused(source, edit.path, f"{having[-2].locate(written)} says it as well, and would come forth")
        if having:
            wrong = _is_as_it_stands(spec, edit, layer.document.data, path)
            if wrong is not None:
                return Refused(source, edit.path, wrong)
            if isinstance(edit, Put):
                put = _with_references(edit, at(layer.document.data, path)[1], refers)
                if put is None:
                    return Refused(source, edit.path, "it is made of a variable")
                edit = put
        return Placed(layer.document, _at(edit, path, layer.document.data), edit.path, frozenset({place}))

    def sharing(self, placed: Placed) -> Iterator[Place]:
        """The resources for which the place of an edit counts as well."""
        for place, made in self.catalog.made.items():
            if place in placed.places or not any(_holds(layer, placed) for layer in made.layers):
                continue
            written = made.origin(placed.path)
            top = topmost(made.layers, written)
            is_there = top.document.path == placed.document.path and (*top.base, *written) == placed.edit.path
            if is_there or top.depth_of(written) < len(written):
                yield place


def _around(made: Made, home: Layer, written: NodePath) -> Layer:
    """The topmost layer that has the list or the mapping around something new, if that is a list; else the resource."""
    if not written or not any(isinstance(step, int) for step in written):
        return home
    return topmost(made.layers, written)


def _holds(layer: Layer, placed: Placed) -> bool:
    return layer.document.path == placed.document.path and placed.edit.path[: len(layer.base)] == layer.base


def _is_as_it_stands(spec: Spec, edit: Edit, data: Json, path: NodePath) -> str | None:
    """Why a place of the file does not say by itself what the body has there, if it does not."""
    _, raw = at(data, path)
    found, value = at(spec.body, edit.path)
    if not found:
        return "it is made of something else"
    if isinstance(edit, Add):
        return None if isinstance(raw, list) and len(raw) == len(value) else "the list stands there in another form"
    if raw == value or isinstance(edit, Drop):
        return None
    if isinstance(raw, str) and holds_any(raw):
        return None  # that depends on what is in it
    return "it is made of a variable" if holds_any(raw) else "it stands there in a short form"


def _with_references(edit: Put, raw: Json, refers: Refers) -> Put | None:
    """The edit with the references of the text that stands there, where the org's text has their ids and pages in it as
    well; None for a text that is made of variables."""
    value = edit.value
    if not isinstance(raw, str) or not holds_any(raw):
        return edit
    names = [*_references(raw)]
    if raw.strip() in names or not isinstance(value, str) or any(refers(name) == name for name in names):
        return None
    value = str(_escaped(value))
    for name in names:
        if refers(name) not in value:
            return None
        value = value.replace(refers(name), name)
    return replace(edit, value=_Written(value))


class _Written(str):
    """A text in which `${` is ours."""


def _references(raw: str) -> Iterator[str]:
    """The `${…}` of a text, each once, the longest first."""
    yield from sorted(set(_REFERENCE.findall(raw)), key=len, reverse=True)


def _at(edit: Edit, path: NodePath, data: Json) -> Edit:
    if isinstance(edit, Drop):
        return Drop(path)
    value = _escaped(edit.value)
    if isinstance(edit, Put):
        return Put(path, value)
    items = at(data, path)[1]
    laid_out = isinstance(items, list) and any(isinstance(item, dict) and LAYOUT in item for item in items)
    if isinstance(value, dict) and isinstance(items, list) and items and not laid_out:
        value = {key: child for key, child in value.items() if key != LAYOUT}
    return Add(path, edit.index, value)


def _escaped(value: Json) -> Json:
    """The value as a file says it: a plain `${` as `$${`."""
    if isinstance(value, _Written):
        return str(value)
    if isinstance(value, str):
        return value.replace(ESCAPED, "${").replace("${", "$${")
    if isinstance(value, list):
        return [_escaped(child) for child in value]
    if isinstance(value, dict):
        return {key: _escaped(child) for key, child in value.items()}
    return value
