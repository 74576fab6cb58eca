"""What pydantic found wrong, in the words of somebody who writes YAML: the place, the text, the nearest right word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ddops.catalog.nearest import nearest, quoted, unknown
from ddops.choice import models_at
from ddops.errors import Problem
from ddops.location import Location, NodePath, dotted

Locate = Callable[[NodePath, bool], Location]
"""`locate(path, key)`: the place of the node at `path`, or of the mapping key that leads to it."""

Shown = Callable[[NodePath], NodePath]
"""A path of the data as people wrote it."""


def explain(
    error: ValidationError,
    model: type[BaseModel],
    data: Any,
    locate: Locate,
    words: Iterable[str] = (),
    shown: Shown = lambda path: path,
    unchecked: Collection[str] = (),
) -> list[Problem]:
    """Each thing that `error` says of `data`, with its place. Where several readings of one value failed (a union),
    the one that came furthest speaks. `words` are known at the top beside the model's fields; a path is said as
    `shown` gives it. Nothing is said of what stands at a path that is `unchecked`, or below it."""
    found: dict[tuple[NodePath, bool], list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(_in_data(detail, data), []).append(detail)
    problems: list[Problem] = []
    for (path, is_key), details in found.items():
        if unchecked and any(dotted(shown(path)[:end]) in unchecked for end in range(1, len(path) + 1)):
            continue
        if len(details) > 1:
            details = [detail for detail in details if detail["type"] not in _TYPES] or details
        came_further = any(len(other) > len(path) and other[: len(path)] == path for other, _ in found)
        if came_further and details[0]["type"] in _TYPES:
            continue
        if is_key:
            problems.append(Problem(locate(path, True), _message(details[0], shown(path[:-1]))))
        elif all(detail["type"] == "missing" for detail in details):
            problems.append(Problem(locate(path[:-1], False), _missing(shown(path[:-1]), str(path[-1]))))
        elif any(detail["type"] == "extra_forbidden" for detail in details):
            known = _known(model, path[:-1], data) | (set(words) if len(path) == 1 else set())
            problems.append(Problem(locate(path, True), unknown("field", str(path[-1]), known)))
        else:
            problems.extend(Problem(locate(path, False), message) for message in _messages(details, shown(path)))
    return problems


def _messages(details: list[ErrorDetails], path: NodePath) -> Iterable[str]:
    if all(detail["type"] in _TYPES for detail in details):
        return [_named(path) + wrong_type(_wanted(details), details[0]["input"])]
    literals = [detail for detail in details if detail["type"] == "literal_error"]
    others = dict.fromkeys(_message(detail, path) for detail in details if detail not in literals)
    return [*([_literal(path, literals)] if literals else []), *others]


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


def _missing(parent: NodePath, name: str) -> str:
    return f"the field '{name}' is missing" + (f" in {dotted(parent)}" if parent else "")


def _known(model: type[BaseModel], path: NodePath, data: Any) -> set[str]:
    """The fields that an object at `path` of the data can have."""
    models = models_at(model, path, data)
    return {field.alias or name for parent in models for name, field in parent.model_fields.items()}


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
    node: Any = data
    loc = detail["loc"]
    for index, step in enumerate(loc):
        is_last = index == len(loc) - 1
        is_here = step in node if isinstance(node, dict) else isinstance(node, list) and isinstance(step, int)
        if is_here:
            node = node[step]
            path.append(step)
        elif is_last and detail["type"] in ("missing", "rule"):
            path.append(step)
        elif is_last and step == "[key]":
            return tuple(path), True
    return tuple(path), False
