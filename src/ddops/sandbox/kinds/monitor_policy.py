"""Monitor configuration policies."""

from __future__ import annotations

import orjson

from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.ids import uuid
from ddops.sandbox.json_api import attributes, resource, sent, uuid_in_path
from ddops.sandbox.rules.monitor_policy_body import KIND, checked
from ddops.sandbox.store import Row

TYPE = "monitor-config-policy"
# The limits of these calls are not recorded.
READ = Bucket("monitor_policy_read", 1000, 10)
WRITE = Bucket("monitor_policy_write", 500, 10)
NOT_FOUND = "Monitor configuration policy not found"
NOT_FOUND_TO_DELETE = "Monitor config policy not found"


def create(request: Request) -> Answer:
    """`POST /api/v2/monitor/policy`."""
    body, now = checked(attributes(request)), request.org.now()
    id = uuid(request.org, KIND)
    stored = orjson.dumps(body)
    request.org.add(KIND, id, stored, stored, now)
    return _shown(id, body)


def update(request: Request) -> Answer:
    """`PATCH /api/v2/monitor/policy/{id}`; the id stands in the body as well."""
    row = _existing(request, NOT_FOUND)
    if sent(request).get("id") != row.id:
        refuse(422, "Policy id in request body does not match id in URL param")
    body = checked(attributes(request))
    stored = orjson.dumps(body)
    request.org.replace(KIND, row.id, stored, stored, request.org.now())
    return _shown(row.id, body)


def get(request: Request) -> Answer:
    """`GET /api/v2/monitor/policy/{id}`."""
    row = _existing(request, NOT_FOUND)
    return _shown(row.id, row.load())


def list_all(request: Request) -> Answer:
    """`GET /api/v2/monitor/policy`: all of them."""
    return answer({"data": [resource(TYPE, row.id, row.load()) for row in request.org.rows(KIND)]})


def delete(request: Request) -> Answer:
    """`DELETE /api/v2/monitor/policy/{id}`."""
    request.org.mark_deleted(KIND, _existing(request, NOT_FOUND_TO_DELETE).id, request.org.now())
    return NO_CONTENT


def _shown(id: str, body: Json) -> Answer:
    return answer({"data": resource(TYPE, id, body)})


def _existing(request: Request, words: str) -> Row:
    row: Row | None = request.org.get(KIND, uuid_in_path(request, "policy_id"))
    if row is None:
        refuse(404, words)
    return row


ROUTES = (
    Route("POST", "/api/v2/monitor/policy", WRITE, create),
    Route("GET", "/api/v2/monitor/policy", READ, list_all),
    Route("GET", "/api/v2/monitor/policy/{id}", READ, get),
    Route("PATCH", "/api/v2/monitor/policy/{id}", WRITE, update),
    Route("DELETE", "/api/v2/monitor/policy/{id}", WRITE, delete),
)
