"""One call of the API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ddops.errors import UsageError
from ddops.kinds.contract import Body, Json, Kind

Query = Sequence[tuple[str, str]]

ID = re.compile(r"(?!\.+$)[A-Za-z0-9_.-]+")
"""Ids are numbers, hex digits, UUIDs or words joined by `-` (reference: API behaviour, headers and transport), or the
name of a metric; `.` and `..` would climb in the path."""

PATH = re.compile(r"(?:/(?!\.+(?:/|$))(?:[A-Za-z0-9_.:~-]|%[0-9A-F]{2})+)+")
"""A path whose segments are names: none of them climbs, and no query begins in it."""

FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Call:
    """`path` begins with a slash; `template` is the same with `{id}` in place of an id, by which calls are limited."""

    method: str
    path: str
    template: str
    query: Query = ()
    body: Json = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def limited_as(self) -> str:
        return f"{self.method} {self.template}"


def listing(kind: Kind, query: Query = ()) -> Call:
    """Lists the kind's objects."""
    return Call("GET", kind.endpoint.collection, kind.endpoint.collection, query)


def creation(kind: Kind, payload: Body) -> Call:
    path = kind.endpoint.creation or kind.endpoint.collection
    return Call("POST", _filled(kind, path, payload), path, body=kind.endpoint.wire.wrap(payload, None))


def reading(kind: Kind, object_id: str, known: Body | None = None) -> Call:
    """Reads one object; `known` is what its entry in the list says, None where only the id is known."""
    endpoint = kind.endpoint
    path = endpoint.item if known is not None else endpoint.lookup or endpoint.item
    query = [(name, value.replace("{id}", object_id)) for name, value in endpoint.item_query.items()]
    return Call("GET", _filled(kind, path, {**(known or {}), "id": object_id}), path, query)


def update(kind: Kind, object_id: str, payload: Body) -> Call:
    endpoint = kind.endpoint
    body = endpoint.wire.wrap(payload, object_id)
    path = endpoint.collection if endpoint.update == "POST" else endpoint.item
    return Call(endpoint.update, _filled(kind, path, {**payload, "id": object_id}), path, body=body)


def deletion(kind: Kind, object_id: str) -> Call:
    if kind.endpoint.deletion is not None:
        method, path, body = kind.endpoint.deletion(object_id)
        if not PATH.fullmatch(path):
            raise UsageError(f"{object_id!r} is no id of a {kind.name}")
        return Call(method, path, kind.endpoint.item, body=body)
    return Call("DELETE", _filled(kind, kind.endpoint.item, {"id": object_id}), kind.endpoint.item)


def part(kind: Kind, field: str, object_id: str, items: Sequence[Body] | None = None) -> Call:
    """Reads a part of an object that lives at its own path, or replaces it by `items`."""
    where = kind.endpoint.parts[field]
    path = _filled(kind, where.path, {"id": object_id})
    if items is None:
        return Call("GET", path, where.path)
    sent = [{name: item[name] for name in where.fields if name in item} for item in items]
    return Call("PUT", path, where.path, body={where.field: sent})


def validation(kind: Kind, payload: Body, object_id: str | None = None) -> Call | None:
    """The call that checks a payload without changing anything, for a new object or for that of the id; None where the
    kind has none."""
    path = kind.endpoint.validate
    if path is None:
        return None
    if object_id is None:
        return Call("POST", path, path, body=kind.endpoint.wire.wrap(payload, None))
    template = f"{kind.endpoint.item}/validate"
    filled = _filled(kind, template, {**payload, "id": object_id})
    return Call("POST", filled, template, body=kind.endpoint.wire.wrap(payload, object_id))


def asking(template: str, query: Query = (), **parts: str) -> Call:
    """Reads something that is of no kind; `parts` fill in what the path names in braces."""
    return Call("GET", template.format(**{name: quote(part, safe="") for name, part in parts.items()}), template, query)


def _filled(kind: Kind, path: str, known: Mapping[str, Json]) -> str:
    """The path with what it names in braces filled in. Raises UsageError for what cannot be a part of a path: it would
    make another call of this one."""
    return FIELD.sub(lambda match: _checked(kind, str(known.get(match[1], ""))), path)


def _checked(kind: Kind, part: str) -> str:
    if not ID.fullmatch(part):
        raise UsageError(f"{part!r} is no id of a {kind.name}; ids hold letters, digits, '-', '_' and '.'")
    return part
