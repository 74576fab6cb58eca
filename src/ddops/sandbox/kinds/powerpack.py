"""Powerpacks (API v2)."""

from __future__ import annotations

from uuid import UUID

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.ids import uuid, widget_ids
from ddops.sandbox.rules.powerpack_body import TYPE, attributes_of, completed
from ddops.sandbox.store import Row

KIND = "powerpack"
PATH = "/api/v2/powerpacks"
# No source tells the limits of these calls; these are those of dashboards.
READ = Bucket("get_powerpacks", 3000, 10)
WRITE = Bucket("write_powerpacks", 500, 10)
DEFAULT_LIMIT = 25


def create(request: Request) -> Answer:
    """`POST /api/v2/powerpacks`."""
    attributes, now, id = attributes_of(request.fields()), request.org.now(), uuid(request.org, KIND)
    body = _resource(id, completed(attributes, widget_ids(request.org, f"{id}/{now}")))
    request.org.add(KIND, id, orjson.dumps(body), orjson.dumps(body), now)
    return _answered(body)


def update(request: Request) -> Answer:
    """`PATCH /api/v2/powerpacks/{id}`: what is not sent stays (a PATCH that is accepted was not recorded)."""
    row = _existing(request)
    attributes, now = attributes_of(request.fields()), request.org.now()
    whole = row.load()["attributes"] | attributes
    body = _resource(row.id, completed(whole, widget_ids(request.org, f"{row.id}/{now}")))
    request.org.replace(KIND, row.id, orjson.dumps(body), orjson.dumps(body), now)
    return _answered(body)


def get(request: Request) -> Answer:
    """`GET /api/v2/powerpacks/{id}`."""
    return _answered(_existing(request).load())


def delete(request: Request) -> Answer:
    """`DELETE /api/v2/powerpacks/{id}`."""
    request.org.mark_deleted(KIND, _existing(request).id, request.org.now())
    return NO_CONTENT


def list_all(request: Request) -> Answer:
    """`GET /api/v2/powerpacks`: in pages, of which the last one names a next one as well (recorded)."""
    limit = request.number("page[limit]") or DEFAULT_LIMIT
    offset = request.number("page[offset]") or 0
    found = [orjson.loads(body) for body in request.org.listed(KIND, limit=limit, offset=offset)]
    before = max(offset - limit, 0) if offset else None
    pagination = {
        "type": "offset_limit",
        "offset": offset,
        "limit": limit,
        "first_offset": 0,
        "prev_offset": before,
        "next_offset": offset + limit,
        "last_offset": None,
    }
    links = {
        "self": f"{PATH}?page[offset]={offset}&page[limit]={limit}",
        "first": f"{PATH}?page[offset]=0&page[limit]={limit}",
        "prev": None if before is None else f"{PATH}?page[offset]={before}&page[limit]={limit}",
        "next": f"{PATH}?page[offset]={offset + limit}&page[limit]={limit}",
        "last": None,
    }
    included = [people.included_user()] if found else []
    return answer({"data": found, "included": included, "links": links, "meta": {"pagination": pagination}})


def _resource(id: str, attributes: Json) -> Json:
    return {"type": TYPE, "id": id, "attributes": attributes, "relationships": people.authored()}


def _answered(body: Json) -> Answer:
    return answer({"data": body, "included": [people.included_user()]})


def _existing(request: Request) -> Row:
    id = request.path["id"]
    try:
        UUID(id)
    except ValueError:
        refuse(404, f"Powerpack has invalid UUID {id} not found")
    row = request.org.get(KIND, id)
    if row is None:
        refuse(404, f"Powerpack with ID {id} not found")
    return row


ROUTES = (
    Route("POST", PATH, WRITE, create),
    Route("GET", PATH, READ, list_all),
    Route("GET", f"{PATH}/{{id}}", READ, get),
    Route("PATCH", f"{PATH}/{{id}}", WRITE, update),
    Route("DELETE", f"{PATH}/{{id}}", WRITE, delete),
)
