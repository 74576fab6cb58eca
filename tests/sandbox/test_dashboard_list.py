from __future__ import annotations

import pytest

LISTS = "/api/v1/dashboard/lists/manual"
BOARD = {"title": "b", "layout_type": "ordered", "widgets": [{"definition": {"type": "note", "content": "x"}}]}


def made(org, name="n"):
    return org.made(LISTS, {"name": name})


def items(listed):
    return f"/api/v2/dashboard/lists/manual/{listed['id']}/dashboards"


@pytest.fixture
def board(org):
    return {"id": org.made("/api/v1/dashboard", BOARD)["id"], "type": "custom_timeboard"}


@pytest.fixture
def screen(org):
    free = {"title": "s", "layout_type": "free", "widgets": []}
    return {"id": org.made("/api/v1/dashboard", free)["id"], "type": "custom_screenboard"}


def test_a_new_list_is_empty(org):
    found = made(org)
    assert isinstance(found["id"], int)
    assert {name: found[name] for name in ("name", "type", "dashboard_count", "dashboards", "is_favorite")} == {
        "name": "n",
        "type": "manual_dashboard_list",
        "dashboard_count": 0,
        "dashboards": None,
        "is_favorite": False,
    }
    assert org.call("GET", f"{LISTS}/{found['id']}") == (200, found)
    assert org.call("GET", items(found)) == (200, {"dashboards": [], "total": 0})


def test_names_need_not_be_unique(org):
    assert made(org)["id"] != made(org)["id"]


def test_all_are_listed_by_name(org):
    for name in ("b", "C", "a"):
        made(org, name)
    status, body = org.call("GET", LISTS)
    assert status == 200
    assert [one["name"] for one in body["dashboard_lists"]] == ["a", "b", "C"]


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": 1}])
def test_a_list_has_a_name(org, body):
    assert org.call("POST", LISTS, body)[0] == 400


def test_an_update_changes_the_name_and_nothing_else(org, board):
    found = made(org)
    org.call("PUT", items(found), {"dashboards": [board]})
    status, body = org.call("PUT", f"{LISTS}/{found['id']}", {"name": "m"})
    assert (status, body["name"], body["dashboard_count"], body["dashboards"]) == (200, "m", 1, None)


def test_dashboards_are_added_replaced_and_taken_out(org, board, screen):
    path = items(made(org))
    assert org.call("POST", path, {"dashboards": [board]}) == (200, {"added_dashboards_to_list": [board]})
    assert org.call("POST", path, {"dashboards": [board, screen]}) == (200, {"added_dashboards_to_list": [screen]})
    assert org.call("PUT", path, {"dashboards": [screen]}) == (200, {"dashboards": [screen]})
    gone = {"deleted_dashboards_from_list": [screen]}
    assert org.call("DELETE", path, {"dashboards": [screen, board]}) == (200, gone)
    assert org.call("GET", path) == (200, {"dashboards": [], "total": 0})


def test_a_read_tells_of_each_dashboard(org, board):
    path = items(made(org))
    org.call("PUT", path, {"dashboards": [board]})
    status, body = org.call("GET", path)
    (shown,) = body["dashboards"]
    assert (status, body["total"]) == (200, 1)
    assert board.items() <= shown.items()
    assert (shown["title"], shown["icon"], shown["is_shared"], shown["popularity"]) == ("b", None, False, 0)


def test_a_dashboard_is_found_by_id_and_type_together(org, board):
    path = items(made(org))
    wrong = [{**board, "type": "custom_screenboard"}, {"id": "aaa-bbb-ccc", "type": "custom_timeboard"}]
    assert org.call("PUT", path, {"dashboards": wrong}) == (200, {"dashboards": []})
    integration = {"id": "7", "type": "integration_timeboard"}
    assert org.call("PUT", path, {"dashboards": [integration]}) == (200, {"dashboards": [integration]})


def test_a_deleted_dashboard_is_in_no_list(org, board):
    found = made(org)
    org.call("PUT", items(found), {"dashboards": [board]})
    assert org.call("DELETE", f"/api/v1/dashboard/{board['id']}")[0] == 200
    assert org.call("GET", items(found))[1]["total"] == 0
    assert org.call("GET", f"{LISTS}/{found['id']}")[1]["dashboard_count"] == 0


def test_a_list_is_deleted_once(org):
    path = f"{LISTS}/{made(org)['id']}"
    assert org.call("DELETE", path) == (200, {"deleted_dashboard_list_id": int(path.rsplit("/", 1)[1])})
    words = f"Manual Dashboard List with id {path.rsplit('/', 1)[1]} not found"
    for method in ("GET", "DELETE"):
        assert org.call(method, path) == (404, {"errors": [words]})
    assert org.call("PUT", path, {"name": "n"}) == (404, {"errors": [words]})


@pytest.mark.parametrize("body", [{}, {"dashboards": {}}, {"dashboards": [{"id": "x"}]}])
def test_items_have_an_id_and_a_type(org, body):
    assert org.call("PUT", items(made(org)), body)[0] == 400
