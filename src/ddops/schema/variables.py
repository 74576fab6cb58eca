"""Where `${…}` can stand for a value: everywhere in a resource that is resolved before it is checked."""

from __future__ import annotations

from ddops.schema.walk import Schema, each

PATTERN = r"\$\{"
VARIABLE: Schema = {"type": "string", "pattern": PATTERN, "description": "A variable: `${NAME}`."}
_NARROW = ("enum", "maxLength")


def with_variables(schema: Schema) -> Schema:
    """The schema with a text that holds a variable as good as any value. A field whose only value tells what an object
    is (`type: timeseries`) stays as it is."""
    return each(schema, _open)


def _open(schema: Schema) -> Schema:
    if "anyOf" in schema:
        return {**schema, "anyOf": _flat(schema["anyOf"])}
    types = schema.get("type", ())
    types = [types] if isinstance(types, str) else [*types]
    if not types or types == ["null"] or "const" in schema:
        return schema
    if any(word in schema for word in _NARROW):
        rest = {word: value for word, value in schema.items() if word != "description"}
        about = {"description": schema["description"]} if "description" in schema else {}
        return {**about, "anyOf": [rest, {"type": "string", "pattern": PATTERN}]}
    if "string" not in types:
        return {**schema, "type": [*types, "string"], "pattern": PATTERN}
    return {**schema, "pattern": f"{schema['pattern']}|{PATTERN}"} if "pattern" in schema else schema


def _flat(options: list[Schema]) -> list[Schema]:
    """The options, those of an option that is nothing but options among them, each once."""
    found: list[Schema] = []
    for option in options:
        for one in option["anyOf"] if option.keys() == {"anyOf"} else [option]:
            if one not in found:
                found.append(one)
    return found
