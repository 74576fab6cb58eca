"""Objects from files: as the UI exports them, as the API takes or gives them, as integrations ship them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ddops.catalog.reader import parse
from ddops.errors import UsageError
from ddops.importing.found import Found
from ddops.kinds.contract import UNLIKE, Body, Kind


def exported(kind: Kind, name: str, content: bytes) -> Iterator[Found]:
    """The objects of a file, JSON or (an entity of the software catalog, say) YAML. Raises UsageError where it holds
    none, SpecError where it is neither."""
    try:
        objects = [body for body in _objects(kind, _value(name, content)) if isinstance(body, dict)]
    except UNLIKE:
        objects = []
    if not objects:
        raise UsageError(f"{name}: there is no {kind.name} in it")
    for index, body in enumerate(objects):
        object_id = body.get("id")
        yield Found(
            kind=kind,
            body=body,
            id=None if object_id is None else str(object_id),
            origin=name if len(objects) == 1 else f"{name}[{index}]",
            is_answer=kind.endpoint.created in body,
        )


def _value(name: str, content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if name.endswith((".yaml", ".yml")):
            return parse(name, content.decode("utf-8", "replace")).data
        raise UsageError(f"{name}: this is not JSON: {error}") from None


def _objects(kind: Kind, value: Any) -> Iterator[Body]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(kind, item)
        return
    if not isinstance(value, dict):
        return
    listed = value.get(kind.endpoint.listed) if kind.endpoint.listed else None
    if isinstance(listed, list):
        yield from _objects(kind, kind.endpoint.wire.joined(value)[kind.endpoint.listed])
        return
    body = kind.endpoint.wire.unwrap(value)
    if body is not None and ("attributes" in value or "data" in value or value.keys() <= body.keys()):
        yield body
    elif isinstance(data := value.get("data"), dict):
        # A create's request has no id yet.
        yield data.get("attributes", data)
    elif isinstance(template := value.get("definition"), dict) and "definition" not in kind.model.model_fields:
        # What ships with an integration; the id that it can have is of the org where somebody made it.
        yield from ({name: part for name, part in one.items() if name != "id"} for one in _objects(kind, template))
    else:
        yield value
