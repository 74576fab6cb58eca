"""The schema of a kind's fields, as they stand in a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ddops.catalog.envelope import UNRESOLVED, WORDS, Envelope
from ddops.kinds.contract import kinds
from ddops.schema import models
from ddops.schema.partial import Parts
from ddops.schema.variables import with_variables
from ddops.schema.walk import REFERENCE, Schema, each, target

PASSED_OVER = {
    "description": "Written by the server alone; it can be pasted, and is passed over.",
    "doNotSuggest": True,
}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind, and of those the `required`; `parts` are the fields as a part of a resource can say them.
    `definitions` are what they refer to, under names of the kind's own."""

    whole: dict[str, Schema]
    parts: dict[str, Schema]
    required: list[str]
    definitions: dict[str, Schema]


@cache
def fields(name: str) -> Fields:
    """The fields of the resources of the kind of this name, with variables in them."""
    kind = kinds()[name]
    schema = kind.written(models.of(kind.model))
    for path in sorted(kind.normal.read_only):
        _pass_over(schema, path.replace("[", ".[").split("."), schema["definitions"])
    schema = with_variables(each(schema, lambda one: _named(one, kind.name)))
    definitions = {f"{kind.name}.{name}": one for name, one in schema["definitions"].items()}
    parts = Parts(definitions)
    return Fields(
        whole=schema["properties"],
        parts={name: parts.of(one) for name, one in schema["properties"].items()},
        required=schema.get("required", []),
        definitions=definitions,
    )


def words() -> tuple[dict[str, Schema], dict[str, Schema], dict[str, Schema]]:
    """The words that every resource can have: those that are used up before variables are resolved, those that a preset
    and an override can say too, and what both refer to."""
    schema = models.of(Envelope)
    properties = {name: one for name, one in schema["properties"].items() if name in WORDS}
    resolved = {name: with_variables(one) for name, one in properties.items() if name not in UNRESOLVED}
    return {name: one for name, one in properties.items() if name in UNRESOLVED}, resolved, schema["definitions"]


def _named(schema: Schema, kind: str) -> Schema:
    name = target(schema)
    return schema if name is None else {**schema, "$ref": f"{REFERENCE}{kind}.{name}"}


def _pass_over(schema: Schema, steps: list[str], definitions: dict[str, Schema]) -> None:
    """Lets a field of the server's stand, wherever the path leads."""
    if (name := target(schema)) is not None:
        _pass_over(definitions[name], steps, definitions)
    for option in schema.get("anyOf", ()):
        _pass_over(option, steps, definitions)
    step, *rest = steps
    if step.startswith("["):
        if rest and isinstance(schema.get("items"), dict):
            _pass_over(schema["items"], rest, definitions)
    elif schema.get("additionalProperties") is False and not rest:
        schema.setdefault("properties", {}).setdefault(step, PASSED_OVER)
    elif step in schema.get("properties", {}) and rest:
        _pass_over(schema["properties"][step], rest, definitions)
