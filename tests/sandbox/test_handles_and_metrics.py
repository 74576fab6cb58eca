"""What an org knows beside objects: handles that messages can notify, metrics and their tags."""

from __future__ import annotations

HANDLES = "/api/v2/notifications/handles"
SERVICES = "/api/v1/integration/pagerduty/configuration/services"
WEBHOOKS = "/api/v1/integration/webhooks/configuration/webhooks"


def handles(org):
    status, answer = org.call("GET", HANDLES, group_limit=99999)
    assert status == 200
    return [handle["value"] for group in answer["data"] for handle in group["attributes"]["handles"]]


def test_a_new_org_has_no_handle(org):
    assert org.call("GET", HANDLES) == (200, {"data": []})


def test_what_is_configured_is_a_handle(org):
    assert org.call("POST", SERVICES, {"service_name": "Shop", "service_key": "secret"}) == (
        201,
        {"service_name": "Shop"},
    )
    assert org.call("POST", WEBHOOKS, {"name": "hook", "url": "https://x"})[0] == 201
    assert handles(org) == ["@pagerduty-Shop", "@webhook-hook"]


def test_a_handle_needs_a_name(org):
    for body in ({}, {"service_name": ""}, {"service_name": 5}):
        assert org.call("POST", SERVICES, body)[0] == 400
    assert org.call("POST", SERVICES, [])[0] == 400


def test_metrics_are_those_that_came(org):
    assert org.call("GET", "/api/v1/metrics", **{"from": 0}) == (200, {"from": "0", "metrics": []})
    for tags in (["env:Prod"], ["env:dev", "region:eu"]):
        series = {"metric": "shop.errors", "tags": tags, "points": [{"timestamp": 1, "value": 2}]}
        assert org.call("POST", "/api/v2/series", {"series": [series]})[0] == 202
    assert org.call("GET", "/api/v1/metrics", **{"from": 0})[1]["metrics"] == ["shop.errors"]
    assert org.call("GET", "/api/v1/metrics", **{"from": 10**12})[1]["metrics"] == []
    tags = org.call("GET", "/api/v2/metrics/shop.errors/all-tags")[1]["data"]["attributes"]["tags"]
    assert tags == ["env:dev", "env:prod", "region:eu"]


def test_what_is_no_metric(org):
    assert org.call("GET", "/api/v1/metrics")[0] == 400
    assert org.call("GET", "/api/v2/metrics/nobody/all-tags")[0] == 404
    wrong: list[dict[str, object]] = [{}, {"series": 5}, {"series": [5]}, {"series": [{}]}, {"series": [{"metric": 5}]}]
    for body in wrong:
        assert org.call("POST", "/api/v2/series", body)[0] == 400


def test_a_name_is_an_orgs_own(sandbox, pool):
    """An integration's service is known by its name, which another org can have as well."""
    body = {"service_name": "Shared", "service_key": "k"}
    for key in ("names-one", "names-two"):
        headers = {"DD-API-KEY": key, "DD-APPLICATION-KEY": "app"}
        url = f"{sandbox.url}/api/v1/integration/pagerduty/configuration/services"
        assert pool.request("POST", url, json=body, headers=headers).status == 201
