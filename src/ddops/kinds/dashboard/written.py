"""The JSON schema of a dashboard as people write it: with the short forms of widgets (short.py)."""

from __future__ import annotations

from typing import Any

from ddops.choice import models_at
from ddops.kinds.contract import Body
from ddops.kinds.dashboard.requests import GRAPHS, IN_REQUESTS, Requests
from ddops.kinds.dashboard.short import SUBJECTS
from ddops.kinds.dashboard.trail import Trail
from ddops.kinds.dashboard.widget import GRID, WIDGETS

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
    "aggregator": {"type": "string", "description": "How the points of a query become one value: `avg`, `sum`, `last`."},
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
    shorts = {kind: _short(kind, schema["definitions"]) for kind in WIDGETS.words}
    definitions |= {f"short.{kind}": short for kind, short in shorts.items()}
    for model, kinds in (("Widget", [*shorts]), ("GroupedWidget", [kind for kind in shorts if kind != "group"])):
        full = definitions[model]
        full = {**full, "properties": {**full["properties"], **_BESIDE}}
        definitions[model] = {"anyOf": [full, _ANY, *({"$ref": f"{_IN}short.{kind}"} for kind in kinds)]}
    # Where a widget is short, `ordered` is what is meant.
    required = [name for name in schema["required"] if name != "layout_type"]
    return {**schema, "required": required, "definitions": definitions}


def _short(kind: str, definitions: Body) -> Body:
    """A widget of the type without `definition`."""
    found: Body = {}
    for model in WIDGETS.words[kind]:
        found |= definitions[model.__name__]["properties"]
    fields = {name: one for name, one in found.items() if name != "type"}
    below = {"type": "object", "properties": fields, "additionalProperties": False}
    beside = dict(fields)
    if kind in GRAPHS:
        beside.pop("requests", None)
        beside |= _of_request(kind, definitions)
        subject: Body = {"description": _QUERIES}
    elif kind in SUBJECTS:
        subject = {"anyOf": [fields[SUBJECTS[kind]], below, {"type": "null"}]}
    else:
        subject = below
    return {
        "type": "object",
        "properties": {**beside, **_BESIDE, kind: subject},
        "required": [kind],
        "additionalProperties": False,
    }


def _of_request(kind: str, definitions: Body) -> dict[str, Any]:
    """What can be said of a widget's request, its queries and its formulas."""
    requests = Requests(Trail(), kind, (), ())
    formulas = definitions["WidgetFormula"]["properties"]
    own = {name: _OWN.get(name) or formulas[name] for name in sorted(requests.own)}
    place = ("requests", *IN_REQUESTS.get(kind, (0,)))
    said: Body = {}
    for model in models_at(WIDGETS.words[kind][0], place):
        said |= definitions[model.__name__]["properties"]
    return {**{name: said[name] for name in sorted(requests.fields)}, **own}
