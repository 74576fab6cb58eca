"""Laying one body over another, and finding where a value of the result came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ddops.catalog.ignores import Ignore
from ddops.catalog.reader import Document
from ddops.location import Location, NodePath

_WHOLE = re.compile(r"\$\{\s*([^${}:]+?)\s*\}")
"""A text that is one variable and nothing else."""

Origin = Callable[[str], "Layer | None"]
"""The place that a variable's value stands at, by the variable's name; None where no file says it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a document, at `base`, and where the variables in it come from."""

    document: Document
    base: NodePath = ()
    origin: Origin = lambda name: None

    def locate(self, path: NodePath = (), key: bool = False) -> Location:
        document, node = self.node(path, key)
        return document.locate(node, key=key)

    def node(self, path: NodePath = (), key: bool = False) -> tuple[Document, NodePath]:
        """The document that the value at `path` stands in, and its path there (or where it would stand)."""
        depth, value = self._reach(path)
        # With `key`, the last step's key is asked for: it stands here, unless the variable gave the mapping around it.
        if isinstance(value, str) and (depth < len(path) or not key) and (name := _WHOLE.fullmatch(value)):
            source = self.origin(name[1])
            if source is not None:
                return source.node(path[depth:], key)
        return self.document, (*self.base, *path)

    def depth_of(self, path: NodePath) -> int:
        """How many steps of `path` exist here."""
        return self._reach(path)[0]

    def _reach(self, path: NodePath) -> tuple[int, Any]:
        depth, node = self.document.reach((*self.base, *path))
        return depth - len(self.base), node


def overlay(below: Any, above: Any) -> Any:
    """`above` over `below`: mappings are merged at every depth, anything else is replaced."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    merged = dict(below)
    for key, value in above.items():
        merged[key] = overlay(below[key], value) if key in below else value
    return merged


def locate(layers: Sequence[Layer], path: NodePath, key: bool = False) -> Location:
    """The place of the value at `path` of all `layers` laid over each other, the last on top."""
    return topmost(layers, path).locate(path, key)


def topmost(layers: Sequence[Layer], path: NodePath) -> Layer:
    """The topmost layer that has the value at `path`, or that has the most of the way to it."""
    return max(reversed(layers), key=lambda layer: layer.depth_of(path))


@dataclass(slots=True)
class Made:
    """What a body is made of: layers over each other, the last on top, and where in them stands what the body has at a
    path after its short forms were written out. `ignores` are the rules that need not hold for it."""

    layers: list[Layer] = field(default_factory=list)
    origin: Callable[[NodePath], NodePath] = lambda path: path
    ignores: tuple[Ignore, ...] = ()

    def locate(self, path: NodePath, key: bool = False) -> Location:
        """The place of the value at `path` of the body, or of the key that leads to it."""
        return locate(self.layers, self.origin(path), key)

    def holds(self, path: NodePath) -> bool:
        """Whether a layer has anything of the way to `path`."""
        written = self.origin(path)
        return any(layer.depth_of(written) for layer in self.layers)

    def node(self, path: NodePath, key: bool = False) -> tuple[Document, NodePath]:
        """The document and the path in it of the same."""
        written = self.origin(path)
        return topmost(self.layers, written).node(written, key)
