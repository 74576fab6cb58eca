"""The schema of a kind's files: a list of resources, or one."""

from __future__ import annotations

from ddops.kinds.contract import Kind
from ddops.schema import body
from ddops.schema.walk import Schema, reference

PRODUCT: Schema = {
    "type": "string",
    "description": "The product that this belongs to: the name of a file of products/.",
}
FROM_ELSEWHERE = {"anyOf": [{"required": ["preset"]}, {"required": ["overrides"]}]}
"""A resource of which not every field stands in its own body."""


def schema(kind: Kind) -> Schema:
    """A file of `kind.collection`/."""
    fields = body.fields(kind.name)
    unresolved, resolved, definitions = body.words()
    set_by_override = definitions["Override"]["properties"]["set"]
    definitions["Override"]["properties"]["set"] = {
        **{word: value for word, value in set_by_override.items() if word != "additionalProperties"},
        **_closed({**resolved, **fields.parts}),
    }
    words = {**unresolved, **resolved}
    whole = {name: one for name, one in fields.whole.items() if one != fields.parts[name]}
    resource = {
        **_closed({**words, **fields.parts}),
        "if": FROM_ELSEWHERE,
        "else": {"required": fields.required, "properties": whole},
    }
    single = {**resource, "properties": {"product": PRODUCT, **resource["properties"]}}
    many = {
        "type": "array",
        "items": {"allOf": [reference(kind.name), {"required": ["key"]}]},
        "description": f"The {kind.collection} of the product that stand in this file.",
    }
    return {
        "type": "object",
        "required": ["product"],
        "properties": {"product": PRODUCT, kind.collection: {"description": many["description"]}},
        "if": {"required": [kind.collection]},
        "then": _closed({"product": PRODUCT, kind.collection: many}),
        "else": single,
        "definitions": {kind.name: resource, **definitions, **fields.definitions},
    }


def preset(kind: Kind) -> tuple[Schema, dict[str, Schema]]:
    """The body of a preset for the kind, and the definitions that it refers to."""
    fields = body.fields(kind.name)
    _, resolved, _ = body.words()
    return _closed({**resolved, **fields.parts}), fields.definitions


def _closed(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}
