"""A dashboard's widgets as a reader skims them: a line for each, groups with theirs below."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.kinds.contract import Json


def outline(widgets: Json, indent: str = "") -> Iterator[str]:
    """`timeseries  Requests by status`, in the order of the body. Of a note without a title its first line."""
    for widget in widgets or ():
        definition = widget.get("definition") or {}
        yield f"{indent}{definition.get('type')}  {title(definition)}".rstrip()
        yield from outline(definition.get("widgets"), indent + "  ")


def called(widget: Json) -> str:
    """`timeseries "Requests by status"`."""
    definition = widget.get("definition") or {}
    named = title(definition)
    return f'{definition.get("type")} "{named}"' if named else str(definition.get("type"))


def title(definition: Json) -> str:
    """The title of a widget's definition; of one without, the first line of what it shows."""
    text = definition.get("title") or definition.get("content") or definition.get("text") or definition.get("url") or ""
    return str(text).strip().split("\n", 1)[0].lstrip("# ")
