"""Dashboards: stored and returned as sent, but for ids and a few filled-in fields."""

from __future__ import annotations

from typing import Any

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, joined, refuse
from ddops.sandbox.ids import dashboard_id, widget_ids
from ddops.sandbox.rules.dashboard_body import (
    check,
    filled_in,
    slug,
    used_slos,
    with_tab_ids,
    with_widget_ids,
)
from ddops.sandbox.store import Row

KIND = "dashboard"
# No source tells the limits of dashboard calls; these are those of monitors.
READ = Bucket("get_dashboards", 3000, 10)
WRITE = Bucket("write_dashboards", 500, 10)
# The list shows these and neither widgets nor tags.
SUMMARY = (
    *("id", "title", "description", "layout_type", "url"),
    *("created_at", "modified_at", "author_handle"),
)
# Lists of people come back sorted (recorded, `notify_list`).
SORTED = ("notify_list",)


def create(request: Request) -> Answer:
    """`POST /api/v1/dashboard`."""
    fields = request.fields()
    check(fields)
    now, id = request.org.now(), dashboard_id(request.org)
    body = _complete(request, filled_in(fields), id, created=now, modified=now)
    encoded = orjson.dumps(body)
    request.org.add(KIND, id, encoded, _summary(body), now)
    request.org.set_uses(KIND, id, (("slo", slo) for slo in used_slos(body["widgets"])))
    return Answer(200, encoded)


def update(request: Request) -> Answer:
    """`PUT /api/v1/dashboard/{id}`: the whole object; what is not sent is cleared."""
    row = _existing(request)
    fields = request.fields()
    check(fields)
    before = row.load()
    if fields["layout_type"] != before["layout_type"]:
        refuse(400, "'layout_type' cannot be changed")
    now = request.org.now()
    body = _complete(request, filled_in(fields, before), row.id, created=row.created, modified=now)
    encoded = orjson.dumps(body)
    request.org.replace(KIND, row.id, encoded, _summary(body), now)
    request.org.set_uses(KIND, row.id, (("slo", slo) for slo in used_slos(body["widgets"])))
    return Answer(200, encoded)


def get(request: Request) -> Answer:
    """`GET /api/v1/dashboard/{id}`."""
    return Answer(200, _existing(request).body)


def delete(request: Request) -> Answer:
    """`DELETE /api/v1/dashboard/{id}`."""
    row = _existing(request)
    _delete(request, row)
    return answer({"deleted_dashboard_id": row.id})


def list_all(request: Request) -> Answer:
    """`GET /api/v1/dashboard`: summaries; all of them unless `count` is given (recorded)."""
    # Nothing is ever shared here, so a list of what is shared is empty.
    if request.flag("filter[shared]"):
        return joined([], b'{"dashboards":[', b"]}")
    summaries = request.org.listed(
        KIND,
        limit=request.number("count") or -1,
        offset=request.number("start") or 0,
        deleted=request.flag("filter[deleted]"),
    )
    return joined(summaries, b'{"dashboards":[', b"]}")


def delete_many(request: Request) -> Answer:
    """`DELETE /api/v1/dashboard`: all of those named, or none."""
    for row in _named(request, deleted=False):
        _delete(request, row)
    return NO_CONTENT


def restore_many(request: Request) -> Answer:
    """`PATCH /api/v1/dashboard`: brings deleted dashboards back."""
    for row in _named(request, deleted=True):
        request.org.mark_deleted(KIND, row.id, None, _summary(row.load()))
    return NO_CONTENT


def _complete(request: Request, body: Json, id: str, *, created: float, modified: float) -> Json:
    body |= {name: sorted(body[name]) for name in SORTED if body.get(name)}
    body["widgets"] = with_widget_ids(body["widgets"], widget_ids(request.org, f"{id}/{modified}"))
    if body.get("tabs"):
        body["tabs"] = with_tab_ids(body["tabs"], body["widgets"])
    return body | {
        "id": id,
        "url": f"/dashboard/{id}/{slug(body['title'])}",
        "author_handle": people.HANDLE,
        "author_name": people.NAME,
        "created_at": people.iso(created),
        "modified_at": people.iso(modified),
    }


def _summary(body: Json, deleted: float | None = None) -> bytes:
    deleted_at = None if deleted is None else people.iso(deleted)
    summary = {name: body[name] for name in SUMMARY}
    return orjson.dumps(summary | {"is_read_only": body.get("is_read_only") or False, "deleted_at": deleted_at})


def _delete(request: Request, row: Row) -> None:
    now = request.org.now()
    request.org.mark_deleted(KIND, row.id, now, _summary(row.load(), now))


def _existing(request: Request) -> Row:
    return _find(request, request.path["id"])


def _find(request: Request, id: str, *, deleted: bool = False) -> Row:
    row = request.org.get(KIND, id, deleted=deleted)
    if row is None:
        refuse(404, f"Dashboard with ID {id} not found")
    return row


def _named(request: Request, *, deleted: bool) -> list[Row]:
    items: Any = request.fields().get("data")
    if not isinstance(items, list) or not items or not all(isinstance(i, dict) and "id" in i for i in items):
        refuse(400, "'data' is invalid")
    return [_find(request, str(item["id"]), deleted=deleted) for item in items]


ROUTES = (
    Route("POST", "/api/v1/dashboard", WRITE, create),
    Route("GET", "/api/v1/dashboard", READ, list_all),
    Route("DELETE", "/api/v1/dashboard", WRITE, delete_many),
    Route("PATCH", "/api/v1/dashboard", WRITE, restore_many),
    Route("GET", "/api/v1/dashboard/{id}", READ, get),
    Route("PUT", "/api/v1/dashboard/{id}", WRITE, update),
    Route("DELETE", "/api/v1/dashboard/{id}", WRITE, delete),
)
