"""One call of the API."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ddops.errors import UsageError
from ddops.kinds.contract import Body, Kind

Query = Sequence[tuple[str, str]]

ID = re.compile(r"[A-Za-z0-9_-]+")
"""Ids are numbers, hex digits, UUIDs or words joined by `-` (reference: API behaviour, headers and transport)."""


@dataclass(frozen=True, slots=True)
class Call:
    """`path` begins with a slash; `template` is the same with `{id}` in place of an id, by which calls are limited."""

    method: str
    path: str
    template: str
    query: Query = ()
    body: Body | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def limited_as(self) -> str:
        return f"{self.method} {self.template}"


def on_collection(kind: Kind, method: str, *, query: Query = (), body: Body | None = None) -> Call:
    """GET lists the kind's objects, POST creates one."""
    return Call(method, kind.endpoint.collection, kind.endpoint.collection, query, body)


def on_item(kind: Kind, method: str, object_id: str, *, body: Body | None = None) -> Call:
    """GET, PUT or DELETE of one object. Raises UsageError for what cannot be an id: as a part of the path it would make
    another call of this one."""
    if not ID.fullmatch(object_id):
        raise UsageError(f"{object_id!r} is no id of a {kind.name}; ids hold letters, digits, '-' and '_'")
    return Call(method, kind.endpoint.item.format(id=object_id), kind.endpoint.item, body=body)


def on_validation(kind: Kind, body: Body) -> Call | None:
    """The call that checks a payload without creating anything, None where the kind has none."""
    path = kind.endpoint.validate
    return None if path is None else Call("POST", path, path, body=body)
