"""Going through a JSON schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Schema = dict[str, Any]

IN_MAPPINGS = ("properties", "definitions")
IN_LISTS = ("anyOf", "allOf")
ALONE = ("items", "additionalProperties", "if", "then", "else", "not")

REFERENCE = "#/definitions/"


def each(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """The schema with `change` made to every schema in it, the innermost first. The schema itself is left as it is."""
    found: Schema = {}
    for word, value in schema.items():
        if word in IN_MAPPINGS:
            found[word] = {name: each(below, change) if below is not True else True for name, below in value.items()}
        elif word in IN_LISTS:
            found[word] = [each(below, change) for below in value]
        elif word in ALONE and isinstance(value, dict):
            found[word] = each(value, change)
        else:
            found[word] = value
    return change(found)


def reference(name: str) -> Schema:
    return {"$ref": f"{REFERENCE}{name}"}


def target(schema: Mapping[str, Any]) -> str | None:
    """The name of the definition that a schema refers to."""
    found = schema.get("$ref")
    return found.removeprefix(REFERENCE) if isinstance(found, str) else None
