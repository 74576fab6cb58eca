"""What a dashboard must look like, and what the server adds to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit

# Filled in where absent; everything else comes back exactly as sent (recorded: all accepted creates and updates).
DEFAULTS: Json = {
    "description": None,
    "template_variables": None,
    "notify_list": None,
}
# Filled in as well, but only by a create whose body carries no `id`, not even an empty one (recorded: 80 creates
# without one, 110 with one). `is_read_only` was filled in until 2025, and is not any more.
DEFAULTS_WITHOUT_ID: Json = {"restricted_roles": []}
# Sent values of these are ignored (recorded: bodies with `id: ""` and another's author_handle).
SERVER_FIELDS = ("id", "url", "author_handle", "author_name", "created_at", "modified_at")
LAYOUT_TYPES = ("ordered", "free")
REFLOW_TYPES = ("auto", "fixed")
SHAPE: Shape = {
    "title": str,
    "layout_type": str,
    "reflow_type": str,
    "description": str,
    "widgets": [{"definition": {"type": str, "widgets": [{"definition": {"type": str}}]}}],
    "notify_list": [str],
    "tags": [str],
    "restricted_roles": [str],
    "template_variables": [{"name": str, "defaults": list}],
    "template_variable_presets": [{"name": str, "template_variables": [{"name": str, "values": list}]}],
    "tabs": [{"name": str, "widget_ids": list}],
}
REQUIRED = ("title", "layout_type", "widgets")
MAX_TAGS = 5
# The only key that dashboard tags may have.
TAG_KEY = "team:"
SLUG_LENGTH = 80


def filled_in(fields: Json, before: Json | None = None) -> Json:
    """What was sent, with the defaults and without what only the server writes.

    An update (of `before`) clears what it does not send, but brings no field that the dashboard did not have.
    """
    extra = {name for name in DEFAULTS_WITHOUT_ID if "id" not in fields and (before is None or name in before)}
    defaults = DEFAULTS | {name: DEFAULTS_WITHOUT_ID[name] for name in extra}
    return defaults | {name: value for name, value in fields.items() if name not in SERVER_FIELDS}


def check(body: Json) -> None:
    """Refuse a body that the API refuses, in its words."""
    for name in REQUIRED:
        if body.get(name) is None:
            refuse(400, f"The parameter '{name}' is required")
    if wrong := misfit(body, SHAPE):
        refuse(400, f"'{wrong}' is invalid")
    if body["layout_type"] not in LAYOUT_TYPES:
        refuse(400, "'layout_type' is invalid")
    if "reflow_type" in body and (body["reflow_type"] not in REFLOW_TYPES or body["layout_type"] != "ordered"):
        refuse(400, "'reflow_type' is invalid")
    _check_tags(body.get("tags"))
    _check_variables(body.get("template_variables"))
    _check_presets(body.get("template_variable_presets"))
    _check_widgets(body)


def _check_tags(tags: list[str] | None) -> None:
    if tags is None:
        return
    if len(tags) > MAX_TAGS:
        refuse(400, "'tags' is invalid")
    if not all(tag.startswith(TAG_KEY) for tag in tags):
        refuse(400, "Invalid tag format. Valid tag keys are: team.")


def _check_variables(variables: list[Json] | None) -> None:
    """`default` and `defaults` exclude each other; a list of defaults has at least one element (recorded 400s)."""
    for variable in variables or ():
        if "name" not in variable:
            refuse(400, "'template_variables' is invalid")
        if variable.get("default") is not None and variable.get("defaults") is not None:
            refuse(400, "'template_variables' is invalid")
        if variable.get("defaults") == []:
            refuse(400, "Minimum length of parameter 'defaults' should be 1")


def _check_presets(presets: list[Json] | None) -> None:
    """`value` and `values` exclude each other; a list of values has at least one element (recorded 400s)."""
    for preset in presets or ():
        for variable in preset.get("template_variables") or ():
            if "value" in variable and "values" in variable:
                refuse(400, f"'template_variables' value '{variable}' is invalid")
            if variable.get("values") == []:
                refuse(400, "Minimum number of elements in parameter 'values' should be 1")


def _check_widgets(body: Json) -> None:
    """Shape only: the recordings show no complete schema of the widget definitions."""
    for position, widget in enumerate(body["widgets"]):
        if widget.get("definition") is None:
            refuse(400, f"Invalid widget at position {position}. Error: 'definition' is a required property")
        if body.get("reflow_type") == "fixed" and "layout" not in widget:
            refuse(400, f"Invalid widget at position {position}. Error: 'layout' is a required property")
        definition = widget["definition"]
        if definition.get("type") is None:
            refuse(400, f"Invalid widget definition at position {position}. Error: 'type' is a required property")
        where = f"Invalid widget definition at position {position} of type {definition['type']}."
        for inner_position, inner in enumerate(definition.get("widgets") or ()):
            shown = inner.get("definition") or {}
            if shown.get("type") is None:
                refuse(400, f"{where} Error: Invalid inner widget definition at position {inner_position}.")
            if shown["type"] == "group":
                refuse(400, f"{where} Error: Widget type 'group' is not allowed in group widgets.")


def with_widget_ids(widgets: list[Json], new_id: Callable[[], int]) -> list[Json]:
    """Give every widget an id, also those in groups; an id that was sent stays (recorded)."""
    numbered = []
    for widget in widgets:
        definition = widget["definition"]
        if isinstance(definition.get("widgets"), list):
            definition = definition | {"widgets": with_widget_ids(definition["widgets"], new_id)}
        own = widget.get("id")
        numbered.append(widget | {"definition": definition, "id": own if isinstance(own, int) else new_id()})
    return numbered


def with_tab_ids(tabs: list[Json], widgets: list[Json]) -> list[Json]:
    """Replace `"@1"`, the position of a widget, by that widget's id (recorded)."""

    def resolve(reference: Any) -> Any:
        if isinstance(reference, str) and (match := re.fullmatch(r"@(\d+)", reference)):
            position = int(match[1])
            if not 1 <= position <= len(widgets):
                refuse(400, f"'tabs' is invalid: no widget {reference}")
            return widgets[position - 1]["id"]
        return reference

    return [tab | {"widget_ids": [resolve(reference) for reference in tab.get("widget_ids") or ()]} for tab in tabs]


def slug(title: str) -> str:
    """The last part of a dashboard's URL: the title in lower case, reduced to letters, digits and `-`, cut at 80."""
    return re.sub(r"\s+", "-", re.sub(r"[^a-z0-9\s-]", "", title.lower()))[:SLUG_LENGTH]


def used_slos(body: Any) -> Iterator[str]:
    """The ids of the SLOs that widgets and queries show."""
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "slo_id" and isinstance(value, str):
                yield value
            else:
                yield from used_slos(value)
    elif isinstance(body, list):
        for item in body:
            yield from used_slos(item)
