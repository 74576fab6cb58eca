"""What pydantic found wrong, in the words of somebody who writes YAML: the place, the text, the nearest right word."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ddops.catalog.nearest import nearest, quoted, unknown
from ddops.errors import Problem
from ddops.location import Location, NodePath, dotted

Locate = Callable[[NodePath, bool], Location]
"""`locate(path, key)`: the place of the node at `path`, or of the mapping key that leads to it."""


def explain(
    error: ValidationError, model: type[BaseModel], data: Any, locate: Locate, words: Iterable[str] = ()
) -> list[Problem]:
    """Each thing that `error` says of `data`, with its place. Where several readings of one value failed (a union),
    the one that came furthest speaks. `words` are known at the top beside the model's fields."""
    found: dict[tuple[NodePath, bool], list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(_in_data(detail, data), []).append(detail)
    problems: list[Problem] = []
    for (path, is_key), details in found.items():
        if len(details) > 1:
            details = [detail for detail in details if detail["type"] not in _TYPES] or details
        came_further = any(len(other) > len(path) and other[: len(path)] == path for other, _ in found)
        if came_further and details[0]["type"] in _TYPES:
            continue
        if is_key:
            problems.append(Problem(locate(path, True), _message(details[0], path[:-1])))
        else:
            problems.extend(_problem(path, details, model, locate, frozenset(words)))
    return problems


def _problem(
    path: NodePath, details: list[ErrorDetails], model: type[BaseModel], locate: Locate, words: frozenset[str]
) -> Iterator[Problem]:
    kinds = {detail["type"] for detail in details}
    if kinds == {"missing"}:
        yield Problem(locate(path[:-1], False), _missing(path))
    elif "extra_forbidden" in kinds:
        yield Problem(locate(path, True), _extra(path, model, words))
    elif kinds == {"literal_error"}:
        yield Problem(locate(path, False), _literal(path, details))
    elif kinds <= set(_TYPES):
        yield Problem(locate(path, False), _named(path) + wrong_type(_wanted(details), details[0]["input"]))
    else:
        for message in dict.fromkeys(_message(detail, path) for detail in details):
            yield Problem(locate(path, False), message)


_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def _wanted(details: Iterable[ErrorDetails]) -> str:
    wanted = list(dict.fromkeys(_TYPES[detail["type"]] for detail in details))
    if "a number" in wanted and "a whole number" in wanted:
        wanted.remove("a whole number")
    return " or ".join(filter(None, [", ".join(wanted[:-1]), wanted[-1]]))


def wrong_type(wanted: str, value: Any) -> str:
    """What is wrong where `wanted` (`text`, `a list`) should stand, and what would mend it where that is plain."""
    if value is None:
        return f"should be {wanted}; there is no value"
    hint = ""
    if wanted == "text" and isinstance(value, bool | int | float):
        hint = "; put it in quotes"
    elif isinstance(value, str) and _reads_as(value, wanted):
        hint = "; take it out of the quotes"
    return f"should be {wanted}, not {_shown(value)}{hint}"


def _reads_as(text: str, wanted: str) -> bool:
    if wanted == "true or false":
        return text in ("true", "false")
    try:
        number = float(text) if wanted in ("a number", "a whole number") else None
    except ValueError:
        return False
    return number is not None and (wanted == "a number" or number.is_integer())


def _message(detail: ErrorDetails, path: NodePath) -> str:
    return _named(path) + _said(detail["type"], detail.get("ctx", {}), detail)


def _said(kind: str, context: dict[str, Any], detail: ErrorDetails) -> str:
    value = detail["input"]
    if kind in _TYPES:
        return wrong_type(_TYPES[kind], value)
    if kind == "value_error":
        return str(context["error"])
    if kind in _BOUNDS:
        word, limit = _BOUNDS[kind]
        return f"should be {word} {context[limit]:g}, not {_shown(value)}"
    if kind in ("too_short", "string_too_short"):
        least = context["min_length"]
        return "should not be empty" if least == 1 else f"should have at least {least} {_parts(kind, value)}"
    if kind in ("too_long", "string_too_long"):
        return f"should have at most {context['max_length']} {_parts(kind, value)}, and has {len(value)}"
    return detail["msg"]


_BOUNDS = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("at most", "le"),
}


def _parts(kind: str, value: Any) -> str:
    return "characters" if kind.startswith("string") else "entries" if isinstance(value, dict) else "items"


def _named(path: NodePath) -> str:
    return f"{dotted(path)}: " if path else ""


def _missing(path: NodePath) -> str:
    parent = f" in {dotted(path[:-1])}" if path[:-1] else ""
    return f"the field '{path[-1]}' is missing{parent}"


def _extra(path: NodePath, model: type[BaseModel], words: frozenset[str]) -> str:
    known = set(words) if len(path) == 1 else set[str]()
    for parent in models_at(model, path[:-1]):
        known |= {field.alias or name for name, field in parent.model_fields.items()}
    return unknown("field", str(path[-1]), known)


def _literal(path: NodePath, details: list[ErrorDetails]) -> str:
    allowed = list(dict.fromkeys(word for detail in details for word in _allowed(detail["ctx"]["expected"])))
    value = details[0]["input"]
    if value is None or isinstance(value, dict | list):
        few = 1 < len(allowed) <= 8
        return _named(path) + wrong_type(f"one of {', '.join(allowed)}" if few else "text", value)
    near = nearest(str(value), allowed)
    ending = f"did you mean '{near}'?" if near else f"allowed: {', '.join(allowed)}"
    return f"{_named(path)}{_shown(value)} is not allowed; {ending}"


def _allowed(expected: str) -> list[str]:
    """The words of `'a', 'b' or 'c'`, as pydantic lists them."""
    return [word.strip("' ") for word in expected.replace(" or ", ", ").split(", ")]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def _in_data(detail: ErrorDetails, data: Any) -> tuple[NodePath, bool]:
    """Pydantic's location without the steps that name a branch of a union or a validator, and whether it is that of a
    mapping's key. What is missing has a path that ends outside of the data."""
    path: list[int | str] = []
    node, loc = data, detail["loc"]
    for index, step in enumerate(loc):
        is_last = index == len(loc) - 1
        if isinstance(node, dict) and step in node or isinstance(node, list) and isinstance(step, int):
            node = node[step]
            path.append(step)
        elif is_last and detail["type"] in ("missing", "rule"):
            path.append(step)
        elif is_last and step == "[key]":
            return tuple(path), True
    return tuple(path), False


def models_at(annotation: Any, path: NodePath) -> list[type[BaseModel]]:
    """The models that an object at `path` below `annotation` can have."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not path:
            return [annotation]
        for name, field in annotation.model_fields.items():
            if (field.alias or name) == path[0]:
                return models_at(field.annotation, path[1:])
        return []
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return models_at(arguments[0], path)
    if origin in (typing.Union, types.UnionType):
        return [model for argument in arguments for model in models_at(argument, path)]
    if origin is list and path:
        return models_at(arguments[0], path[1:])
    if origin is dict and path:
        return models_at(arguments[1], path[1:])
    return []
