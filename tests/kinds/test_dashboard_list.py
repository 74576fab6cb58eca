import copy

import pytest
from datadog_api_client.v1.model.dashboard_list import DashboardList as ClientList
from datadog_api_client.v2.model.dashboard_list_item import DashboardListItem
from datadog_api_client.v2.model.dashboard_type import DashboardType

from ddops.compile import compile_specs
from ddops.kinds import dashboard_list as ours
from ddops.kinds.dashboard_list import KIND
from ddops.plan.compare import differences
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

BY_ID = {"id": "abc-def-ghi", "type": "custom_timeboard"}
BY_KEY = "${dashboard:rms/api}"


def test_every_field_and_type_of_the_client_is_known():
    assert unknown_to(ours.DashboardList, ClientList, ours.READ_ONLY) == set()
    assert unknown_to(ours.Item, DashboardListItem, ours.ITEM_READ_ONLY) == set()
    assert words(ours.ItemType) == values(DashboardType)


@pytest.mark.parametrize("dashboards", [None, [], [BY_ID, BY_KEY], [{"id": BY_KEY}]])
def test_what_is_right_passes(dashboards):
    assert faults(KIND, {"name": "n", "dashboards": dashboards}) == {}


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        ({"name": ""}, ("name",), "at least 1"),
        ({"name": "n", "titel": "x"}, ("titel",), "not permitted"),
        ({"name": "n", "dashboards": ["abc-def-ghi"]}, ("dashboards", 0, "type"), "named by its id needs it"),
        ({"name": "n", "dashboards": [{**BY_ID, "type": "board"}]}, ("dashboards", 0, "type"), "'custom_timeboard'"),
        ({"name": "n", "dashboards": [{**BY_ID, "id": BY_KEY}]}, ("dashboards", 0, "type"), "leave it out"),
        ({"name": "n", "dashboards": ["${monitor:rms/api}"]}, ("dashboards", 0, "id"), "neither a dashboard's id"),
        ({"name": "n", "dashboards": ["${dashboard:rms/api.url}"]}, ("dashboards", 0, "id"), "neither a dashboard's"),
        ({"name": "n", "dashboards": [BY_KEY, {"id": BY_KEY}]}, ("dashboards", 1), "stands twice"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(body, place, says):
    found = faults(KIND, body)
    assert place in found
    assert says in found[place]


def test_what_the_api_answers_can_be_pasted():
    answer = {
        "id": 1,
        "type": "manual_dashboard_list",
        "author": {},
        "created": "x",
        "modified": "x",
        "dashboard_count": 1,
        "is_favorite": False,
        "name": "n",
        "dashboards": [{**BY_ID, "title": "t", "url": "/x", "popularity": 0, "tags": None, "icon": None}],
    }
    before = copy.deepcopy(answer)
    assert faults(KIND, answer) == {}
    assert KIND.payload(spec(KIND, answer), SETTING) == {"name": "n", "dashboards": [BY_ID]}
    assert answer == before


def test_the_type_of_a_dashboard_of_ours_is_that_of_its_layout(workspace):
    workspace.write("dashboards/shop/screen.yaml", "product: shop\ntitle: S\nlayout_type: free\nwidgets: []\n")
    workspace.write(
        "dashboard_lists/shop.yaml",
        "product: shop\ndashboard_lists:\n"
        "  - key: all\n    name: All\n    dashboards:\n"
        "      - ${dashboard:overview}\n      - id: ${dashboard:screen}\n      - {id: a-b-c, type: host_timeboard}\n",
    )
    (found,) = [one for one in compile_specs(workspace.load()) if one.kind is KIND]
    assert found.payload == {
        "name": "All [ddops:acme/shop/all]",
        "dashboards": [
            {"id": "${dashboard:shop/overview}", "type": "custom_timeboard"},
            {"id": "${dashboard:shop/screen}", "type": "custom_screenboard"},
            {"id": "a-b-c", "type": "host_timeboard"},
        ],
    }
    assert {str(need) for need in found.needs} == {"shop/dashboard/overview", "shop/dashboard/screen"}


def test_what_a_read_tells_of_the_dashboards_is_no_difference():
    other = {"id": "x", "type": "custom_screenboard"}
    live = {"id": 1, "name": "n", "dashboards": [{**other, "title": "t"}, {**BY_ID, "brand_new": 1}]}
    assert differences(KIND, {"name": "n", "dashboards": [BY_ID, other]}, live) == ()
    (change,) = differences(KIND, {"name": "n", "dashboards": [BY_ID]}, live)
    assert change.path == "dashboards"


def test_a_list_needs_its_dashboards():
    assert list(KIND.refers({"dashboards": [BY_ID]})) == [("dashboard", "abc-def-ghi")]
    assert list(KIND.refers({"dashboards": None})) == []
