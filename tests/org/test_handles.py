"""Whether an org knows handles, metrics and tags, and what an edit would do there."""

import pytest

from ddops.errors import ApiError
from ddops.org.contract import Handles
from tests.org.conftest import MONITOR
from tests.org.scripted import Reply, Scripted

ONE_LIST = "/api/v2/notifications/handles"
LISTS = {
    "/api/v1/integration/pagerduty": {"services": [{"service_name": "Shop", "service_key": "*****"}]},
    "/api/v2/integration/opsgenie/services": {"data": [{"id": "1", "attributes": {"name": "shop"}}]},
    "/api/v2/integration/ms-teams/configuration/tenant-based-handles": {
        "data": [{"attributes": {"name": "Shop-Alerts"}}]
    },
}


@pytest.fixture
def answered(connect):
    """An org that answers by path, and refuses what it has no answer for."""
    servers = []

    def make(answers, status=403):
        server = Scripted(
            lambda asked: (
                Reply(200, answers[asked.path]) if asked.path in answers else Reply(status, {"errors": ["no"]})
            )
        )
        servers.append(server)
        server.__enter__()
        return connect(server.url), server

    yield make
    for server in servers:
        server.__exit__(None, None, None)


def test_the_one_list_of_all(answered):
    handles = [{"value": "@slack-shop"}, {"value": "@pagerduty-Shop", "name": "x"}, {"value": None}]
    org, server = answered({ONE_LIST: {"data": [{"attributes": {"handles": handles}}, {"attributes": {}}]}})
    found = org.handles()
    assert found.names == {"slack-shop", "pagerduty-Shop"}
    assert "slack-" in found.complete
    assert [asked.query for asked in server.asked] == [{"group_limit": "99999"}]


def test_the_lists_of_the_integrations_where_there_is_not_one(answered):
    org, _ = answered(LISTS, status=404)
    assert org.handles() == Handles(
        frozenset({"pagerduty-Shop", "opsgenie-shop", "teams-Shop-Alerts"}),
        frozenset({"pagerduty-", "opsgenie-", "teams-"}),
    )
    org, _ = answered({path: body for path, body in LISTS.items() if "opsgenie" in path})
    assert org.handles().complete == {"opsgenie-"}


def test_no_list_at_all(answered):
    org, _ = answered({})
    with pytest.raises(ApiError, match=f"GET {ONE_LIST}: 403 no"):
        org.handles()


def test_metrics_and_their_tags(answered):
    org, server = answered(
        {
            "/api/v1/metrics": {"from": "5", "metrics": ["a.b"]},
            "/api/v2/metrics/a%2Fb/all-tags": {"data": {"attributes": {"tags": ["env:prod"]}}},
        }
    )
    assert org.metrics(5) == {"a.b"}
    assert server.asked[0].query == {"from": "5"}
    assert org.metric_tags("a/b") == {"env:prod"}
    with pytest.raises(ApiError, match="403"):
        org.metric_tags("../x")
    assert server.asked[-1].path == "/api/v2/metrics/..%2Fx/all-tags"


def test_an_edit_is_validated_as_one(answered):
    org, server = answered({"/api/v1/monitor/7/validate": {}})
    org.validate(MONITOR, {"name": "x"}, "7")
    assert (server.asked[0].method, server.asked[0].json) == ("POST", {"name": "x"})
    with pytest.raises(ApiError, match="POST /api/v1/monitor/8/validate: 403 no"):
        org.validate(MONITOR, {"name": "x"}, "8")
