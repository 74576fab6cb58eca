"""The JSON schema of a model, in the words of draft-07, which language servers know best."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel

from ddops.schema.walk import REFERENCE, Schema, each

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_NULL = {"type": "null"}


def of(model: type[BaseModel]) -> Schema:
    """The schema of what people write for `model`; the models below it stand under `definitions`."""
    return each(_raw(model), _tidy)


@cache
def _raw(model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(ref_template=f"{REFERENCE}{{model}}")
    definitions = schema.pop("$defs", {})
    return {**schema, "definitions": definitions}


def _tidy(schema: Schema) -> Schema:
    """Without what tells a reader nothing: names in capitals, and that a field that is left out is left out."""
    tidy = {
        word: value
        for word, value in schema.items()
        if word not in ("title", "discriminator", "oneOf", "default")
        or (word == "default" and isinstance(value, str | int | float))
    }
    if "description" in tidy:
        tidy["description"] = _LINE_END.sub(" ", tidy["description"])
    if "oneOf" in schema:
        # Exactly one: a value that holds a variable can pass several.
        tidy["anyOf"] = schema["oneOf"]
    return _or_null(tidy)


def _or_null(schema: Schema) -> Schema:
    """`anyOf` with a null, in one where it can be."""
    options = schema.get("anyOf", ())
    if len(options) != 2 or _NULL not in options:
        return schema
    only = options[0] if options[1] == _NULL else options[1]
    if not isinstance(only.get("type"), str) or "const" in only:
        return schema
    rest = {word: value for word, value in schema.items() if word != "anyOf"}
    known = {"enum": [*only["enum"], None]} if "enum" in only else {}
    return {**only, **rest, **known, "type": [only["type"], "null"]}
