"""Monitors."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import Answer, Bucket, Json, Request, Route, answer, joined, refuse
from ddops.sandbox.ids import monitor_id
from ddops.sandbox.rules.monitor_body import assets_of, checked
from ddops.sandbox.rules.monitor_policy_body import check_monitor
from ddops.sandbox.rules.monitor_query import Query
from ddops.sandbox.rules.monitor_search import filters_of
from ddops.sandbox.rules.monitor_thresholds import check_burn_rate
from ddops.sandbox.store import Row

KIND = "monitor"
POST = Bucket("post_monitors", 500, 10)
PUT = Bucket("put_monitors", 500, 10)
DELETE = Bucket("delete_monitors", 500, 10)
GET = Bucket("get_monitors", 3000, 10)
# Of the list only the calls per period are recorded, of deletes and validations nothing.
LIST = Bucket("list_monitors", 1000, 10)
CAN_DELETE = Bucket("can_delete", 12000, 60)
VALIDATE = Bucket("validate_monitors", 3000, 10)
DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 100, 1000
GROUP_STATES = frozenset({"all", "alert", "warn", "no data", "ok", "ignored", "skipped", "unknown"})
# Which fields each answer leaves out (recorded, newest traffic).
NOT_IN_PUT = ("creator",)
NOT_IN_GET = ("assets", "restriction_policy")
# How the kinds that can refer to a monitor are named where a deletion is refused, and the recorded status of that.
USERS = {"slo": ("slos", 401), "monitor": ("composite monitors", 400)}


def create(request: Request) -> Answer:
    """`POST /api/v1/monitor`."""
    body, query = checked(request.fields())
    check_monitor(request.org, body["tags"])
    _check_parts(request, query)
    fingerprint = _fingerprint(body)
    if (twin := request.org.duplicate(KIND, fingerprint)) is not None:
        refuse(400, f"Duplicate of an existing monitor_id:{twin} org_id:{request.org.number}")
    now, id = request.org.now(), monitor_id(request.org)
    full = _signed(request, body, id, now, now)
    request.org.add(KIND, str(id), orjson.dumps(full), _listed(full), now, fingerprint)
    request.org.set_uses(KIND, str(id), _uses(query))
    return answer(full)


def update(request: Request) -> Answer:
    """`PUT /api/v1/monitor/{id}`."""
    row = _existing(request)
    body, query = checked(request.fields(), row.load())
    check_monitor(request.org, body["tags"])
    _check_parts(request, query)
    now = request.org.now()
    full = _signed(request, body, int(row.id), row.created, now)
    request.org.replace(KIND, row.id, orjson.dumps(full), _listed(full), now, _fingerprint(full))
    request.org.set_uses(KIND, row.id, _uses(query))
    return answer(_without(full, NOT_IN_PUT))


def get(request: Request) -> Answer:
    """`GET /api/v1/monitor/{id}`."""
    full = _existing(request).load()
    body = _without(full, NOT_IN_GET)
    if request.flag("with_assets"):
        body["assets"] = [_without(asset, ("monitor_id",)) for asset in full["assets"]]
    if request.flag("with_restriction_policy"):
        body["restriction_policy"] = full["restriction_policy"]
    if request.query.get("with_restricted_roles") == "false":
        del body["restricted_roles"]
    if request.flag("with_downtimes"):
        body["matching_downtimes"] = []
    if _group_states(request):
        body["state"] = {"groups": {}}
    return answer(body)


def list_all(request: Request) -> Answer:
    """`GET /api/v1/monitor`: everything at once, unless `page` or `id_offset` is given."""
    states = _group_states(request)
    size = min(request.number("page_size") or DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
    page, after = request.number("page"), request.number("id_offset")
    paged = page is not None or after is not None or "page_size" in request.query
    limit, offset = (size, (page or 0) * size) if paged else (-1, 0)
    accepts = filters_of(request.query)
    if not accepts and not states:
        return joined(request.org.listed(KIND, limit=limit, offset=offset, after=after))
    bodies = [orjson.loads(body) for body in request.org.listed(KIND, after=after)]
    found = [body for body in bodies if all(accept(body) for accept in accepts)]
    shown = found[offset : offset + limit] if paged else found
    return answer([body | {"state": {"groups": {}}} for body in shown] if states else shown)


def delete(request: Request) -> Answer:
    """`DELETE /api/v1/monitor/{id}`; refused where an SLO or a composite refers to it, unless forced."""
    row = _existing(request)
    if not request.flag("force") and (reasons := _reasons(request, row)):
        status = min(status for status, _ in reasons)
        refuse(status, *(text for _, text in reasons))
    request.org.mark_deleted(KIND, row.id, request.org.now())
    return answer({"deleted_monitor_id": int(row.id)})


def can_delete(request: Request) -> Answer:
    """`GET /api/v1/monitor/can_delete?monitor_ids=1,2`."""
    ids = [id.strip() for id in request.query.get("monitor_ids", "").split(",") if id.strip()]
    if not ids:
        refuse(400, "The parameter 'monitor_ids' is required")
    errors = {id: [text for _, text in found] for id in ids if (found := _reasons(request, _find(request, id)))}
    free = [int(id) for id in ids if id not in errors]
    return answer({"data": {"ok": free}, "errors": errors or None}, 409 if errors else 200)


def validate(request: Request) -> Answer:
    """`POST /api/v1/monitor/validate`."""
    _, query = checked(request.fields())
    _check_parts(request, query)
    return answer({})


def validate_existing(request: Request) -> Answer:
    """`POST /api/v1/monitor/{id}/validate`: whether an edit would do."""
    _, query = checked(request.fields(), _existing(request).load())
    _check_parts(request, query)
    return answer({})


def add_hidden(request: Request, body: Json) -> int:
    """Stores the monitor that Datadog keeps for a synthetic test, and gives its id. It is listed and can be part of a
    composite like any other (recorded)."""
    now, id = request.org.now(), monitor_id(request.org)
    full = _signed(request, body, id, now, now)
    request.org.add(KIND, str(id), orjson.dumps(full), _listed(full), now)
    return id


def replace_hidden(request: Request, id: int, body: Json) -> None:
    """The same after an update of its test."""
    row = request.org.get(KIND, str(id))
    if row is not None:
        now = request.org.now()
        full = _signed(request, body, id, row.created, now)
        request.org.replace(KIND, row.id, orjson.dumps(full), _listed(full), now)


def remove_hidden(request: Request, id: int) -> None:
    """It goes with its test."""
    request.org.mark_deleted(KIND, str(id), request.org.now())


def _signed(request: Request, body: Json, id: int, created: float, modified: float) -> Json:
    return body | {
        "id": id,
        "org_id": request.org.number,
        "assets": assets_of(id, body["assets"]),
        "creator": people.monitor_creator(),
        "created": people.iso(created),
        # Milliseconds, but of a time rounded to whole seconds (recorded).
        "created_at": round(created) * 1000,
        "modified": people.iso(modified),
        "deleted": None,
        "overall_state": "No Data",
        "overall_state_modified": None,
    }


def _listed(full: Json) -> bytes:
    return orjson.dumps(_without(full, NOT_IN_GET) | {"matching_downtimes": []})


def _without(body: Json, names: tuple[str, ...]) -> Json:
    return {name: value for name, value in body.items() if name not in names}


def _fingerprint(body: Json) -> str:
    """Equal for monitors that the API takes for duplicates: the same name, query and message."""
    return sha256(orjson.dumps([body["name"], body["query"], body["message"]])).hexdigest()


def _uses(query: Query) -> Iterator[tuple[str, str]]:
    yield from (("monitor", id) for id in query.monitors)
    yield from (("slo", id) for id in query.slos)


def _check_parts(request: Request, query: Query) -> None:
    """The parts of a composite exist and are not composites themselves; a burn rate fits its SLO."""
    parts = [request.org.get(KIND, id) for id in query.monitors]
    if any(part is None or part.load()["type"] == "composite" for part in parts):
        refuse(400, "Some monitor IDs are invalid")
    slos = [row for row in (request.org.get("slo", id) for id in query.slos) if row is not None]
    for threshold in (threshold for slo in slos for threshold in slo.load()["thresholds"]):
        if query.threshold is not None and threshold["timeframe"] == query.burn_rate_over:
            check_burn_rate(query.threshold, threshold["target"])


def _reasons(request: Request, row: Row) -> list[tuple[int, str]]:
    """Why a monitor cannot be deleted, as (status, text)."""
    name = row.load()["name"]
    reasons = []
    for kind, (words, status) in USERS.items():
        users = [user for user_kind, user in request.org.users(KIND, row.id) if user_kind == kind]
        if users:
            named = ", ".join(f"{user.id},{user.load()['name']}" for user in users)
            reasons.append((status, f"monitor [{row.id},{name}] is referenced in {words}: [{named}]"))
    return reasons


def _group_states(request: Request) -> list[str]:
    states = [state.strip() for state in request.query.get("group_states", "").split(",") if state.strip()]
    if not GROUP_STATES.issuperset(states):
        refuse(400, "Invalid group_state filters.")
    return states


def _existing(request: Request) -> Row:
    return _find(request, request.path["id"])


def _find(request: Request, id: str) -> Row:
    row: Row | None = request.org.get(KIND, id)
    if row is None:
        refuse(404, "Monitor not found")
    return row


ROUTES: tuple[Route, ...] = (
    Route("POST", "/api/v1/monitor", POST, create),
    Route("GET", "/api/v1/monitor", LIST, list_all),
    Route("GET", "/api/v1/monitor/can_delete", CAN_DELETE, can_delete),
    Route("POST", "/api/v1/monitor/validate", VALIDATE, validate),
    Route("POST", "/api/v1/monitor/{id}/validate", VALIDATE, validate_existing),
    Route("GET", "/api/v1/monitor/{id}", GET, get),
    Route("PUT", "/api/v1/monitor/{id}", PUT, update),
    Route("DELETE", "/api/v1/monitor/{id}", DELETE, delete),
)
