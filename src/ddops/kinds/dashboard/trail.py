"""What a short form becomes, and where each part of it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ddops.kinds.contract import Fault
from ddops.location import NodePath


@dataclass(slots=True)
class Trail:
    """`faults` are what is wrong in what was written."""

    faults: list[Fault] = field(default_factory=list)
    _moved: dict[NodePath, tuple[NodePath, bool]] = field(default_factory=dict)

    def moved(self, path: NodePath, source: NodePath) -> None:
        """What is at `path` stood at `source` as it is, with all that is below it."""
        self._moved[path] = source, True

    def made(self, path: NodePath, source: NodePath) -> None:
        """What is at `path`, and all below it that is not moved, was made from what stands at `source`."""
        self._moved[path] = source, False

    def wrong(self, source: NodePath, message: str) -> None:
        self.faults.append(Fault(path=source, message=message))

    def unknown(self, source: NodePath, what: str, known: Iterable[str]) -> None:
        """The word at the end of `source` is none that is known there."""
        self.faults.append(Fault(path=source, message=what, known=sorted(set(known))))

    def origin(self, path: NodePath) -> NodePath:
        """Where the value at `path` was written."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._moved:
                source, as_it_is = self._moved[path[:length]]
                return (*source, *path[length:]) if as_it_is else source
        return path
