"""Reading and changing one place of a JSON value."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.kinds.contract import Json
from ddops.location import NodePath


def at(value: Json, path: NodePath) -> Json:
    """What stands at a path, None where there is nothing."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def put(value: Json, path: NodePath, new: Json) -> Json:
    """The value with something else at a path; objects on the way to it are made."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        return [put(child, rest, new) if index == step else child for index, child in enumerate(value)]
    value = value or {}
    return {**value, step: put(value.get(step), rest, new)}


def drop(value: Json, path: NodePath) -> Json:
    """The value without what stands at a path."""
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {key: drop(child, rest) if key == step else child for key, child in value.items() if rest or key != step}
    if isinstance(value, list):
        items = enumerate(value)
        return [
            drop(child, rest) if rest and index == step else child for index, child in items if rest or index != step
        ]
    return value


def scalars(value: Json, path: NodePath = ()) -> Iterator[tuple[NodePath, Json]]:
    """Every text, number and boolean of a value with its path."""
    if isinstance(value, dict | list):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(child, (*path, step))
    else:
        yield path, value
