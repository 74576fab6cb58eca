import pytest

from ddops.meaning.contract import Severity
from ddops.meaning.read import meaning, risks
from ddops.plan.change import Action, FieldChange
from tests.meaning.changes import change, monitor, of, plan

PAGE, SLACK = "@pagerduty-shop", "@slack-shop"
SOME = '{{#is_match "%s" "%s"}}@pagerduty-shop{{/is_match}}'
WIDE = "avg(last_5m):avg:shop.latency{%s} by {host} > 90"
LOGS = {"type": "log alert", "query": 'logs("%s").index("*").rollup("count").last("5m") > 90'}
SLO = {"name": "Up", "type": "metric", "thresholds": [{"timeframe": "30d", "target": 99.9}]}
TEST = {"name": "t", "type": "api", "status": "live", "options": {"tick_every": 60}}
MANY = {"options": {"notify_no_data": True, "renotify_interval": 10, "thresholds": {"critical": 90, "warning": 80}}}
DOWNTIME = {"scope": "env:prod", "monitor_identifier": {"monitor_tags": ["team:shop"]}}
UNTIL = {"schedule": {"end": "2030-01-01T00:00:00Z"}}


def logs(search):
    return monitor(type="log alert", query=LOGS["query"] % search)


def slo(target, timeframe="30d"):
    return {**SLO, "thresholds": [{"timeframe": timeframe, "target": target}]}


CASES = [
    # notifies-less
    (
        "monitor",
        monitor(message=PAGE),
        monitor(message=""),
        "high notifies-less: stops paging PagerDuty shop on alerts",
    ),
    ("monitor", monitor(message=f"{PAGE} {SLACK}"), monitor(message=SLACK), "high notifies-less: stops paging"),
    ("monitor", monitor(message=PAGE), monitor(message="@oncall-b"), "medium notifies-less: stops paging"),
    ("monitor", monitor(message=f"{PAGE} {SLACK}"), monitor(message=PAGE), "low notifies-less: stops notifying Slack"),
    ("monitor", monitor(message=SLACK), monitor(message=""), "high notifies-less: stops notifying Slack #shop"),
    ("monitor", monitor(message=PAGE), monitor(message=f"{PAGE} {SLACK}"), None),
    (
        "monitor",
        monitor(message=SLACK, **MANY),
        monitor(message=f"{PAGE} {{{{#is_renotify}}}}{SLACK}{{{{/is_renotify}}}}", **MANY),
        "low notifies-less: stops notifying Slack #shop of alerts, warnings, no-data alerts and recoveries",
    ),
    # notifies-partly
    (
        "monitor",
        monitor(message=f"{PAGE} {SLACK}"),
        monitor(message=SOME % ("host.name", "a") + f" {SLACK}"),
        'medium notifies-partly: the message pages @pagerduty-shop only where is_match "host.name" "a"',
    ),
    (
        "monitor",
        monitor(message=f"{{{{#is_alert}}}}{SLACK}{{{{/is_alert}}}}"),
        monitor(message=f'{{{{#is_alert}}}}{{{{^is_match "host.name" "a"}}}}{SLACK}{{{{/is_match}}}}{{{{/is_alert}}}}'),
        'low notifies-partly: the message notifies @slack-shop only where not is_match "host.name" "a"',
    ),
    ("monitor", monitor(message=SOME % ("host.name", "a")), monitor(message=SOME % ("host.name", "b")), None),
    ("monitor", monitor(message=PAGE), monitor(message=f"{SOME % ('host.name', 'a')} {PAGE}"), None),
    (
        "monitor",
        monitor(message=PAGE),
        monitor(message=f'{{{{#is_match "host.name" "a"}}}}A {PAGE}{{{{else}}}}B {PAGE}{{{{/is_match}}}}'),
        None,
    ),
    # deletes-history
    ("monitor", monitor(), None, "high deletes-history: deletes its history of alerts"),
    ("dashboard", {"title": "t"}, None, "medium deletes-history: deletes its address"),
    ("dashboard_list", {"name": "t"}, None, None),
    # widens-scope
    ("monitor", monitor(), monitor(query=WIDE % "*"), "high widens-scope: widens from env:prod,service:shop to every"),
    (
        "monitor",
        monitor(),
        monitor(query=WIDE % "env:prod"),
        "medium widens-scope: is no longer limited to service:shop",
    ),
    ("monitor", monitor(), monitor(query=WIDE % "env:dev,service:shop"), None),
    ("monitor", monitor(), monitor(query=WIDE % "env:prod,service:shop,host:a"), None),
    (
        "monitor",
        monitor(query=WIDE % "env:prod,!host:a"),
        monitor(query=WIDE % "env:prod"),
        "low widens-scope: no longer leaves out host:a",
    ),
    (
        "monitor",
        monitor(),
        monitor(query=WIDE % "env:*,service:shop"),
        "medium widens-scope: is no longer limited to env:p",
    ),
    (
        "monitor",
        monitor(),
        monitor(query=WIDE % "env:prod AND service:s*"),
        "medium widens-scope: widens from service:shop to service:s*",
    ),
    (
        "monitor",
        monitor(query=WIDE % "env IN (a,b)"),
        monitor(query=WIDE % "env IN (b,c,a)"),
        "medium widens-scope: widens from env:a or b to env:b or c or a",
    ),
    ("monitor", monitor(query=WIDE % "env IN (a,b)"), monitor(query=WIDE % "env:a"), None),
    ("monitor", monitor(query=WIDE % "env:p*"), monitor(query=WIDE % "env:prod"), None),
    (
        "monitor",
        monitor(query=WIDE % "env:prod"),
        monitor(query=WIDE % "env:prod OR env:dev"),
        "medium widens-scope: widens from env:prod to env:prod or dev",
    ),
    (
        "monitor",
        monitor(query=WIDE % "env:prod"),
        monitor(query=WIDE % "env:prod OR service:shop"),
        "medium widens-scope: is no longer limited to env:prod",
    ),
    (
        "monitor",
        monitor(query=WIDE % "env:prod"),
        monitor(query=WIDE % "!env:prod"),
        "medium widens-scope: is no longer",
    ),
    (
        "monitor",
        monitor(query="avg(last_5m):sum:a{env:prod} / sum:b{env:prod} > 90"),
        monitor(query="avg(last_5m):sum:b{env:prod} / sum:a{env:*} > 90"),
        "medium widens-scope: is no longer limited to env:prod, in 1 of 2 queries",
    ),
    (
        "monitor",
        monitor(query="avg(last_5m):sum:a{env:prod,status:5*} / sum:b{env:prod} > 90"),
        monitor(query="avg(last_5m):sum:b{env:prod} / sum:a{env:prod,status:5*} > 90"),
        None,
    ),
    (
        "monitor",
        logs("status:error env:(a OR b)"),
        logs("env:(a OR b)"),
        "medium widens-scope: is no longer limited to s",
    ),
    ("monitor", logs("status:error env:prod"), logs("*"), "high widens-scope: widens from"),
    ("monitor", logs("status:error env:prod"), logs("env:prod"), "medium widens-scope: is no longer limited to status"),
    (
        "logs_metric",
        {"id": "m", "filter": {"query": "env:prod"}},
        {"id": "m", "filter": {"query": "*"}},
        "high widens-scope: widens from env:prod",
    ),
    # mutes
    ("downtime", None, {**DOWNTIME, **UNTIL}, "medium mutes: mutes monitors with team:shop where env:prod"),
    ("downtime", None, DOWNTIME, "high mutes: mutes monitors with team:shop where env:prod, without an end"),
    (
        "downtime",
        None,
        {"scope": "*", "monitor_identifier": {"monitor_tags": ["*"]}, **UNTIL},
        "high mutes: mutes all monitors",
    ),
    (
        "downtime",
        {**DOWNTIME, **UNTIL},
        DOWNTIME,
        "high mutes: mutes monitors with team:shop where env:prod, without an end",
    ),
    ("downtime", DOWNTIME, {**DOWNTIME, **UNTIL}, None),
    ("synthetics_test", TEST, {**TEST, "status": "paused"}, "high mutes: is paused"),
    ("monitor", monitor(draft_status="published"), monitor(draft_status="draft"), "high mutes: is a draft"),
    # alerts-later
    (
        "monitor",
        monitor(),
        monitor(options={"thresholds": {"critical": 95}}),
        "low alerts-later: alerts later: critical 90 → 95",
    ),
    (
        "monitor",
        monitor(),
        monitor(query=(WIDE % "env:prod,service:shop").replace("90", "180"), options={"thresholds": {"critical": 180}}),
        "medium alerts-later: alerts later: critical 90 → 180",
    ),
    (
        "monitor",
        monitor(),
        monitor(query=(WIDE % "env:prod,service:shop").replace("last_5m", "last_1h").replace("90", "95")),
        "low alerts-later: may alert later: critical 90 → 95, and what is compared with it changes as well",
    ),
    ("monitor", monitor(), monitor(options={"thresholds": {"critical": 85}}), None),
    ("monitor", monitor(), monitor(options={"thresholds": {"critical": "much"}}), None),
    # turns-round
    (
        "monitor",
        monitor(),
        monitor(query=(WIDE % "env:prod,service:shop").replace("> 90", "<= 90")),
        "medium turns-round: alerts below its threshold, no longer above it",
    ),
    ("monitor", monitor(), monitor(query=(WIDE % "env:prod,service:shop").replace("> 90", ">= 90")), None),
    # loses-no-data
    (
        "monitor",
        monitor(options={"on_missing_data": "show_and_notify_no_data"}),
        monitor(),
        "medium loses-no-data: no longer tells of missing data",
    ),
    # lowers-target
    ("slo", slo(99.9), slo(99), "medium lowers-target: promises less over 30d: 99.9 % → 99 %"),
    ("slo", slo(99.9), slo(99.9, "7d"), "medium lowers-target: has no target for 30d any more"),
    ("slo", slo(99), slo(99.9), None),
    # unknown-query
    ("monitor", monitor(), monitor(query="nonsense"), "medium unknown-query: has a query that cannot be parsed"),
    # removes-widgets
    (
        "dashboard",
        {"title": "t", "widgets": [{"definition": {"type": "note", "content": text}} for text in ("a", "b")]},
        {"title": "t", "widgets": []},
        'low removes-widgets: removes note "a" and 1 more',
    ),
]


@pytest.mark.parametrize(("kind", "before", "after", "risk"), CASES, ids=[str(case[3])[:60] for case in CASES])
def test_what_could_go_wrong(kind, before, after, risk):
    found = [f"{one.severity} {one.risk}: {one.message}" for one in of(kind, before, after).risks]
    if risk is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(risk)


def test_what_is_protected_no_more():
    made = change("monitor", monitor(), monitor(), fields=(FieldChange("protect", True, False),))
    assert [one.risk for one in meaning(plan(made)).changes[0].risks] == ["unprotects"]


def test_what_is_adopted_is_written_over():
    found = of("monitor", monitor(), monitor(name="n"), action=Action.ADOPT)
    assert [one.message for one in found.risks] == ["overwrites 1 field of what was made by hand"]


def test_what_is_made_anew_says_so():
    old, new = monitor(), monitor(type="log alert", query=LOGS["query"] % "env:prod")
    found = meaning(plan(change("monitor", old, None), change("monitor", None, new)))
    assert [one.text for one in found.risks] == ["deletes its history of alerts: it is deleted and created anew"]


def test_the_worst_comes_first_and_the_same_stands_once():
    lower, page = monitor(options={"thresholds": {"critical": 95}}), monitor(message=PAGE)
    changes = [
        change("monitor", monitor(), lower, key="a"),
        change("monitor", monitor(), lower, key="b"),
        change("monitor", page, monitor(), key="c"),
    ]
    found = meaning(plan(*changes))
    assert [(one.severity, len(one.addresses)) for one in found.risks] == [("high", 1), ("low", 2)]
    assert [found.count(severity) for severity in Severity] == [1, 0, 2]


def test_every_risk_has_a_case():
    tested = {case[3].split(" ")[1].rstrip(":") for case in CASES if case[3]} | {"unprotects", "overwrites"}
    assert tested == set(risks())
