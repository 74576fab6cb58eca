from __future__ import annotations

import pytest

PATH = "/api/v2/downtime"
BODY = {"scope": "env:prod", "monitor_identifier": {"monitor_tags": ["team:a"]}, "schedule": {"start": None}}
NOBODY = "00000000-0000-1234-0000-000000000000"


def wrapped(**attributes):
    return {"data": {"type": "downtime", "attributes": attributes}}


def made(org, **fields):
    return org.made(PATH, wrapped(**(BODY | fields)))["data"]


def read(org, id):
    status, body = org.call("GET", f"{PATH}/{id}")
    assert status == 200
    return body["data"]["attributes"]


def test_a_create_fills_in_what_is_not_sent(org):
    answer = org.made(PATH, wrapped(**BODY))
    found = answer["data"]["attributes"]
    assert {name: found[name] for name in found if name not in ("created", "modified", "notify_end_states")} == {
        "canceled": None,
        "display_timezone": "UTC",
        "message": None,
        "monitor_identifier": {"monitor_tags": ["team:a"]},
        "mute_first_recovery_notification": False,
        "notify_end_types": ["expired"],
        "schedule": {"start": found["created"], "end": None},
        "scope": "env:prod",
        "status": "active",
    }
    assert sorted(found["notify_end_states"]) == ["alert", "no data", "warn"]
    assert answer["data"]["relationships"]["monitor"] == {"data": None}
    assert answer["data"]["relationships"]["created_by"]["data"]["id"] == answer["included"][0]["id"]
    assert "relationships" not in org.call("GET", f"{PATH}/{answer['data']['id']}")[1]["data"]


def test_the_order_of_states_is_another_each_time(org):
    id = made(org)["id"]
    assert len({tuple(read(org, id)["notify_end_states"]) for _ in range(30)}) > 1


def test_a_recurring_one_has_a_next_time(org):
    daily = {"rrule": "FREQ=DAILY;INTERVAL=1", "duration": "1d", "start": "2036-07-13T01:02:03"}
    found = made(org, schedule={"timezone": "UTC", "recurrences": [daily]})["attributes"]
    assert found["schedule"] == {
        "current_downtime": {"start": "2036-07-13T01:02:03+00:00", "end": "2036-07-14T01:02:03+00:00"},
        "recurrences": [daily],
        "timezone": "UTC",
    }
    assert found["status"] == "scheduled"
    from_now = made(org, schedule={"recurrences": [{"rrule": "FREQ=DAILY", "duration": "1h", "start": None}]})[
        "attributes"
    ]
    assert from_now["schedule"]["recurrences"][0]["start"] == from_now["created"][:19]
    assert from_now["status"] == "active"


@pytest.mark.parametrize(
    ("schedule", "status"),
    [
        ({"start": "2050-01-02T03:04:05Z"}, "scheduled"),
        ({"start": "2010-01-02T03:04:05Z"}, "active"),
        ({"start": "2010-01-02T03:04:05Z", "end": "2010-01-03T03:04:05Z"}, "ended"),
    ],
)
def test_times_are_in_utc_and_make_the_status(org, schedule, status):
    found = made(org, schedule=schedule)["attributes"]
    assert found["status"] == status
    assert found["schedule"]["start"] == schedule["start"].replace("Z", "+00:00")


def test_an_update_keeps_what_it_does_not_send(org):
    downtime = made(org, message="m", notify_end_states=["warn"])
    status, answer = org.call("PATCH", f"{PATH}/{downtime['id']}", wrapped(scope="env:(a OR b)", message="n"))
    assert status == 200
    before = {name: value for name, value in downtime["attributes"].items() if name != "modified"}
    after = {name: value for name, value in answer["data"]["attributes"].items() if name != "modified"}
    assert after == before | {"scope": "env:(a OR b)", "message": "n"}


def test_a_delete_cancels_and_leaves_it_readable(org):
    id = made(org)["id"]
    for _ in range(2):
        assert org.call("DELETE", f"{PATH}/{id}") == (204, None)
    found = read(org, id)
    assert found["status"] == "canceled"
    assert found["canceled"] is not None
    made(org)  # no duplicate of one that is cancelled


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"scope": "BAD_SCOPE"}, "All values must have a key"),
        ({"scope": "env:prod AND BAD"}, "All values must have a key"),
        ({"name": "n"}, "Additional properties are not allowed ('name' was unexpected)"),
        ({"scope": None}, "'scope' is a required property"),
        ({"monitor_identifier": {}}, "'monitor_identifier' is a required property"),
    ],
)
def test_refusals(org, fields, error):
    assert org.call("POST", PATH, wrapped(**(BODY | fields))) == (400, {"errors": [error]})


@pytest.mark.parametrize("scope", ["*", "env:(a OR b) AND NOT c:d", 'host:"x y"', "-env:a", "env:prod,role:db"])
def test_scopes_with_keys_pass(org, scope):
    made(org, scope=scope)


def test_a_second_of_the_same_is_refused(org):
    id = made(org)["id"]
    words = f"The downtime being created is a duplicate of one or more existing downtimes: ['{id}']"
    assert org.call("POST", PATH, wrapped(**BODY)) == (400, {"errors": [words]})


@pytest.mark.parametrize(
    ("method", "id", "status", "error"),
    [
        ("GET", "INVALID", 400, "Invalid URL param: downtime_id must be an uuid"),
        ("GET", NOBODY, 404, "Downtime not found"),
        ("PATCH", NOBODY, 404, "Downtime not found"),
        ("DELETE", NOBODY, 404, f"Downtime {NOBODY} not found"),
    ],
)
def test_a_missing_downtime(org, method, id, status, error):
    body = wrapped(**BODY) if method == "PATCH" else None
    assert org.call(method, f"{PATH}/{id}", body) == (status, {"errors": [error]})


def test_the_list_is_paged(org):
    ids = [made(org, scope=f"env:{n}")["id"] for n in range(3)]
    made(org, scope="env:later", schedule={"start": "2050-01-02T03:04:05Z"})
    page = org.call("GET", PATH, **{"page[limit]": 2, "page[offset]": 1})[1]
    assert [item["id"] for item in page["data"]] == ids[1:]
    assert page["meta"] == {"page": {"total_filtered_count": 4}}
    assert [item["id"] for item in org.call("GET", PATH, current_only="true")[1]["data"]] == ids


def test_what_silences_a_monitor(org):
    monitor = {"type": "query alert", "query": "avg(last_5m):avg:a.b{*} > 5", "name": "n", "tags": ["team:a"]}
    id = org.made("/api/v1/monitor", monitor)["id"]
    by_tag = made(org)["id"]
    by_id = made(org, monitor_identifier={"monitor_id": id})
    assert by_id["relationships"]["monitor"] == {"data": {"type": "monitors", "id": str(id)}}
    made(org, monitor_identifier={"monitor_tags": ["team:b"]})
    matches = org.call("GET", f"/api/v2/monitor/{id}/downtime_matches")[1]["data"]
    assert [match["id"] for match in matches] == [by_tag, by_id["id"]]
    assert matches[0]["attributes"]["scope"] == "env:prod"
    missing = org.call("GET", "/api/v2/monitor/0/downtime_matches")
    assert missing == (404, {"errors": ["Monitor with id 0 not found"]})
