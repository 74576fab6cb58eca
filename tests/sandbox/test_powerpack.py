from __future__ import annotations

import pytest

PATH = "/api/v2/powerpacks"
NOTE = {"definition": {"type": "note", "content": "x"}}


def sent(*widgets, group=None, **attributes):
    definition = {"type": "group", "layout_type": "ordered", "widgets": list(widgets or [NOTE])} | (group or {})
    attributes = {"name": "p", "group_widget": {"definition": definition}} | attributes
    return {"data": {"type": "powerpack", "attributes": attributes}}


def made(org, *widgets, **fields):
    return org.made(PATH, sent(*widgets, **fields))["data"]


def test_a_create_fills_in_what_is_not_sent(org):
    answer = org.made(PATH, sent())
    data = answer["data"]
    group = data["attributes"]["group_widget"]
    assert data["type"] == "powerpack"
    assert group["layout"] == {"x": 0, "y": 0, "width": 12, "height": 1}
    assert isinstance(group["definition"]["widgets"][0]["id"], int)
    assert answer["included"][0]["id"] == data["relationships"]["author"]["data"]["id"]
    assert org.call("GET", f"{PATH}/{data['id']}") == (200, answer)


def test_a_layout_that_is_sent_stays(org):
    layout = {"x": 0, "y": 0, "width": 4, "height": 3}
    body = sent()
    body["data"]["attributes"]["group_widget"]["layout"] = layout
    assert org.made(PATH, body)["data"]["attributes"]["group_widget"]["layout"] == layout


def test_an_update_keeps_what_it_does_not_send(org):
    found = made(org, description="d", tags=["tag:a"])
    status, answer = org.call("PATCH", f"{PATH}/{found['id']}", sent(name="q", tags=[]))
    attributes = answer["data"]["attributes"]
    assert (status, answer["data"]["id"]) == (200, found["id"])
    assert (attributes["name"], attributes["description"], attributes["tags"]) == ("q", "d", [])


@pytest.mark.parametrize("call", [("GET",), ("DELETE",), ("PATCH", sent())])
def test_what_is_not_there_is_said_in_two_ways(org, call):
    method, *body = call
    words = "Powerpack has invalid UUID made-up-id not found"
    assert org.call(method, f"{PATH}/made-up-id", *body) == (404, {"errors": [words]})
    gone = "65c564d0-a388-11ef-a7cd-da7ad0900002"
    assert org.call(method, f"{PATH}/{gone}", *body) == (404, {"errors": [f"Powerpack with ID {gone} not found"]})


def test_a_powerpack_is_deleted(org):
    path = f"{PATH}/{made(org)['id']}"
    assert org.call("DELETE", path) == (204, None)
    assert org.call("GET", path)[0] == 404


def test_all_are_listed_in_pages(org):
    ids = [made(org, name=f"p{number}")["id"] for number in range(3)]
    status, first = org.call("GET", PATH, **{"page[limit]": 2})
    assert (status, [one["id"] for one in first["data"]]) == (200, ids[:2])
    second = org.call("GET", PATH, **{"page[limit]": 2, "page[offset]": 2})[1]
    assert [one["id"] for one in second["data"]] == ids[2:]
    assert second["meta"]["pagination"] == {
        "type": "offset_limit",
        "offset": 2,
        "limit": 2,
        "first_offset": 0,
        "prev_offset": 0,
        "next_offset": 4,
        "last_offset": None,
    }


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            sent(group_widget=None),
            "API input validation failed: {'group_widget': ['Missing data for required field.']}",
        ),
        (sent(name=None), "API input validation failed: {'name': ['Missing data for required field.']}"),
        (sent(group={"type": "group1"}), "Invalid group widget for powerpack. Error: 'group1' is not one of ['group']"),
        (sent(group={"layout_type": "free"}), "'free' is not one of ['ordered']"),
        (sent({"layout": {}}), "Invalid inner widget at position 0"),
        (sent(tags=["tag:a"] * 9), "Longer than maximum length 8"),
        (sent(tags=[1]), "'tags'"),
        ({"data": {"type": "pack"}}, "'data'"),
        ({}, "'data'"),
    ],
)
def test_what_is_refused(org, body, says):
    status, answer = org.call("POST", PATH, body)
    assert status == 400
    assert says in answer["errors"][0]
