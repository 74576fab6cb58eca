from typing import Any

import pytest
from pydantic import TypeAdapter

from ddops.address import Address
from ddops.meaning.contract import PlanMeaning
from ddops.meaning.listeners import Listeners
from ddops.meaning.read import meaning
from tests.meaning.changes import PRODUCT, change, monitor, of, plan

SLACK, PAGE = "@slack-va-shop-alerts", "@pagerduty-shop"
CHAT = "Slack #shop-alerts (va)"
ON_ALERT = "{{#is_alert}}@pagerduty-shop{{/is_alert}}"
NO_DATA = {"options": {"notify_no_data": True}}

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "one more": (
        {"message": SLACK},
        {"message": f"{SLACK} {PAGE}"},
        ["prod alerts and recoveries now also page PagerDuty shop"],
    ),
    "one on alert alone": (
        {"message": SLACK},
        {"message": f"{SLACK} {ON_ALERT}"},
        ["prod alerts now also page PagerDuty shop"],
    ),
    "one less, who was woken up": (
        {"message": f"{SLACK} {ON_ALERT}"},
        {"message": SLACK},
        ["prod alerts no longer page PagerDuty shop, so nobody is paged"],
    ),
    "another": (
        {"message": "@oncall-a"},
        {"message": "@oncall-b"},
        ["prod alerts and recoveries now page On-Call b and no longer page On-Call a"],
    ),
    "several less": (
        {"message": f"{SLACK} {PAGE} @a@example.com @b@example.com"},
        {"message": SLACK},
        [
            "prod alerts and recoveries no longer page PagerDuty shop or mail a@example.com or b@example.com, "
            "so nobody is paged"
        ],
    ),
    "nobody any more": (
        {"message": PAGE},
        {"message": "Sorry."},
        ["nobody hears of prod alerts and recoveries any more (was PagerDuty shop)"],
    ),
    "somebody at last": (
        {"message": ""},
        {"message": f"{SLACK} @a@example.com"},
        [f"prod alerts and recoveries now post to {CHAT} and mail a@example.com"],
    ),
    "missing data": (
        {"message": SLACK, **NO_DATA},
        {"message": SLACK},
        [f"nobody hears of prod no-data alerts any more (was {CHAT})"],
    ),
    "no environment, or several": (
        {"message": "", "tags": []},
        {"message": SLACK, "tags": ["env:a", "env:b"]},
        [f"alerts and recoveries now post to {CHAT}"],
    ),
    "from one environment to another": (
        {"message": f"{SLACK} {PAGE}"},
        {"message": SLACK, "tags": ["env:staging"]},
        ["alerts and recoveries no longer page PagerDuty shop, so nobody is paged"],
    ),
    "somebody is paged still, of one state": (
        {"message": f"{PAGE} {{{{#is_alert}}}}@oncall-a{{{{/is_alert}}}}"},
        {"message": f"{SLACK} {{{{#is_alert}}}}@oncall-a{{{{/is_alert}}}}"},
        [
            f"prod alerts now post to {CHAT} and no longer page PagerDuty shop",
            f"prod recoveries now post to {CHAT} and no longer page PagerDuty shop, so nobody is paged",
        ],
    ),
    "all that it tells of": (
        {"message": "", **NO_DATA},
        {"message": "@webhook-x", **NO_DATA},
        ["prod notifications now notify webhook x"],
    ),
    "the same in other words": ({"message": f"a {SLACK}"}, {"message": f"b\n{SLACK}"}, []),
    "a draft that goes live is left as it is": (
        {"message": SLACK, "draft_status": "draft"},
        {"message": SLACK, "name": "n"},
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_who_hears_differently(name):
    before, after, told = CASES[name]
    assert [notice.text for notice in of("monitor", monitor(**before), monitor(**after)).notices] == told


def test_a_new_monitor_and_one_that_goes():
    body = monitor(message=PAGE)
    assert [one.text for one in of("monitor", None, body).notices] == ["prod alerts and recoveries page PagerDuty shop"]
    assert [one.text for one in of("monitor", body, None).notices] == [
        "nobody hears of prod alerts and recoveries any more (was PagerDuty shop)"
    ]


def test_a_monitor_that_is_made_anew_is_one():
    old, new = monitor(message=PAGE), monitor(message=SLACK, type="log alert")
    found = meaning(plan(change("monitor", old, None), change("monitor", None, new)))
    assert [one.text for one in found.notifications] == [
        f"prod alerts and recoveries now post to {CHAT} and no longer page PagerDuty shop, so nobody is paged"
    ]


def test_a_paused_test_is_heard_by_nobody():
    live = {"name": "t", "type": "api", "message": SLACK, "status": "live", "options": {"tick_every": 60}}
    assert [one.text for one in of("synthetics_test", live, {**live, "status": "paused"}).notices] == [
        f"nobody hears of alerts and recoveries any more (was {CHAT})"
    ]


RULE = {"name": "all", "filter": {"tags": ["env:prod"]}, "recipients": ["pagerduty-shop"]}
UNTOUCHED = {Address("shop", "monitor", key): monitor(message=SLACK) for key in ("a", "b")}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, RULE, "prod alerts and recoveries now also page PagerDuty shop"),
        (RULE, None, "prod alerts and recoveries no longer page PagerDuty shop, so nobody is paged"),
        (
            RULE,
            {**RULE, "recipients": ["slack-x"]},
            "prod alerts and recoveries now post to Slack #x and no longer page PagerDuty shop, so nobody is paged",
        ),
    ],
)
def test_a_rule_is_heard_for_monitors_that_do_not_change(before, after, told):
    made = change("notification_rule", before, after)
    found = meaning(plan(made, untouched=UNTOUCHED))
    (line,) = found.notifications
    assert (line.text, line.addresses) == (told, ("shop/monitor/a", "shop/monitor/b"))
    assert [one.text for one in found.changes[0].notices] == [f"{told} (2 monitors)"]


def test_a_rule_that_stays_is_on_both_sides():
    rule = {Address("shop", "notification_rule", "all"): RULE}
    found = meaning(plan(change("monitor", monitor(message=PAGE), monitor(message="")), untouched=rule))
    assert found.notifications == ()


def test_the_same_line_of_several_stands_once_those_about_paging_first():
    changes = [
        change("monitor", monitor(message=""), monitor(message=message), key=key)
        for key, message in [("a", SLACK), ("b", SLACK), ("c", PAGE)]
    ]
    found = meaning(plan(*changes))
    assert [one.addresses for one in found.notifications] == [
        ("shop/monitor/c",),
        ("shop/monitor/a", "shop/monitor/b"),
    ]


@pytest.mark.parametrize(
    ("handle", "name", "way", "pages"),
    [
        (SLACK, CHAT, "slack", False),
        ("@slack-other", "Slack #other", "slack", False),
        ("@PagerDuty-X", "PagerDuty X", "pagerduty", True),
        ("@pagerduty", "@pagerduty", "other", True),
        ("@a@example.com", "e-mail a@example.com", "email", False),
        ("@workflow-restart(a=b)", "workflow restart(a=b)", "other", False),
        ("@teams-ops", "Microsoft Teams ops", "microsoft_teams", False),
        ("@all", "@all", "other", False),
    ],
)
def test_what_people_call_a_handle(handle, name, way, pages):
    found = Listeners([PRODUCT]).of(handle)
    assert (found.name, found.way, found.pages) == (name, way, pages)


def test_a_meaning_is_plain_data():
    made = plan(
        change("monitor", monitor(message=PAGE), monitor(message=SLACK, query="q")),
        change(
            "dashboard", {"title": "a", "widgets": []}, {"title": "b", "widgets": [{"definition": {"type": "note"}}]}
        ),
    )
    found = meaning(made)
    adapter = TypeAdapter(PlanMeaning)
    assert adapter.validate_json(adapter.dump_json(found)) == found
