"""Changes to a JSON value as a list of operations (RFC 6902): `add`, `replace`, `remove`, `test`, `move`, `copy`."""

from __future__ import annotations

import copy
from typing import Any

from ddops.sandbox.exchange import refuse


def patched(value: Any, operations: list[Any]) -> Any:
    """A new value with the operations done, one after the other; refused (400) where one cannot be."""
    value = copy.deepcopy(value)
    for operation in operations:
        if not isinstance(operation, dict):
            refuse(400, "Value of parameter 'data' is invalid")
        try:
            value = _done(value, operation)
        except (KeyError, IndexError, TypeError, ValueError):
            refuse(400, f"Value of parameter 'path' is invalid: {operation.get('path')}")
    return value


def _done(value: Any, operation: dict[str, Any]) -> Any:
    name, path = operation["op"], _steps(operation["path"])
    if name == "test":
        if _at(value, path) != operation["value"]:
            raise ValueError("another value stands there")
        return value
    if name in ("move", "copy"):
        source = _steps(operation["from"])
        moved = copy.deepcopy(_at(value, source))
        return _put(_cut(value, source) if name == "move" else value, path, moved)
    if name == "remove":
        return _cut(value, path)
    if name == "replace":
        return _put(_cut(value, path), path, operation["value"])
    if name == "add":
        return _put(value, path, operation["value"])
    raise ValueError(name)


def _steps(path: str) -> list[str]:
    if not path.startswith("/"):
        raise ValueError(path)
    return [step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/")]


def _at(value: Any, path: list[str]) -> Any:
    for step in path:
        value = value[_index(step, len(value) - 1)] if isinstance(value, list) else value[step]
    return value


def _index(step: str, most: int) -> int:
    if not step.isdecimal() or int(step) > most:
        raise IndexError(step)
    return int(step)


def _cut(value: Any, path: list[str]) -> Any:
    parent = _at(value, path[:-1])
    del parent[_index(path[-1], len(parent) - 1) if isinstance(parent, list) else path[-1]]
    return value


def _put(value: Any, path: list[str], item: Any) -> Any:
    parent = _at(value, path[:-1])
    if isinstance(parent, list):
        parent.insert(len(parent) if path[-1] == "-" else _index(path[-1], len(parent)), item)
    elif isinstance(parent, dict):
        parent[path[-1]] = item
    else:
        raise TypeError(path[-1])
    return value
