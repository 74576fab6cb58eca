"""Whom a notification rule notifies."""

import pytest

from ddops.message import Transition
from ddops.notify.rules import recipients

OK_ALERT, ALERT_OK, AGAIN = Transition("ok", "alert"), Transition("alert", "ok"), Transition("alert", "alert")
PAGING = {
    "filter": {"scope": "team:shop AND NOT env:dev"},
    "conditional_recipients": {
        "conditions": [
            {"scope": "transition_type:is_alert", "recipients": ["pagerduty-Shop", "slack-shop"]},
            {"scope": "priority:p1", "recipients": ["slack-boss", "slack-shop"]},
            {"scope": "env:prod", "recipients": ["slack-prod"]},
        ],
        "fallback_recipients": ["slack-quiet"],
    },
}


@pytest.mark.parametrize(
    ("tags", "group", "transition", "priority", "found"),
    [
        (["team:shop"], [], OK_ALERT, 2, ["@pagerduty-Shop", "@slack-shop"]),
        (["team:shop"], [], AGAIN, 2, ["@pagerduty-Shop", "@slack-shop"]),
        (["team:shop"], [], OK_ALERT, 1, ["@pagerduty-Shop", "@slack-shop", "@slack-boss"]),
        (["team:shop"], [], ALERT_OK, 2, ["@slack-quiet"]),
        (["team:shop"], ["env:prod"], ALERT_OK, None, ["@slack-prod"]),
        ([], ["team:shop"], OK_ALERT, 2, ["@pagerduty-Shop", "@slack-shop"]),
        (["team:shop", "env:dev"], [], OK_ALERT, 2, []),
        # NOT is judged per tag set: the monitor's tags alone satisfy it.
        (["team:shop"], ["env:dev"], OK_ALERT, 2, ["@pagerduty-Shop", "@slack-shop"]),
        (["team:other"], [], OK_ALERT, 2, []),
    ],
)
def test_conditions(tags, group, transition, priority, found):
    assert recipients(PAGING, tags, group, transition, priority) == found


def test_all_tags_of_a_filter_must_be_there():
    rule = {"filter": {"tags": ["team:shop", "env:prod"]}, "recipients": ["slack-shop"]}
    assert recipients(rule, ["team:shop", "env:prod", "x:y"], [], OK_ALERT, None) == ["@slack-shop"]
    assert recipients(rule, ["team:shop"], ["env:prod"], OK_ALERT, None) == ["@slack-shop"]
    assert recipients(rule, ["team:shop"], [], OK_ALERT, None) == []
    assert recipients({"filter": {"tags": []}, "recipients": ["x"]}, ["a:b"], [], OK_ALERT, None) == []
