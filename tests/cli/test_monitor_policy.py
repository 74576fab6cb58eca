"""A policy carries no marker: it is known by its tag."""

import pytest

TEAM = {"tag_key": "team", "tag_key_required": True, "valid_tag_values": ["b", "a"]}
SPEC = """\
product: shop
key: team
policy_type: tag
policy: {tag_key: team, tag_key_required: true, valid_tag_values: [a, b]}
"""


@pytest.fixture
def policy(orgs, workspace):
    """The org has the policy, and somebody else's; the workspace is as the org but for its spec."""
    workspace.remove("monitors/shop.yaml")
    workspace.remove("dashboards/shop/overview.yaml")
    workspace.remove("slos/shop.yaml")
    orgs.main.create("monitor_policy", {"policy_type": "tag", "policy": {**TEAM, "tag_key": "tier"}})
    workspace.write("monitor_policies/team.yaml", SPEC)
    return orgs.main.create("monitor_policy", {"policy_type": "tag", "policy": TEAM})


def test_one_that_is_there_is_not_made_again(orgs, policy):
    assert orgs.changes() == []


def test_one_that_differs_is_changed_in_place(orgs, policy, workspace):
    workspace.replace("monitor_policies/team.yaml", "tag_key_required: true", "tag_key_required: false")
    (change,) = orgs.plan()["changes"]
    assert (change["action"], change["id"]) == ("update", policy["id"])
    assert change["fields"] == [{"path": "policy.tag_key_required", "before": True, "after": False}]
    orgs.apply()
    assert orgs.changes() == []
    assert len(orgs.main.all("monitor_policy")) == 2


def test_none_is_ever_deleted(orgs, policy, workspace):
    workspace.remove("monitor_policies/team.yaml")
    assert orgs.changes() == []


def test_a_monitor_without_the_tag_is_refused_in_datadogs_words(orgs, policy, workspace):
    body = {"name": "n", "type": "query alert", "query": "avg(last_5m):avg:a{*} > 1", "tags": ["env:prod"]}
    refused = (400, {"errors": ["Missing required tag key(s): tier, team"]})
    assert orgs.main.call("POST", "/api/v1/monitor", body) == refused
