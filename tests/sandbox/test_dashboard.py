from __future__ import annotations

import pytest

from ddops.sandbox.rules.dashboard_body import slug

NOTE = {"definition": {"type": "note", "content": "x"}}
GROUP = {"definition": {"type": "group", "layout_type": "ordered", "widgets": [NOTE, NOTE]}}
LAYOUT = {"layout": {"x": 0, "y": 0, "width": 1, "height": 1}}
PATH = "/api/v1/dashboard"


def body(**fields):
    return {"title": "T", "layout_type": "ordered", "widgets": [NOTE]} | fields


def test_a_create_adds_ids_people_times_and_a_few_nulls(org):
    made = org.made(PATH, body(title="My (new) Dashboard_1: a-b", tags=["team:x"]))
    added = {name for name in made if name not in body(tags=[])}
    assert added == {
        *("id", "url", "author_handle", "author_name", "created_at", "modified_at"),
        *("description", "template_variables", "notify_list", "restricted_roles"),
    }
    assert made["url"] == f"/dashboard/{made['id']}/my-new-dashboard1-a-b"
    assert made["created_at"] == made["modified_at"]
    assert org.call("GET", f"{PATH}/{made['id']}") == (200, made)


def test_definitions_come_back_as_sent(org):
    widget = {"definition": {"type": "timeseries", "requests": [{"q": "avg:a{*}"}], "unheard_of": {"b": 1.0, "a": []}}}
    made = org.made(PATH, body(widgets=[widget]))
    assert {k: v for k, v in made["widgets"][0].items() if k != "id"} == widget


def test_every_widget_has_an_id_of_16_digits(org):
    made = org.made(PATH, body(widgets=[NOTE, GROUP]))
    ids = [w["id"] for w in made["widgets"]] + [w["id"] for w in made["widgets"][1]["definition"]["widgets"]]
    assert len(set(ids)) == 4
    assert all(len(str(id)) == 16 for id in ids)


def test_sent_widget_ids_stay_and_others_are_new_with_each_update(org):
    made = org.made(PATH, body(widgets=[NOTE, NOTE]))
    kept = made["widgets"][0]
    status, updated = org.call("PUT", f"{PATH}/{made['id']}", body(widgets=[kept, NOTE]))
    assert status == 200
    assert updated["widgets"][0]["id"] == kept["id"]
    assert updated["widgets"][1]["id"] != made["widgets"][1]["id"]


def test_an_update_replaces_the_whole(org):
    made = org.made(PATH, body(description="d", tags=["team:a"]))
    status, updated = org.call("PUT", f"{PATH}/{made['id']}", body(title="U"))
    assert (status, updated["description"], "tags" in updated) == (200, None, False)
    assert updated["created_at"] == made["created_at"]
    assert updated["modified_at"] > made["modified_at"]


def test_what_only_the_server_writes_is_ignored(org):
    made = org.made(PATH, body(id="", author_handle="me", url="/x", created_at="y"))
    assert made["id"] != ""
    assert (made["author_handle"], "restricted_roles" in made) == ("sandbox@example.com", False)


def test_notify_list_comes_back_sorted(org):
    assert org.made(PATH, body(notify_list=["z@x", "a@x"]))["notify_list"] == ["a@x", "z@x"]


def test_tabs_point_at_widgets_by_position(org):
    tabs = [{"id": "u", "name": "One", "widget_ids": ["@2"]}]
    made = org.made(PATH, body(widgets=[NOTE, NOTE], tabs=tabs))
    assert made["tabs"] == [{"id": "u", "name": "One", "widget_ids": [made["widgets"][1]["id"]]}]


REFUSED = [
    ({"tags": ["tm:x"]}, "Invalid tag format. Valid tag keys are: team."),
    ({"tags": ["team"]}, "Invalid tag format. Valid tag keys are: team."),
    ({"tags": ["team:x"] * 6}, "'tags' is invalid"),
    ({"title": None}, "The parameter 'title' is required"),
    ({"layout_type": "round"}, "'layout_type' is invalid"),
    ({"reflow_type": None}, "'reflow_type' is invalid"),
    ({"layout_type": "free", "reflow_type": "auto"}, "'reflow_type' is invalid"),
    (
        {"template_variables": [{"name": "a", "default": "x", "defaults": ["x"]}]},
        "'template_variables' is invalid",
    ),
    (
        {"template_variables": [{"name": "a", "defaults": []}]},
        "Minimum length of parameter 'defaults' should be 1",
    ),
    (
        {"template_variable_presets": [{"name": "p", "template_variables": [{"name": "a", "values": []}]}]},
        "Minimum number of elements in parameter 'values' should be 1",
    ),
    (
        {
            "template_variable_presets": [
                {"name": "p", "template_variables": [{"name": "a", "value": "*", "values": ["*"]}]}
            ]
        },
        "'template_variables' value '{'name': 'a', 'value': '*', 'values': ['*']}' is invalid",
    ),
    ({"reflow_type": "fixed"}, "Invalid widget at position 0. Error: 'layout' is a required property"),
    (
        {"widgets": [{"definition": {}}]},
        "Invalid widget definition at position 0. Error: 'type' is a required property",
    ),
    (
        {"widgets": [{"definition": {"type": "group", "widgets": [GROUP]}}]},
        "Invalid widget definition at position 0 of type group."
        " Error: Widget type 'group' is not allowed in group widgets.",
    ),
]


@pytest.mark.parametrize(("fields", "error"), REFUSED)
def test_refusals(org, fields, error):
    assert org.call("POST", PATH, body(**fields)) == (400, {"errors": [error]})
    assert org.call("GET", PATH) == (200, {"dashboards": []})


def test_the_layout_type_stays(org):
    made = org.made(PATH, body())
    assert org.call("PUT", f"{PATH}/{made['id']}", body(layout_type="free"))[0] == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_missing_dashboard(org, method):
    answer = org.call(method, f"{PATH}/abc-def-ghi", body() if method == "PUT" else None)
    assert answer == (404, {"errors": ["Dashboard with ID abc-def-ghi not found"]})


def test_the_list_has_summaries_in_pages(org):
    made = [org.made(PATH, body(title=f"t{n}", tags=["team:a"])) for n in range(5)]
    listed = org.call("GET", PATH)[1]["dashboards"]
    assert [summary["id"] for summary in listed] == [one["id"] for one in made]
    assert set(listed[0]) == {
        *("id", "title", "description", "layout_type", "url", "is_read_only"),
        *("created_at", "modified_at", "deleted_at", "author_handle"),
    }
    page = org.call("GET", PATH, count=2, start=4)[1]["dashboards"]
    assert [summary["title"] for summary in page] == ["t4"]
    assert org.call("GET", PATH, **{"filter[shared]": "true"})[1] == {"dashboards": []}
    assert len(org.call("GET", PATH, **{"filter[shared]": "false"})[1]["dashboards"]) == 5


def test_deleting_and_restoring(org):
    one, other = (org.made(PATH, body(title=title))["id"] for title in "ab")
    assert org.call("DELETE", f"{PATH}/{one}") == (200, {"deleted_dashboard_id": one})
    assert org.call("GET", f"{PATH}/{one}")[0] == 404
    gone = org.call("GET", PATH, **{"filter[deleted]": "true"})[1]["dashboards"]
    assert [(summary["id"], summary["deleted_at"] is None) for summary in gone] == [(one, False)]

    def named(*ids):
        return {"data": [{"id": id, "type": "dashboard"} for id in ids]}

    assert org.call("DELETE", PATH, named(other, "abc-def-ghi"))[0] == 404
    assert org.call("GET", f"{PATH}/{other}")[0] == 200
    assert org.call("DELETE", PATH, named(other)) == (204, None)
    assert org.call("PATCH", PATH, named(one, other)) == (204, None)
    assert [summary["deleted_at"] for summary in org.call("GET", PATH)[1]["dashboards"]] == [None, None]


def test_slugs():
    assert slug("Système: 100% [x] a_b -  c") == "systme-100-x-ab---c"
    assert len(slug("x" * 200)) == 80
