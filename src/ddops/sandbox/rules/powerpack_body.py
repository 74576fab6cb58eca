"""What a powerpack must look like, and what the server adds to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.dashboard_body import with_widget_ids
from ddops.sandbox.rules.shape import Shape, misfit

TYPE = "powerpack"
# Where a group without a layout stands (recorded: 21 creates).
LAYOUT = {"x": 0, "y": 0, "width": 12, "height": 1}
SHAPE: Shape = {
    "name": str,
    "description": str,
    "tags": [str],
    "template_variables": [{"name": str, "defaults": [str]}],
    "group_widget": {"definition": {"widgets": [{"definition": {"type": str}}]}, "layout": {"x": int}},
}
MAX_TAGS = 8


def attributes_of(body: Json) -> Json:
    """`data.attributes` of a request that the API takes."""
    data = body.get("data")
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(data, dict) or data.get("type") != TYPE or not isinstance(attributes, dict):
        refuse(400, "API input validation failed: {'data': ['Invalid data.']}")
    for name in ("name", "group_widget"):
        if attributes.get(name) is None:
            refuse(400, f"API input validation failed: {{'{name}': ['Missing data for required field.']}}")
    if wrong := misfit(attributes, SHAPE):
        refuse(400, f"API input validation failed: {{'{wrong}': ['Not a valid value.']}}")
    if len(attributes.get("tags") or ()) > MAX_TAGS:
        refuse(400, f"API input validation failed: {{'tags': ['Longer than maximum length {MAX_TAGS}.']}}")
    _check_group(attributes["group_widget"].get("definition"))
    return attributes


def _check_group(definition: Any) -> None:
    if not isinstance(definition, dict):
        refuse(400, "Invalid group widget for powerpack. Error: 'definition' is a required property")
    for name, value in (("type", "group"), ("layout_type", "ordered")):
        if name not in definition:
            refuse(400, f"Invalid group widget for powerpack. Error: '{name}' is a required property")
        if definition[name] != value:
            refuse(400, f"Invalid group widget for powerpack. Error: {definition[name]!r} is not one of ['{value}']")
    if not isinstance(definition.get("widgets"), list):
        refuse(400, "Invalid group widget for powerpack. Error: 'widgets' is a required property")
    for position, widget in enumerate(definition["widgets"]):
        if not isinstance(widget.get("definition"), dict) or "type" not in widget["definition"]:
            refuse(400, f"Invalid group widget for powerpack. Error: Invalid inner widget at position {position}.")


def completed(attributes: Json, new_id: Callable[[], int]) -> Json:
    """The attributes as they are answered: with a layout, and an id for each widget (recorded)."""
    group = attributes["group_widget"]
    definition = group["definition"] | {"widgets": with_widget_ids(group["definition"]["widgets"], new_id)}
    defaults: Json = {"description": "", "tags": [], "template_variables": []}
    return defaults | attributes | {"group_widget": {"layout": LAYOUT} | group | {"definition": definition}}
