from __future__ import annotations

import pytest

PATH = "/api/v2/monitor/notification_rule"
BODY = {"name": "n", "filter": {"tags": ["team:a"]}, "recipients": ["slack-a"]}
CONDITIONS = {"conditions": [{"scope": "transition_type:is_alert", "recipients": ["slack-a"]}]}
NOBODY = "00000000-0000-1234-0000-000000000000"


def wrapped(**attributes):
    return {"data": {"type": "monitor-notification-rule", "attributes": attributes}}


def made(org, **fields):
    return org.made(PATH, wrapped(**(BODY | fields)))["data"]


def test_a_create_is_echoed_with_its_times(org):
    answer = org.made(PATH, wrapped(**BODY))
    found = answer["data"]["attributes"]
    assert {name: found[name] for name in BODY} == BODY
    assert set(found) - set(BODY) == {"created_at", "modified_at"}
    assert answer["data"]["relationships"]["created_by"]["data"]["id"] == answer["included"][0]["id"]
    assert org.call("GET", f"{PATH}/{answer['data']['id']}") == (
        200,
        {"data": {name: value for name, value in answer["data"].items() if name != "relationships"}},
    )


def test_an_update_replaces_the_whole(org):
    rule = made(org, bundle_config={"duration": 3600})
    sent = wrapped(name="new", filter={"scope": "team:a"}, conditional_recipients=CONDITIONS)
    status, answer = org.call("PATCH", f"{PATH}/{rule['id']}", sent)
    found = answer["data"]["attributes"]
    assert status == 200
    assert found.pop("created_at") == rule["attributes"]["created_at"]
    assert found.pop("modified_at") > rule["attributes"]["modified_at"]
    assert found == sent["data"]["attributes"]


AT = "Invalid recipients: Recipient handle should not start with '@'"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"recipients": ["slack-b", "@slack-a"]}, AT),
        ({"recipients": None, "conditional_recipients": CONDITIONS | {"fallback_recipients": ["@a"]}}, AT),
        ({"recipients": [f"a-{n}" for n in range(21)]}, "Invalid recipients: must have 1 to 20 recipients"),
        ({"conditional_recipients": CONDITIONS}, "Invalid recipients: exactly one of"),
        ({"filter": {}}, "Invalid filter: exactly one of tags and scope"),
        ({"filter": {"scope": "a:b " * 1000}}, "Invalid filter: must have"),
        ({"name": "n" * 1001}, "Invalid name"),
        ({"recipients": None, "conditional_recipients": {"conditions": CONDITIONS["conditions"] * 11}}, "1 to 10"),
    ],
)
def test_refusals(org, fields, error):
    status, answer = org.call("POST", PATH, wrapped(**(BODY | fields)))
    assert status == 400
    assert error in answer["errors"][0]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_missing_rule(org, method):
    body = wrapped(**BODY) if method == "PATCH" else None
    assert org.call(method, f"{PATH}/{NOBODY}", body) == (404, {"errors": ["Monitor Notification Rule not found"]})


def test_the_list_is_paged_from_0(org):
    ids = [made(org, name=str(n))["id"] for n in range(3)]
    for page, shown in [(0, ids[:2]), (1, ids[2:])]:
        assert [rule["id"] for rule in org.call("GET", PATH, page=page, per_page=2)[1]["data"]] == shown
    assert org.call("DELETE", f"{PATH}/{ids[0]}") == (204, None)
    assert [rule["id"] for rule in org.call("GET", PATH)[1]["data"]] == ids[1:]
