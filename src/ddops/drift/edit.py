"""One change of a JSON value: of a spec's body, or of what a YAML file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ddops.kinds.contract import Json
from ddops.location import NodePath


@dataclass(frozen=True, slots=True)
class Put:
    """`value` stands at `path` instead of what stood there, if anything did."""

    path: NodePath
    value: Json


@dataclass(frozen=True, slots=True)
class Drop:
    """Nothing stands at `path` any more: a key, or an item of a list."""

    path: NodePath


@dataclass(frozen=True, slots=True)
class Add:
    """`value` stands in the list at `path` in front of the item that was at `index`; behind all where none was."""

    path: NodePath
    index: int
    value: Json


Edit = Put | Drop | Add


def at(value: Json, path: NodePath) -> tuple[bool, Json]:
    """Whether anything stands at `path`, and what."""
    for step in path:
        is_item = isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
        if not is_item and not (isinstance(value, dict) and step in value):
            return False, None
        value = value[step]
    return True, value


def done(value: Json, edit: Edit) -> Json:
    """The value after an edit; mappings on the way to it are made. The value itself is left as it is."""
    return _done(value, edit.path, edit)


def _done(value: Json, path: NodePath, edit: Edit) -> Json:
    if isinstance(edit, Add) and not path:
        items = list(value or ())
        return [*items[: edit.index], edit.value, *items[edit.index :]]
    if not path:
        return edit.value if isinstance(edit, Put) else None
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        if isinstance(edit, Drop) and not rest:
            return [child for index, child in enumerate(value) if index != step]
        return [_done(child, rest, edit) if index == step else child for index, child in enumerate(value)]
    value = value if isinstance(value, Mapping) else {}
    if isinstance(edit, Drop) and not rest:
        return {key: child for key, child in value.items() if key != step}
    return {**value, step: _done(value.get(step), rest, edit)}


def last_first(edits: Iterable[Edit]) -> list[Edit]:
    """The edits, all of which speak of one value as it is, in an order in which each finds what it speaks of: in lists
    from the end, and what lies below an item before the item itself."""
    backwards = [*edits][::-1]  # of what is added in one place the last is put there first
    return sorted(backwards, key=_rank)


def _rank(edit: Edit) -> list[Any]:
    path = (*edit.path, edit.index) if isinstance(edit, Add) else edit.path
    steps = [(0, -step, "") if isinstance(step, int) else (1, 0, step) for step in path]
    return [*steps, (2, int(isinstance(edit, Add)), "")]
