"""The JSON schema of a dashboard as people write it: with the short forms of widgets (short.py)."""

from __future__ import annotations

from collections.abc import Sequence

from ddops.kinds.contract import Body
from ddops.kinds.dashboard.requests import GRAPHS, IN_REQUESTS, Requests
from ddops.kinds.dashboard.short import SUBJECTS
from ddops.kinds.dashboard.trail import Trail
from ddops.kinds.dashboard.widget import GRID, WIDGETS
from ddops.location import NodePath

_IN = "#/definitions/"
_QUERIES = "Its query, a list of queries, or queries by name."
_BESIDE: Body = {
    "layout": {"$ref": f"{_IN}Layout"},
    "unchecked": {"type": "boolean", "description": "The definition is sent as it stands."},
    "width": {
        "type": "integer",
        "minimum": 1,
        "maximum": GRID,
        "description": "Columns that the automatic layout gives the widget.",
    },
    "height": {"type": "integer", "minimum": 1, "description": "Rows that the automatic layout gives the widget."},
}
_OWN: Body = {
    "aggregator": {
        "type": "string",
        "description": "How the points of a query become one value: `avg`, `sum`, `last`.",
    },
    "formula": {"description": "A formula of the queries' names, or a list of them."},
    "limit": {"type": "integer", "minimum": 1, "description": "How many groups are shown."},
    "columns": {"type": "array", "description": "The columns, by their names."},
}
_ANY: Body = {
    "type": "object",
    "properties": {"unchecked": {"const": True}, "definition": {"type": "object", "required": ["type"]}},
    "required": ["unchecked", "definition"],
}
"""A widget whose definition is not checked."""


def written(schema: Body) -> Body:
    """The model's schema with a choice of forms for each widget."""
    definitions = dict(schema["definitions"])
    options = zip(WIDGETS.models, definitions["Widget"]["properties"]["definition"]["anyOf"], strict=True)
    by_model = dict(options)
    shorts = {
        kind: _short(kind, [by_model[model] for model in models], schema["definitions"])
        for kind, models in WIDGETS.words.items()
    }
    for model, kinds in (("Widget", [*shorts]), ("GroupedWidget", [kind for kind in shorts if kind != "group"])):
        full = definitions[model]
        full = {**full, "properties": {**full["properties"], **_BESIDE}}
        definitions[model] = {"anyOf": [full, _ANY, *({"$ref": f"{_IN}short.{kind}"} for kind in kinds)]}
    definitions |= {f"short.{kind}": short for kind, short in shorts.items()}
    # Where a widget is short, `ordered` is what is meant.
    required = [name for name in schema["required"] if name != "layout_type"]
    return {**schema, "required": required, "definitions": definitions}


def _short(kind: str, models: Sequence[Body], definitions: Body) -> Body:
    """A widget of the type without `definition`; `models` are the schemas that a definition of the type can have."""
    fields = {name: one for name, one in _fields(models, (), definitions).items() if name != "type"}
    below = {"type": "object", "properties": fields, "additionalProperties": False}
    beside = dict(fields)
    subject: Body = below
    if kind in GRAPHS:
        beside.pop("requests", None)
        beside |= _of_request(kind, models, definitions)
        subject = {"description": _QUERIES}
    elif kind in SUBJECTS:
        subject = {"anyOf": [fields[SUBJECTS[kind]], below, {"type": "null"}]}
    return {
        "type": "object",
        "properties": {**beside, **_BESIDE, kind: subject},
        "required": [kind],
        "additionalProperties": False,
    }


def _of_request(kind: str, models: Sequence[Body], definitions: Body) -> Body:
    """What can be said of a widget's request, its queries and its formulas."""
    requests = Requests(Trail(), kind, (), ())
    place = ("requests", *IN_REQUESTS.get(kind, (0,)))
    said = _fields(models, place, definitions)
    formulas = _fields(models, (*place, "formulas", 0), definitions)
    own = {name: _OWN.get(name, formulas.get(name, {})) for name in sorted(requests.own)}
    return {**{name: said[name] for name in sorted(requests.fields)}, **own}


def _fields(schemas: Sequence[Body], path: NodePath, definitions: Body) -> Body:
    """The fields that an object at the path can have below any of the schemas."""
    found: Body = {}
    for schema in schemas:
        while "$ref" in schema:
            schema = definitions[schema["$ref"].removeprefix(_IN)]
        if "anyOf" in schema:
            found |= _fields(schema["anyOf"], path, definitions)
        elif not path:
            found |= schema.get("properties", {})
        elif isinstance(path[0], int):
            found |= _fields([schema["items"]] if "items" in schema else [], path[1:], definitions)
        elif path[0] in schema.get("properties", {}):
            found |= _fields([schema["properties"][path[0]]], path[1:], definitions)
    return found
