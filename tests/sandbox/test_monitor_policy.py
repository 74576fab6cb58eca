from __future__ import annotations

import pytest

PATH = "/api/v2/monitor/policy"
TAG = {"tag_key": "team", "tag_key_required": True, "valid_tag_values": ["a", "b"]}
NOBODY = "00000000-0000-1234-0000-000000000000"
MONITOR = {"type": "query alert", "query": "avg(last_5m):avg:a.b{*} > 5", "name": "n"}


def wrapped(policy=TAG, policy_type="tag", **data):
    attributes = {"policy_type": policy_type, "policy": policy}
    return {"data": {"type": "monitor-config-policy", "attributes": attributes, **data}}


def made(org, *args):
    return org.made(PATH, wrapped(*args))["data"]


@pytest.mark.parametrize("args", [(TAG,), ({"max_duration_ms": 5}, "downtime")])
def test_a_policy_is_echoed(org, args):
    policy = made(org, *args)
    assert policy == wrapped(*args)["data"] | {"id": policy["id"]}
    assert org.call("GET", f"{PATH}/{policy['id']}") == (200, {"data": policy})
    assert org.call("GET", PATH) == (200, {"data": [policy]})
    assert org.call("DELETE", f"{PATH}/{policy['id']}") == (204, None)
    assert org.call("GET", PATH) == (200, {"data": []})


def test_an_update_can_change_the_tag(org):
    id = made(org)["id"]
    changed = wrapped(TAG | {"tag_key": "env"}, id=id)
    assert org.call("PATCH", f"{PATH}/{id}", changed) == (200, {"data": changed["data"]})


@pytest.mark.parametrize("wrong", [{"policy_type": "INVALID"}, {"policy_type": None}, {"policy_type": ["tag"]}])
def test_an_unknown_type_is_refused(org, wrong):
    words = "Value of parameter 'policy_type' should be any of these ['tag']"
    assert org.call("POST", PATH, wrapped(**wrong)) == (400, {"errors": [words]})


@pytest.mark.parametrize("policy", [None, {}, TAG | {"tag_key": 1}, TAG | {"tag_key": "k" * 256}, {"tag_key": "a"}])
def test_half_a_policy_is_refused(org, policy):
    assert org.call("POST", PATH, wrapped(policy))[0] == 400


def test_the_id_in_the_body_is_the_one_in_the_path(org):
    id = made(org)["id"]
    words = "Policy id in request body does not match id in URL param"
    for other in ({}, {"id": NOBODY}):
        assert org.call("PATCH", f"{PATH}/{id}", wrapped(**other)) == (422, {"errors": [words]})


@pytest.mark.parametrize(
    ("method", "id", "status", "error"),
    [
        ("GET", NOBODY, 404, "Monitor configuration policy not found"),
        ("PATCH", NOBODY, 404, "Monitor configuration policy not found"),
        ("DELETE", NOBODY, 404, "Monitor config policy not found"),
        ("DELETE", "INVALID_UUID", 400, "Invalid URL param: policy_id must be an uuid"),
    ],
)
def test_a_missing_policy(org, method, id, status, error):
    body = wrapped(id=id) if method == "PATCH" else None
    assert org.call(method, f"{PATH}/{id}", body) == (status, {"errors": [error]})


def test_a_monitor_without_a_required_tag_is_refused(org):
    made(org)
    made(org, TAG | {"tag_key": "tier", "tag_key_required": False})
    refused = (400, {"errors": ["Missing required tag key(s): team"]})
    assert org.call("POST", "/api/v1/monitor", MONITOR) == refused
    id = org.made("/api/v1/monitor", MONITOR | {"tags": ["team:a"]})["id"]
    assert org.call("PUT", f"/api/v1/monitor/{id}", {"tags": []}) == refused
    assert org.call("PUT", f"/api/v1/monitor/{id}", {"message": "m"})[0] == 200
