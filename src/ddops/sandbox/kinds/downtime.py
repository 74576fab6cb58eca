"""Downtimes, as API v2 has them."""

from __future__ import annotations

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.ids import uuid
from ddops.sandbox.json_api import attributes, resource, signed, uuid_in_path
from ddops.sandbox.rules.downtime_body import as_read, checked, status
from ddops.sandbox.store import Row

KIND = "downtime"
# The limits of these calls are not recorded.
READ = Bucket("downtime_read", 1000, 10)
WRITE = Bucket("downtime_write", 500, 10)
DEFAULT_LIMIT = 30


def create(request: Request) -> Answer:
    """`POST /api/v2/downtime`."""
    sent, now = attributes(request), request.org.now()
    asked = checked(sent, now)
    fingerprint = orjson.dumps(asked | {"schedule": sent.get("schedule")}, option=orjson.OPT_SORT_KEYS).decode()
    if (twin := request.org.duplicate(KIND, fingerprint)) is not None:
        refuse(400, f"The downtime being created is a duplicate of one or more existing downtimes: ['{twin}']")
    id = uuid(request.org, KIND)
    body = asked | {"canceled": None, "created": people.iso(now), "modified": people.iso(now)}
    stored = orjson.dumps(body)
    request.org.add(KIND, id, stored, stored, now, fingerprint)
    return _written(id, body, now)


def update(request: Request) -> Answer:
    """`PATCH /api/v2/downtime/{id}`; what is not sent stays."""
    row, now = _existing(request), request.org.now()
    before = row.load()
    body = before | checked(attributes(request), now, _asked(before)) | {"modified": people.iso(now)}
    stored = orjson.dumps(body)
    request.org.replace(KIND, row.id, stored, stored, now)
    return _written(row.id, body, now)


def get(request: Request) -> Answer:
    """`GET /api/v2/downtime/{id}`; a cancelled one stays readable."""
    row = _existing(request)
    return answer({"data": resource(KIND, row.id, as_read(row.load(), row.id, request.org.now()))})


def list_all(request: Request) -> Answer:
    """`GET /api/v2/downtime`: in pages of `page[limit]` from `page[offset]` on."""
    limit, offset = request.number("page[limit]") or DEFAULT_LIMIT, request.number("page[offset]") or 0
    now, rows = request.org.now(), request.org.rows(KIND)
    if request.flag("current_only"):
        rows = [row for row in rows if status(row.load(), now) == "active"]
    page = [resource(KIND, row.id, as_read(row.load(), row.id, now)) for row in rows[offset : offset + limit]]
    return answer({"data": page, "meta": {"page": {"total_filtered_count": len(rows)}}})


def cancel(request: Request) -> Answer:
    """`DELETE /api/v2/downtime/{id}`; a second time does nothing (recorded)."""
    id = uuid_in_path(request, "downtime_id")
    row = request.org.get(KIND, id)
    if row is None:
        refuse(404, f"Downtime {id} not found")
    body = row.load()
    if body["canceled"] is None:
        now = request.org.now()
        stored = orjson.dumps(body | {"canceled": people.iso(now), "modified": people.iso(now)})
        request.org.replace(KIND, id, stored, stored, now)
    return NO_CONTENT


def matches(request: Request) -> Answer:
    """`GET /api/v2/monitor/{id}/downtime_matches`: what silences a monitor now."""
    id, now = request.path["id"], request.org.now()
    monitor = request.org.get("monitor", id)
    if monitor is None:
        refuse(404, f"Monitor with id {id} not found")
    tags = {"*", *monitor.load()["tags"]}
    found = []
    for row in request.org.rows(KIND):
        body = row.load()
        which = body["monitor_identifier"]
        is_meant = str(which.get("monitor_id")) == id or tags.issuperset(which.get("monitor_tags") or ("\0",))
        if is_meant and status(body, now) == "active":
            times = body["schedule"].get("current_downtime") or body["schedule"]
            shown = {"groups": ["*"], "scope": body["scope"], "start": times["start"], "end": times["end"]}
            found.append(resource("downtime_match", row.id, shown))
    return answer({"data": found, "meta": {"page": {"total_filtered_count": len(found)}}})


def _asked(body: Json) -> Json:
    return {name: value for name, value in body.items() if name not in ("canceled", "created", "modified")}


def _written(id: str, body: Json, now: float) -> Answer:
    monitor = body["monitor_identifier"].get("monitor_id")
    named = None if monitor is None else {"type": "monitors", "id": str(monitor)}
    return answer(signed(resource(KIND, id, as_read(body, id, now)), monitor=named))


def _existing(request: Request) -> Row:
    row: Row | None = request.org.get(KIND, uuid_in_path(request, "downtime_id"))
    if row is None:
        refuse(404, "Downtime not found")
    return row


ROUTES = (
    Route("POST", "/api/v2/downtime", WRITE, create),
    Route("GET", "/api/v2/downtime", READ, list_all),
    Route("GET", "/api/v2/downtime/{id}", READ, get),
    Route("PATCH", "/api/v2/downtime/{id}", WRITE, update),
    Route("DELETE", "/api/v2/downtime/{id}", WRITE, cancel),
    Route("GET", "/api/v2/monitor/{id}/downtime_matches", READ, matches),
)
