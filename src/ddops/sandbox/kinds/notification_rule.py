"""Notification rules of monitors."""

from __future__ import annotations

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.ids import uuid
from ddops.sandbox.json_api import attributes, resource, signed, uuid_in_path
from ddops.sandbox.rules.notification_rule_body import checked
from ddops.sandbox.store import Row

KIND = "notification_rule"
TYPE = "monitor-notification-rule"
# The limits of these calls are not recorded.
READ = Bucket("notification_rule_read", 1000, 10)
WRITE = Bucket("notification_rule_write", 500, 10)
DEFAULT_SIZE = 100


def create(request: Request) -> Answer:
    """`POST /api/v2/monitor/notification_rule`."""
    body, now = checked(attributes(request)), request.org.now()
    id = uuid(request.org, KIND)
    body |= {"created_at": people.iso(now), "modified_at": people.iso(now)}
    return _stored(request, id, body, now, is_new=True)


def update(request: Request) -> Answer:
    """`PATCH /api/v2/monitor/notification_rule/{id}`; replaces the whole rule."""
    row, now = _existing(request), request.org.now()
    body = checked(attributes(request))
    body |= {"created_at": people.iso(row.created), "modified_at": people.iso(now)}
    return _stored(request, row.id, body, now, is_new=False)


def get(request: Request) -> Answer:
    """`GET /api/v2/monitor/notification_rule/{id}`."""
    row = _existing(request)
    return answer({"data": resource(TYPE, row.id, row.load())})


def list_all(request: Request) -> Answer:
    """`GET /api/v2/monitor/notification_rule`: in pages of `per_page`, from page 0."""
    size = request.number("per_page") or DEFAULT_SIZE
    first = (request.number("page") or 0) * size
    rows = request.org.rows(KIND, limit=size, offset=first)
    return answer({"data": [resource(TYPE, row.id, row.load()) for row in rows]})


def delete(request: Request) -> Answer:
    """`DELETE /api/v2/monitor/notification_rule/{id}`."""
    request.org.mark_deleted(KIND, _existing(request).id, request.org.now())
    return NO_CONTENT


def _stored(request: Request, id: str, body: Json, now: float, *, is_new: bool) -> Answer:
    write = request.org.add if is_new else request.org.replace
    stored = orjson.dumps(body)
    write(KIND, id, stored, stored, now)
    return answer(signed(resource(TYPE, id, body)))


def _existing(request: Request) -> Row:
    row: Row | None = request.org.get(KIND, uuid_in_path(request, "rule_id"))
    if row is None:
        refuse(404, "Monitor Notification Rule not found")
    return row


ROUTES = (
    Route("POST", "/api/v2/monitor/notification_rule", WRITE, create),
    Route("GET", "/api/v2/monitor/notification_rule", READ, list_all),
    Route("GET", "/api/v2/monitor/notification_rule/{id}", READ, get),
    Route("PATCH", "/api/v2/monitor/notification_rule/{id}", WRITE, update),
    Route("DELETE", "/api/v2/monitor/notification_rule/{id}", WRITE, delete),
)
