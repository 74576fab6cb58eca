"""Entities of the software catalog (API v2, schema v3)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.ids import uuid
from ddops.sandbox.rules.catalog_schema import attributes, read, ref, settled
from ddops.sandbox.store import Row

KIND = "catalog_entity"
PATH = "/api/v2/catalog/entity"
# No source tells the limits of these calls.
READ = Bucket("catalog_entity_get", 3000, 10)
WRITE = Bucket("catalog_entity_write", 500, 10)
DEFAULT_LIMIT = 100


def upsert(request: Request) -> Answer:
    """`POST /api/v2/catalog/entity`: one of the same kind, namespace and name is replaced; 202 (recorded)."""
    entity, raw = read(request.body)
    now, name = request.org.now(), ref(entity)
    id = request.org.duplicate(KIND, name)
    row = request.org.get(KIND, id) if id is not None else None
    found = uuid(request.org, KIND) if row is None else row.id
    created = people.zulu(now if row is None else row.created)
    body: Json = {"id": found, "ref": name, "raw": raw, "schema": settled(entity, created, people.zulu(now))}
    stored = orjson.dumps(body)
    save = request.org.add if row is None else request.org.replace
    save(KIND, found, stored, stored, now, name)
    return answer(_page([body], "schema"), 202)


def list_all(request: Request) -> Answer:
    """`GET /api/v2/catalog/entity`: in pages, by filters; nothing found is an empty list (recorded)."""
    limit = request.number("page[limit]") or DEFAULT_LIMIT
    offset = request.number("page[offset]") or 0
    found = [orjson.loads(body) for body in request.org.listed(KIND)]
    for name, of in FILTERS.items():
        if wanted := request.query.get(name):
            found = [body for body in found if of(body) == wanted]
    more = len(found) > offset + limit
    query = {name: value for name, value in request.query.items() if not name.startswith("page[")}
    links = {"self": _link(query, limit, offset)} | ({"next": _link(query, limit, offset + limit)} if more else {})
    return answer(_page(found[offset : offset + limit], request.query.get("include", "")) | {"links": links})


def delete(request: Request) -> Answer:
    """`DELETE /api/v2/catalog/entity/{id or ref}`."""
    row = _existing(request)
    request.org.mark_deleted(KIND, row.id, request.org.now())
    return NO_CONTENT


def _page(bodies: list[Json], include: str) -> Json:
    kinds = [kind for kind in include.split(",") if kind in INCLUDED]
    included = [_included(kind, body) for body in bodies for kind in kinds]
    data = [_entity(body, kinds) for body in bodies]
    page = {"data": data, "meta": {"count": len(data), "includeCount": len(included)}}
    return page | ({"included": included} if included else {})


def _entity(body: Json, include: list[str]) -> Json:
    managed = body["schema"]["metadata"]["managed"]
    entity = {"id": body["id"], "type": "entity", "attributes": attributes(body["schema"]), "meta": managed}
    types = [INCLUDED[kind][0] for kind in include]
    related = {type: {"data": {"id": body["id"], "type": type}} for type in types}
    return entity | ({"relationships": related} if related else {})


def _included(kind: str, body: Json) -> Json:
    type, of = INCLUDED[kind]
    return {"id": body["id"], "type": type, "attributes": {type: of(body)}}


INCLUDED: Mapping[str, tuple[str, Callable[[Json], Any]]] = {
    "schema": ("schema", lambda body: body["schema"]),
    "raw_schema": ("rawSchema", lambda body: b64encode(body["raw"].encode()).decode()),
}

FILTERS: Mapping[str, Callable[[Json], Any]] = {
    "filter[id]": lambda body: body["id"],
    "filter[ref]": lambda body: body["ref"],
    "filter[name]": lambda body: body["schema"]["metadata"]["name"],
    "filter[kind]": lambda body: body["schema"]["kind"],
    "filter[owner]": lambda body: body["schema"]["metadata"].get("owner"),
}


def _link(query: Mapping[str, str], limit: int, offset: int) -> str:
    parts = {**query, "page[limit]": str(limit), "page[offset]": str(offset)}
    return f"{PATH}?" + "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parts.items())


def _existing(request: Request) -> Row:
    given = request.path["id"] + (f"/{request.path['name']}" if "name" in request.path else "")
    id = request.org.duplicate(KIND, given)
    row = request.org.get(KIND, id if id is not None else given)
    if row is None:
        refuse(404, f"entity {given} not found")
    return row


ROUTES = (
    Route("POST", PATH, WRITE, upsert),
    Route("GET", PATH, READ, list_all),
    Route("DELETE", f"{PATH}/{{id}}", WRITE, delete),
    Route("DELETE", f"{PATH}/{{id}}/{{name}}", WRITE, delete),
)
