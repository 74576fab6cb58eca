"""Dashboard lists: version 1 of the API has the lists, version 2 what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ddops.sandbox import people
from ddops.sandbox.exchange import Answer, Bucket, Json, Request, Route, answer, refuse
from ddops.sandbox.ids import list_id
from ddops.sandbox.store import Row

KIND = "dashboard_list"
# No source tells the limits of these calls; these are those of dashboards.
READ = Bucket("get_dashboard_lists", 3000, 10)
WRITE = Bucket("write_dashboard_lists", 500, 10)
# How a dashboard is called here, by its layout_type; an item is found by its id and type together.
TYPES = {"ordered": "custom_timeboard", "free": "custom_screenboard"}
# Those of integrations and hosts, of which the sandbox has none.
FOREIGN_TYPES = ("integration_timeboard", "integration_screenboard", "host_timeboard")


def create(request: Request) -> Answer:
    """`POST /api/v1/dashboard/lists/manual`: names need not be unique."""
    now, id = request.org.now(), list_id(request.org)
    _save(request, {"id": id, "name": _name(request), "created": people.iso(now), "items": []}, now, is_new=True)
    return answer(_shown(request, _find(request, str(id))))


def update(request: Request) -> Answer:
    """`PUT /api/v1/dashboard/lists/manual/{id}`: its name; what is in it stays (recorded)."""
    row, name = _existing(request), _name(request)
    if row.load()["name"] != name:  # one that says nothing new leaves the time of the last change (recorded)
        _save(request, row.load() | {"name": name}, request.org.now())
    return answer(_shown(request, _existing(request)))


def get(request: Request) -> Answer:
    """`GET /api/v1/dashboard/lists/manual/{id}`."""
    return answer(_shown(request, _existing(request)))


def list_all(request: Request) -> Answer:
    """`GET /api/v1/dashboard/lists/manual`: all of them, by name."""
    rows = [_find(request, str(orjson.loads(body)["id"])) for body in request.org.listed(KIND)]
    lists = sorted((_shown(request, row) for row in rows), key=lambda body: body["name"].lower())
    return answer({"dashboard_lists": lists})


def delete(request: Request) -> Answer:
    """`DELETE /api/v1/dashboard/lists/manual/{id}`."""
    row = _existing(request)
    request.org.mark_deleted(KIND, row.id, request.org.now())
    return answer({"deleted_dashboard_list_id": int(row.id)})


def get_items(request: Request) -> Answer:
    """`GET /api/v2/dashboard/lists/manual/{id}/dashboards`."""
    shown = [_summary(item, row) for item, row in _items(request, _existing(request))]
    return answer({"dashboards": shown, "total": len(shown)})


def add_items(request: Request) -> Answer:
    """`POST …/dashboards`: answers what was not in the list before."""
    row = _existing(request)
    before = row.load()["items"]
    added = [item for item in _found(request) if item not in before]
    _save(request, row.load() | {"items": [*before, *added]}, request.org.now())
    return answer({"added_dashboards_to_list": added})


def replace_items(request: Request) -> Answer:
    """`PUT …/dashboards`: all of them."""
    row, items = _existing(request), _found(request)
    _save(request, row.load() | {"items": items}, request.org.now())
    return answer({"dashboards": items})


def delete_items(request: Request) -> Answer:
    """`DELETE …/dashboards`: answers what was in the list (recorded: one that is gone already is no error)."""
    row = _existing(request)
    before, sent = row.load()["items"], _sent(request)
    _save(request, row.load() | {"items": [item for item in before if item not in sent]}, request.org.now())
    return answer({"deleted_dashboards_from_list": [item for item in sent if item in before]})


def _name(request: Request) -> str:
    name = request.fields().get("name")
    if not isinstance(name, str) or not name.strip():
        refuse(400, "The parameter 'name' is required")
    return name


def _sent(request: Request) -> list[Json]:
    items: Any = request.fields().get("dashboards")
    if not isinstance(items, list):
        refuse(400, "The parameter 'dashboards' is required")
    if not all(isinstance(item, dict) and item.keys() >= {"id", "type"} for item in items):
        refuse(400, "'dashboards' is invalid")
    return [{"id": str(item["id"]), "type": item["type"]} for item in items]


def _found(request: Request) -> list[Json]:
    """What was sent, each once, without dashboards that are not there under the id and type."""
    sent = list({item["id"]: item for item in _sent(request)}.values())
    return [item for item in sent if item["type"] in FOREIGN_TYPES or _dashboard(request, item) is not None]


def _dashboard(request: Request, item: Json) -> Json | None:
    row = request.org.get("dashboard", item["id"])
    body = row.load() if row is not None else None
    return body if body is not None and TYPES.get(body["layout_type"]) == item["type"] else None


def _items(request: Request, row: Row) -> Iterator[tuple[Json, Json | None]]:
    """The items with their dashboards; one whose dashboard was deleted is gone with it."""
    for item in row.load()["items"]:
        dashboard = _dashboard(request, item)
        if dashboard is not None or item["type"] in FOREIGN_TYPES:
            yield item, dashboard


def _summary(item: Json, dashboard: Json | None) -> Json:
    """What a read tells of a dashboard (recorded)."""
    about = dashboard or {}
    return item | {
        "title": about.get("title", ""),
        "url": about.get("url", ""),
        "author": people.list_author(),
        "created": about.get("created_at"),
        "modified": about.get("modified_at"),
        "icon": None,
        "integration_id": None,
        "is_favorite": False,
        "is_read_only": False,
        "is_shared": False,
        "popularity": 0,
        "tags": about.get("tags") or None,
    }


def _shown(request: Request, row: Row) -> Json:
    """A list as version 1 answers it: without its dashboards, whatever it holds (recorded)."""
    body = row.load()
    return {
        "id": body["id"],
        "name": body["name"],
        "type": "manual_dashboard_list",
        "author": people.list_author(),
        "created": body["created"],
        "modified": people.iso(row.modified),
        "is_favorite": False,
        "dashboard_count": sum(1 for _ in _items(request, row)),
        "dashboards": None,
    }


def _save(request: Request, body: Json, now: float, *, is_new: bool = False) -> None:
    stored = orjson.dumps(body)
    save = request.org.add if is_new else request.org.replace
    save(KIND, str(body["id"]), stored, stored, now)


def _existing(request: Request) -> Row:
    return _find(request, request.path["id"])


def _find(request: Request, id: str) -> Row:
    row = request.org.get(KIND, id)
    if row is None:
        refuse(404, f"Manual Dashboard List with id {id} not found")
    return row


LISTS = "/api/v1/dashboard/lists/manual"
ITEMS = "/api/v2/dashboard/lists/manual/{id}/dashboards"
ROUTES = (
    Route("POST", LISTS, WRITE, create),
    Route("GET", LISTS, READ, list_all),
    Route("GET", f"{LISTS}/{{id}}", READ, get),
    Route("PUT", f"{LISTS}/{{id}}", WRITE, update),
    Route("DELETE", f"{LISTS}/{{id}}", WRITE, delete),
    Route("GET", ITEMS, READ, get_items),
    Route("POST", ITEMS, WRITE, add_items),
    Route("PUT", ITEMS, WRITE, replace_items),
    Route("DELETE", ITEMS, WRITE, delete_items),
)
