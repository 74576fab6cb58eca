"""Synthetic tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import orjson

from ddops.sandbox import ids, people
from ddops.sandbox.exchange import Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.kinds import monitor
from ddops.sandbox.rules.json_patch import patched
from ddops.sandbox.rules.synthetics_body import STATUSES, TYPES, check, completed, count, played
from ddops.sandbox.rules.synthetics_monitor import monitor_of
from ddops.sandbox.store import Row

KIND = "synthetics_test"
TESTS = "/api/v1/synthetics/tests"
# The limits of these calls are not recorded.
READ = Bucket("synthetics_get_tests", 1000, 60)
WRITE = Bucket("synthetics_write_tests", 500, 60)
DEFAULT_PAGE_SIZE = 100
DEFAULT_FOUND = 50
# Which fields each answer leaves out (recorded).
NOT_IN_READ = frozenset({"created_by", "modified_by", "org_id", "deleted_at", "stepCount", "overall_state"})
STEPS = frozenset({"steps"})


def create(request: Request, type: str) -> Answer:
    """`POST /api/v1/synthetics/tests/{type}`."""
    fields = request.fields()
    check(fields, type)
    now, id = request.org.now(), ids.synthetics_id(request.org)
    body = _completed(request, fields, type, id, None) | _signed(request, id, now, now)
    body["monitor_id"] = monitor.add_hidden(request, monitor_of(body))
    request.org.add(KIND, id, orjson.dumps(body), _listed(body), now)
    request.org.set_uses(KIND, id, _uses(body))
    if type != "api" and not body["steps"]:
        del body["steps"]
    return answer(body | {"deleted_at": None})


def update(request: Request, type: str) -> Answer:
    """`PUT /api/v1/synthetics/tests/{type}/{id}`: the whole test."""
    row = _existing(request, type)
    fields = request.fields()
    check(fields, type)
    return _replace(request, row, fields)


def patch(request: Request) -> Answer:
    """`PATCH /api/v1/synthetics/tests/{id}`: a list of operations (JSON patch)."""
    row = _existing(request)
    before = row.load()
    operations = request.fields().get("data")
    after = patched(before, operations) if isinstance(operations, list) else None
    if not isinstance(after, dict):
        refuse(400, "Value of parameter 'data' is invalid")
    check(after, before["type"])
    return _replace(request, row, after)


def _replace(request: Request, row: Row, fields: Json) -> Answer:
    before, now = row.load(), request.org.now()
    body = _completed(request, fields, before["type"], row.id, before) | _signed(request, row.id, row.created, now)
    body["monitor_id"] = before["monitor_id"]
    monitor.replace_hidden(request, body["monitor_id"], monitor_of(body))
    request.org.replace(KIND, row.id, orjson.dumps(body), _listed(body), now)
    request.org.set_uses(KIND, row.id, _uses(body))
    if body["type"] == "mobile" and not body["steps"]:
        del body["steps"]
    return answer(_with_subtests(request, body) | {"overall_state": 2, "overall_state_modified": None})


def get(request: Request, type: str | None) -> Answer:
    """`GET /api/v1/synthetics/tests/{type}/{id}`; without a type the steps of a browser test are left out."""
    body = _existing(request, type).load()
    return answer(_read(body, frozenset() if type else STEPS))


def list_all(request: Request) -> Answer:
    """`GET /api/v1/synthetics/tests`: in pages that count from 0, without the steps of browser tests."""
    size = request.number("page_size") or DEFAULT_PAGE_SIZE
    offset = (request.number("page_number") or 0) * size
    rows = request.org.listed(KIND, limit=size, offset=offset)
    return answer({"tests": [orjson.loads(row) for row in rows]})


def search(request: Request) -> Answer:
    """`GET /api/v1/synthetics/tests/search`: every word of `text` stands in a name or is a tag (`tag:env:prod`)."""
    words = request.query.get("text", "").split()
    found = [test for test in map(orjson.loads, request.org.listed(KIND)) if all(_has(test, word) for word in words)]
    start = request.number("start") or 0
    shown = found[start : start + (request.number("count") or DEFAULT_FOUND)]
    tests = [] if request.flag("facets_only") else shown
    if not request.flag("include_full_config"):
        tests = [{name: value for name, value in test.items() if name != "config"} for test in tests]
    return answer({"facets": [], "tests": tests, "total": len(found)})


def set_status(request: Request) -> Answer:
    """`PUT /api/v1/synthetics/tests/{id}/status`."""
    row = _existing(request)
    status = request.fields().get("new_status")
    if status not in STATUSES:
        refuse(400, f"Value of parameter 'new_status' should be any of these {[*STATUSES]}")
    now = request.org.now()
    body = row.load() | {"status": status, "modified_at": people.iso(now)}
    monitor.replace_hidden(request, body["monitor_id"], monitor_of(body))
    request.org.replace(KIND, row.id, orjson.dumps(body), _listed(body), now)
    return answer(True)


def delete(request: Request) -> Answer:
    """`POST /api/v1/synthetics/tests/delete`: by a list of ids, with the tests' monitors."""
    fields = request.fields()
    wanted = fields.get("public_ids")
    if not isinstance(wanted, list) or not all(isinstance(id, str) for id in wanted):
        refuse(400, "Required parameter 'public_ids' is missing")
    if not wanted:
        refuse(400, "Minimum number of elements in parameter 'public_ids' should be 1")
    rows = [_find(request, id) for id in dict.fromkeys(wanted)]
    if fields.get("force_delete_dependencies") is not True:
        for row in rows:
            _check_unused(request, row, wanted)
    now = request.org.now()
    for row in rows:
        monitor.remove_hidden(request, row.load()["monitor_id"])
        request.org.mark_deleted(KIND, row.id, now)
    return answer({"deleted_tests": [{"public_id": row.id, "deleted_at": people.iso(now)} for row in rows]})


def _check_unused(request: Request, row: Row, together: list[str]) -> None:
    """That a test in use needs `force_delete_dependencies` is the client's documentation; no recording shows such a
    refusal, so its status and its words are the sandbox's own."""
    tests = [user.id for kind, user in request.org.users(KIND, row.id) if kind == KIND and user.id not in together]
    monitors = request.org.users(monitor.KIND, str(row.load()["monitor_id"]))
    if tests or monitors:
        named = ", ".join([*tests, *(user.id for _, user in monitors)])
        refuse(400, f"Test cannot be deleted as it's used elsewhere: [{row.id}] is used in [{named}]")


def _completed(request: Request, fields: Json, type: str, id: str, before: Json | None) -> Json:
    new_id = ids.synthetics_step_ids(request.org, f"{id}/{request.org.now()}")
    place = "api-upload-file" if type == "api" else "browser-upload-file-step"
    body = completed(
        fields, type, before, new_id, lambda: f"{place}/{id}/{people.iso(request.org.now())}_{new_id()}.json"
    )
    if any(_test(request, other) is None for other in played(body)):
        refuse(400, "Invalid steps data: subtest id")
    if type != "api":
        body["stepCount"] = count(body, lambda other: _test(request, other))
    return body


def _test(request: Request, id: str) -> Json | None:
    row = request.org.get(KIND, id)
    return row.load() if row is not None else None


def _signed(request: Request, id: str, created: float, modified: float) -> Json:
    return {
        "public_id": id,
        "org_id": request.org.number,
        "created_at": people.iso(created),
        "modified_at": people.iso(modified),
        "created_by": people.slo_creator(),
        "modified_by": people.slo_creator(),
    }


def _read(body: Json, without: frozenset[str]) -> Json:
    shown = {name: value for name, value in body.items() if name not in NOT_IN_READ | without}
    options = {name: value for name, value in body["options"].items() if name != "bits_ai_auto_investigate"}
    return shown | {"options": options, "creator": people.slo_creator()}


def _listed(body: Json) -> bytes:
    return orjson.dumps(_read(body, STEPS))


def _with_subtests(request: Request, body: Json) -> Json:
    """The answer to an update holds the tests that an API test plays (recorded)."""
    steps = [
        step | {"subtest": _read(test, STEPS)}
        if (id := step.get("subtestPublicId")) and (test := _test(request, id))
        else step
        for step in body["config"].get("steps") or ()
    ]
    return body | {"config": body["config"] | {"steps": steps}} if steps else body


def _uses(body: Json) -> list[tuple[str, str]]:
    return [(KIND, id) for id in played(body)]


def _has(test: Json, word: str) -> bool:
    if word.startswith("tag:"):
        return word.removeprefix("tag:") in test["tags"]
    return word.lower() in test["name"].lower()


def _existing(request: Request, type: str | None = None) -> Row:
    row = _find(request, request.path["id"])
    if type is not None and row.load()["type"] != type:
        refuse(404, "Synthetics test not found")
    return row


def _find(request: Request, id: str) -> Row:
    row = request.org.get(KIND, id)
    if row is None:
        refuse(404, "Synthetics test not found")
    return row


def _of_type(type: str) -> list[Route]:
    calls: list[tuple[str, str, Bucket, Callable[..., Answer]]] = [
        ("POST", f"{TESTS}/{type}", WRITE, create),
        ("PUT", f"{TESTS}/{type}/{{id}}", WRITE, update),
        ("GET", f"{TESTS}/{type}/{{id}}", READ, get),
    ]
    return [Route(method, path, bucket, partial(handle, type=type)) for method, path, bucket, handle in calls]


ROUTES = (
    Route("GET", TESTS, READ, list_all),
    Route("GET", f"{TESTS}/search", READ, search),
    Route("POST", f"{TESTS}/delete", WRITE, delete),
    *(route for type in TYPES for route in _of_type(type)),
    Route("PUT", f"{TESTS}/{{id}}/status", WRITE, set_status),
    Route("PATCH", f"{TESTS}/{{id}}", WRITE, patch),
    Route("GET", f"{TESTS}/{{id}}", READ, partial(get, type=None)),
)
