"""A place in a file of the workspace."""

from __future__ import annotations

from dataclasses import dataclass

NodePath = tuple[str | int, ...]
"""The way from a document's root to a node: mapping keys and list positions."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """`path` is relative to the workspace's root, with forward slashes; `line` and `column` count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


def dotted(path: NodePath) -> str:
    """The path as people write it: `options.thresholds.critical`, `widgets[2].definition`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
