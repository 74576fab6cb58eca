"""From the fixes that rules offer to changed files, where it is certain what they change."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

from ddops.catalog.envelope import UNRESOLVED
from ddops.catalog.reader import Document
from ddops.lint.collected import Collected
from ddops.lint.edit import edited, value_at
from ddops.lint.finding import Fix, Insert, Place, Remove
from ddops.location import NodePath


@dataclass(frozen=True, slots=True)
class Mended:
    """`documents` are those that change, by their paths, as they should be; `count` is how many changes they have."""

    documents: Mapping[str, Document]
    count: int


def mend(collected: Collected, chosen: Callable[[Place], bool] = lambda place: True) -> Mended:
    """Makes the fixes that rules offered for the chosen places. One is left out where the value that it is about does
    not stand in a file as it is, where it is shared with a resource that nothing is wrong with, or where the text
    cannot be changed without changing more."""
    wanted: dict[tuple[str, Fix], tuple[Document, set[Place]]] = {}
    for _, place, fix in collected.fixes:
        target = _target(collected, place, fix) if chosen(place) else None
        if target is not None:
            document, there = target
            wanted.setdefault((document.path, there), (document, set()))[1].add(place)
    documents: dict[str, Document] = {}
    count = 0
    for (path, fix), (document, places) in sorted(wanted.items(), key=_last_first):
        if _is_shared(collected, document, fix.path, places):
            continue
        after = edited(documents.get(path, document), fix)
        if after is not None:
            documents[path] = after
            count += 1
    return Mended(documents, count)


def _last_first(item: tuple[tuple[str, Fix], tuple[Document, set[Place]]]) -> tuple[str, list[tuple[int, str]], str]:
    """Items of a list are removed from its end, so that the paths of those before them still hold."""
    (path, fix), _ = item
    return path, [(-step, "") if isinstance(step, int) else (0, step) for step in fix.path], type(fix).__name__


def _target(collected: Collected, place: Place, fix: Fix) -> tuple[Document, Fix] | None:
    """The document that a fix changes, and the fix with its path there."""
    made = collected.made(place)
    if made is None:
        return None
    if place.address is None:
        return made.layers[0].document, fix
    written = made.origin(fix.path)
    if isinstance(fix, Insert):
        # Of the layers a preset is shared, and an override is for some; the resource itself stands where it begins.
        layer = next(layer for layer in made.layers if layer.locate() == place.begin)
    else:
        having = [layer for layer in made.layers if layer.depth_of(written) == len(written)]
        # What stands below would come forth where the topmost is taken away.
        if not having or (isinstance(fix, Remove) and len(having) > 1):
            return None
        layer = having[-1]
    path = (*layer.base, *written)
    if not isinstance(fix, Insert):
        body = collected.specs[place.org, place.address].body
        if value_at(body, fix.path) != value_at(layer.document.data, path):  # a variable, or a short form
            return None
    return layer.document, replace(fix, path=path)


def _is_shared(collected: Collected, document: Document, path: NodePath, places: Container[Place]) -> bool:
    """Whether a resource that does not want a fix at `path` is made of the same part of the document."""
    return any(
        layer.document.path == document.path and _is_of(layer.base, path)
        for place, made in collected.resources()
        if place not in places
        for layer in made.layers
    )


def _is_of(base: NodePath, path: NodePath) -> bool:
    """Whether a layer at `base` has what stands at `path`: an override in it is a layer of its own."""
    return base == path[: len(base)] and not UNRESOLVED & {*path[len(base) : len(base) + 1]}
