"""What all nodes of syntax trees have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

Span = tuple[int, int]
"""Start and end of a text, as offsets: `query[start:end]`."""

NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of their texts."""
        pending: list[Node] = [self]
        while pending:
            node = pending.pop()
            yield node
            below: list[Node] = []
            for name in _fields(type(node)):  # type: ignore[arg-type] # a class is hashable
                value = getattr(node, name)
                if isinstance(value, Node):
                    below.append(value)
                elif isinstance(value, tuple):
                    below.extend(item for item in value if isinstance(item, Node))
            pending.extend(reversed(below))


_PLAIN = frozenset({"str", "str | None", "int", "bool", "tuple[str, ...]", "Span"})
"""The types of fields that hold no nodes, as they are written."""


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a sort of node that can hold others."""
    return tuple(one.name for one in fields(kind) if one.type not in _PLAIN)
