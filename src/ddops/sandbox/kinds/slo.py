"""Service level objectives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import Answer, Bucket, Json, Request, Route, answer, joined, refuse
from ddops.sandbox.ids import slo_id
from ddops.sandbox.rules.slo_body import as_read, check, completed
from ddops.sandbox.store import Row

KIND = "slo"
GET_ALL = Bucket("slo_get_all", 1000, 10)
GET = Bucket("slo_get", 3000, 10)
CREATE = Bucket("slo_create", 200, 60)
UPDATE = Bucket("slo_update", 200, 60)
DELETE = Bucket("slo_delete", 100, 10)
DEFAULT_LIMIT = 1000
USERS = {"dashboard": "dashboards", "monitor": "monitors"}


def create(request: Request) -> Answer:
    """`POST /api/v1/slo`: answers a list of one."""
    fields = request.fields()
    type = str(fields.get("type"))
    check(fields, type)
    now, id = request.org.now(), slo_id(request.org)
    body = completed(fields, type) | _signed(id, now, now)
    stored = orjson.dumps(as_read(body))
    request.org.add(KIND, id, stored, stored, now)
    request.org.set_uses(KIND, id, _uses(body))
    return answer({"data": [body], "error": None})


def update(request: Request) -> Answer:
    """`PUT /api/v1/slo/{id}`: the whole object; its type stays."""
    row, fields = _existing(request), request.fields()
    type = row.load()["type"]
    check(fields, type)
    now = request.org.now()
    body = completed(fields, type) | _signed(row.id, row.created, now)
    stored = orjson.dumps(as_read(body))
    request.org.replace(KIND, row.id, stored, stored, now)
    request.org.set_uses(KIND, row.id, _uses(body))
    return answer({"data": [body], "error": None})


def get(request: Request) -> Answer:
    """`GET /api/v1/slo/{id}`: answers one object, not a list."""
    row = _existing(request)
    if request.flag("with_configured_alert_ids"):
        alerts = [int(user.id) for kind, user in request.org.users(KIND, row.id) if kind == "monitor"]
        return answer({"data": row.load() | {"configured_alert_ids": alerts}, "error": None})
    return joined([row.body], b'{"data":', b',"error":null}')


def list_all(request: Request) -> Answer:
    """`GET /api/v1/slo`: by `ids`, or by `query`, `tags_query` and `metrics_query` in pages."""
    if ids := request.query.get("ids"):
        rows = [_find(request, id.strip()) for id in ids.split(",")]
        return joined([row.body for row in rows], b'{"data":[', b'],"error":null}')
    limit = request.number("limit") or DEFAULT_LIMIT
    offset = request.number("offset") or 0
    filters = [(test, request.query[name].lower()) for name, test in FILTERS.items() if request.query.get(name)]
    if filters:
        found = [
            body
            for body in request.org.listed(KIND)
            if all(test(orjson.loads(body), wanted) for test, wanted in filters)
        ]
        total, page = len(found), found[offset : offset + limit]
    else:
        total, page = request.org.count(KIND), request.org.listed(KIND, limit=limit, offset=offset)
    # The filtered count is capped by the page size, not by what the page holds (recorded with limit=2 of 3).
    counts = orjson.dumps({"page": {"total_count": total, "total_filtered_count": min(limit, total)}})
    return joined(page, b'{"data":[', b'],"error":null,"metadata":' + counts + b"}")


def delete(request: Request) -> Answer:
    """`DELETE /api/v1/slo/{id}`; 409 where a dashboard or an alert uses it, unless forced."""
    row = _existing(request)
    if not request.flag("force") and (reason := _reason(request, row)):
        return answer({"data": [], "errors": {row.id: reason}}, 409)
    request.org.mark_deleted(KIND, row.id, request.org.now())
    return answer({"data": [row.id], "error": None})


def can_delete(request: Request) -> Answer:
    """`GET /api/v1/slo/can_delete?ids=`."""
    ids = [id.strip() for id in request.query.get("ids", "").split(",") if id.strip()]
    if not ids:
        refuse(400, "The parameter 'ids' is required")
    errors = {id: reason for id in ids if (reason := _reason(request, _find(request, id)))}
    return answer({"data": {"ok": [id for id in ids if id not in errors]}, "errors": errors}, 409 if errors else 200)


def delete_timeframes(request: Request) -> Answer:
    """`POST /api/v1/slo/bulk_delete`: `{id: ["7d", …]}`; an SLO that loses its last target is deleted (documented)."""
    done: dict[str, list[str]] = {"deleted": [], "updated": []}
    for id, timeframes in request.fields().items():
        row, now = _find(request, id), request.org.now()
        body = row.load()
        left = [threshold for threshold in body["thresholds"] if threshold["timeframe"] not in (timeframes or ())]
        if left:
            stored = orjson.dumps(body | {"thresholds": left, "modified_at": int(now)})
            request.org.replace(KIND, id, stored, stored, now)
            done["updated"].append(id)
        else:
            request.org.mark_deleted(KIND, id, now)
            done["deleted"].append(id)
    return answer({"data": done, "errors": []})


def _signed(id: str, created: float, modified: float) -> Json:
    return {
        "id": id,
        "creator": people.slo_creator(),
        "created_at": int(created),
        "modified_at": int(modified),
    }


def _uses(body: Json) -> Iterator[tuple[str, str]]:
    return (("monitor", str(id)) for id in body.get("monitor_ids", ()))


def _reason(request: Request, row: Row) -> str | None:
    users = [(USERS[kind], user.id) for kind, user in request.org.users(KIND, row.id)]
    if not users:
        return None
    return "; ".join(f"SLO {row.id} is referenced in {kind}: [{id}]" for kind, id in users)


def _existing(request: Request) -> Row:
    return _find(request, request.path["id"])


def _find(request: Request, id: str) -> Row:
    row = request.org.get(KIND, id)
    if row is None:
        refuse(404, f"SLO not found: {id} not found")
    return row


def _named(body: Json, wanted: str) -> bool:
    return wanted in body["name"].lower()


def _tagged(body: Json, wanted: str) -> bool:
    tags = [tag.lower() for tag in body["tags"]]
    return all(any(tag == word or tag.startswith(f"{word}:") for tag in tags) for word in wanted.split(","))


def _measured(body: Json, wanted: str) -> bool:
    return any(wanted in text.lower() for text in body.get("query", {}).values())


FILTERS: dict[str, Callable[[Json, str], bool]] = {
    "query": _named,
    "tags_query": _tagged,
    "metrics_query": _measured,
}

ROUTES = (
    Route("POST", "/api/v1/slo", CREATE, create),
    Route("GET", "/api/v1/slo", GET_ALL, list_all),
    Route("GET", "/api/v1/slo/can_delete", GET_ALL, can_delete),
    Route("POST", "/api/v1/slo/bulk_delete", DELETE, delete_timeframes),
    Route("GET", "/api/v1/slo/{id}", GET, get),
    Route("PUT", "/api/v1/slo/{id}", UPDATE, update),
    Route("DELETE", "/api/v1/slo/{id}", DELETE, delete),
)
