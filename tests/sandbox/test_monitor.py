from __future__ import annotations

import orjson
import pytest

PATH = "/api/v1/monitor"
QUERY = "avg(last_5m):avg:a.b{env:prod,host:x} by {host} > 5"
LOGS = 'logs("service:a").index("*").rollup("count").by("source,status").last("5m") > 2'
CHECK = '"custom.check".over("env:prod").by("host").last(3).count_by_status()'
# What every monitor gets for options that were not sent.
FILLED_IN = {
    "notify_no_data": False,
    "notify_audit": False,
    "new_host_delay": 300,
    "include_tags": True,
    "silenced": {},
}


def metric(**fields):
    return {"type": "query alert", "query": QUERY, "name": "n", "message": "m"} | fields


def test_a_create_fills_in_what_is_not_sent(org):
    made = org.made(PATH, metric())
    assert {name: value for name, value in made.items() if name not in metric()} == {
        "id": made["id"],
        "org_id": made["org_id"],
        "options": FILLED_IN,
        "tags": [],
        "priority": None,
        "restricted_roles": None,
        "restriction_policy": None,
        "draft_status": "published",
        "assets": [],
        "multi": True,
        "creator": made["creator"],
        "created": made["modified"],
        "created_at": made["created_at"],
        "modified": made["modified"],
        "deleted": None,
        "overall_state": "No Data",
        "overall_state_modified": None,
    }
    assert set(made["creator"]) == {"id", "name", "handle", "email"}
    assert made["created_at"] % 1000 == 0


def test_each_call_shows_its_own_fields(org):
    made = org.made(PATH, metric(assets=[{"category": "runbook", "name": "r", "url": "/x"}]))
    one = f"{PATH}/{made['id']}"
    read = org.call("GET", one)[1]
    assert made.keys() - read.keys() == {"assets", "restriction_policy"}
    assert not read.keys() - made.keys()
    assert org.call("GET", PATH)[1] == [read | {"matching_downtimes": []}]
    updated = org.call("PUT", one, {"name": "other"})[1]
    assert made.keys() - updated.keys() == {"creator"}
    links: dict[str, object] = {"resource_key": None, "resource_type": None}
    links |= {"template_variables": {}, "options": {}}
    asset = links | {"category": "runbook", "name": "r", "url": "/x"}
    assert made["assets"] == [asset | {"monitor_id": made["id"]}]
    assert org.call("GET", one, with_assets="true")[1]["assets"] == [asset]
    assert "restricted_roles" not in org.call("GET", one, with_restricted_roles="false")[1]
    assert org.call("GET", one, with_downtimes="true")[1]["matching_downtimes"] == []
    assert org.call("GET", one, group_states="all")[1]["state"] == {"groups": {}}


NORMALISED = [
    ({"query": f" {QUERY}\n", "name": " n ", "message": "m\n\n"}, {"query": QUERY, "name": "n", "message": "m"}),
    ({"priority": 0}, {"priority": None}),
    ({"priority": "4"}, {"priority": 4}),
    ({"restricted_roles": []}, {"restricted_roles": None}),
    ({"tags": ["b", "a:x"]}, {"tags": ["b", "a:x"]}),
    ({"name": None}, {"name": "**a.b** over **env:prod,host:x** was **> 5.0** on average during the **last 5m**."}),
    ({"options": {"notify_by": ["*"]}}, {"multi": False}),
    ({"query": "avg(last_5m):avg:a.b{*} > 5"}, {"multi": False}),
    ({"type": "service check", "query": '"ntp.in_sync".by("*").last(2).count_by_status()'}, {"multi": True}),
    ({"type": "log alert", "query": 'logs("a .by(b)").index("*").rollup("count").last("5m") > 2'}, {"multi": False}),
    ({"type": "log alert", "query": LOGS}, {"multi": True}),
    ({"type": "metric alert", "query": "avg(current_1mo):avg:a.b{*} > 5"}, {"type": "query alert"}),
    ({"type": "metric alert"}, {"type": "metric alert"}),
]


@pytest.mark.parametrize(("sent", "kept"), NORMALISED)
def test_what_is_rewritten(org, sent, kept):
    made = org.made(PATH, metric(**sent))
    assert {name: made[name] for name in kept} == kept


def test_unknown_fields_are_dropped(org):
    assert "classification" not in org.made(PATH, metric(classification="custom"))


OPTIONS = [
    ({"thresholds": {"critical": 5, "warning": None}}, {"thresholds": {"critical": 5.0}}),
    ({"thresholds": {}}, {}),
    ({"escalation_message": "e\n"}, {"escalation_message": "e"}),
    ({"on_missing_data": "resolve"}, {"on_missing_data": "resolve", "notify_no_data": ...}),
    ({"on_missing_data": "default"}, {"notify_no_data": ...}),
    ({"evaluation_delay": None, "timeout_h": None}, {"evaluation_delay": None, "timeout_h": None}),
    ({"new_host_delay": None, "unheard_of": 1}, {"new_host_delay": None, "unheard_of": 1}),
]


@pytest.mark.parametrize(("sent", "kept"), OPTIONS)
def test_what_becomes_of_options(org, sent, kept):
    options = org.made(PATH, metric(options=sent))["options"]
    assert options == {name: value for name, value in (FILLED_IN | kept).items() if value is not ...}


def test_options_of_other_types(org):
    logs = org.made(PATH, {"type": "log alert", "query": LOGS, "options": {"thresholds": {"critical": 2}}})
    assert logs["options"] == FILLED_IN | {"groupby_simple_monitor": False, "thresholds": {"critical": 2.0}}
    check = {"type": "service check", "query": CHECK, "options": {"thresholds": {"critical": 2, "ok": 1}}}
    kept = org.raw("POST", PATH, orjson.dumps(check)).data
    assert b'"thresholds":{"critical":2,"ok":1}' in kept
    check |= {"name": "other", "options": {"require_full_window": False}}
    assert org.made(PATH, check)["options"] == {k: v for k, v in FILLED_IN.items() if k != "include_tags"}


ACCEPTED = [
    ("query alert", "sum(last_1h):sum:a.b{*}.as_count() / sum:c.d{*}.as_count() * 100 >= 0.5"),
    ("query alert", "change(min(last_1m),last_5m):sum:a.b{example,framework:chronos} + sum:c{*} > 5"),
    ("query alert", "pct_change(avg(last_5m),1h_ago):avg:a.b{env:prod} > -50"),
    ("query alert", "avg(last_4h):anomalies(avg:a.b{*}, 'basic', 2, alert_window='last_15m') >= 1"),
    ("query alert", "max(next_2w):forecast(sum:a.b{*}.as_count().rollup(sum, 86400), 'linear', 2) >= 1e9"),
    ("query alert", "avg(last_5m):avg:a.b{env:prod AND (zone:a OR zone:b)} by {zone} < 1"),
    ("log alert", LOGS),
    ("log alert", 'logs("@msg:\\"a ) b\\"").index("*").rollup("count").last("5m") > 2'),
    ("rum alert", 'formula("a / b * 100").last("15m") >= 0.8'),
    ("event-v2 alert", r"""events('a \"b (\"').by('x').rollup('count').last('1h') > 200"""),
    ("event-v2 alert", 'events("source:x").rollup("count").last("5m") > 0'),
    ("process alert", "processes('java').over('x').rollup('count').last('10m') > 1"),
    ("error-tracking alert", 'error-tracking("x").source("all").new().rollup("count").by("issue.id").last("1d") > 0'),
    ("cost alert", 'formula("q").last("7d").anomaly(direction="above", threshold=10) >= 5'),
    ("data-jobs alert", 'formula("failed_runs(q)").by(job_name,workspace_name).last(10d) > 0'),
    ("service check", '"ntp.in_sync".by("*").last(2).count_by_status()'),
    ("service check", '"http.can_connect".over("a:b","c").exclude("d").by("*").last(1).pct_by_status()'),
    ("service check", '"a.b".over("name:x (y)").by("host").last(2).count_by_status()'),
    ("slo alert", 'error_budget("34dbd6fc8e5a5d86b8d1d1b3e5f6a7b8").over("7d") > 75'),
]


@pytest.mark.parametrize(("type", "query"), ACCEPTED)
def test_accepted_queries(org, type, query):
    assert org.call("POST", f"{PATH}/validate", {"type": type, "query": query}) == (200, {})


INVALID = "The value provided for parameter 'query' is invalid"
NO_OPERATOR = f"{INVALID}: invalid operator specified: "
REFUSED = [
    ({"type": "log alert", "query": "query"}, NO_OPERATOR),
    ({"query": "THIS IS A BAD QUERY"}, INVALID),
    ({"query": "avg(last_5m):avg:a.b{* > 5"}, INVALID),
    ({"query": "avg(last_5m):a.b{*} > 5"}, INVALID),
    ({"query": ""}, INVALID),
    ({"query": 3}, INVALID),
    ({"type": "log alert", "query": 'rum("x").rollup("count").last("5m") > 1'}, INVALID),
    ({"type": "composite", "query": "1 &&"}, INVALID),
    ({"type": "composite", "query": "1 && 2"}, "Some monitor IDs are invalid"),
    ({"type": "service check", "query": '"a.b".over("*").last(2).count_by_status()'},
     "A grouping must be specified for custom checks"),
    ({"type": "nonsense"}, "The value provided for parameter 'type' is invalid"),
    ({"type": None}, "The parameter 'type' is required"),
    ({"priority": 6}, "The value provided for parameter 'priority' is invalid"),
    ({"tags": "a"}, "The value provided for parameter 'tags' is invalid"),
    ({"options": []}, "The value provided for parameter 'options' is invalid"),
    ({"options": {"notify_by": ["host"]}}, "The notify_by list may not include all of the query's group keys."),
    ({"options": {"notify_no_data": True, "no_data_timeframe": 1500}},
     "no_data_timeframe must not exceed group retention"),
    ({"type": "service check", "query": CHECK, "options": {"thresholds": {"critical": 4}}},
     "Last field should be larger than or equal to max threshold defined in monitor options"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "error"), REFUSED)
def test_refusals(org, fields, error):
    for path in (PATH, f"{PATH}/validate"):
        assert org.call("POST", path, metric(**fields)) == (400, {"errors": [error]})
    assert org.call("GET", PATH) == (200, [])


OVERLAP = "{0} and {0} recovery criteria are such that the monitor can be simultaneously in {0} and {0} recovery states"
THRESHOLDS = [
    (">", {"critical": 9}, "Alert threshold (9.0) does not match that used in the query (5.0)."),
    (">", {"critical": "5"}, "Non-numeric threshold value."),
    (">", {"warning": 4}, "Alert status is required."),
    (">", {"critical": 5, "warning": 4}, None),
    (
        *(">", {"critical": 5, "warning": 50}),
        "Warning threshold (50.0) must be less than the alert threshold (5.0) with > comparison.",
    ),
    (
        *("<=", {"critical": 5, "warning": 5}),
        "Warning threshold (5.0) must be greater than the alert threshold (5.0) with <= comparison.",
    ),
    (">", {"critical": 5, "critical_recovery": 5}, None),
    (">=", {"critical": 5, "critical_recovery": 5}, OVERLAP.format("alert")),
    ("<", {"critical": 5, "critical_recovery": 4}, OVERLAP.format("alert")),
    (
        *("<", {"critical": 5, "warning": 7, "warning_recovery": 6}),
        OVERLAP.format("warning"),
    ),
    ("<", {"critical": 5, "warning": 7, "warning_recovery": 8}, None),
]  # fmt: skip


@pytest.mark.parametrize(("comparator", "thresholds", "error"), THRESHOLDS)
def test_thresholds(org, comparator, thresholds, error):
    query = f"avg(last_5m):avg:a.b{{*}} {comparator} 5"
    answer = org.call("POST", f"{PATH}/validate", metric(query=query, options={"thresholds": thresholds}))
    assert answer == ((200, {}) if error is None else (400, {"errors": [error]}))


def test_events_have_no_recovery_thresholds(org):
    query = 'events("source:x").rollup("count").last("5m") > 5'
    thresholds = {"critical": 5, "warning": 4, "critical_recovery": 3, "warning_recovery": 2}
    answer = org.call(*("POST", PATH, metric(type="event-v2 alert", query=query, options={"thresholds": thresholds})))
    assert answer == (400, {"errors": ["Invalid threshold statuses found: critical_recovery, warning_recovery."]})


def test_an_update_keeps_fields_and_replaces_options(org):
    options = {"thresholds": {"critical": 5}, "renotify_interval": 60}
    made = org.made(PATH, metric(tags=["a"], priority=2, options=options))
    one = f"{PATH}/{made['id']}"
    updated = org.call("PUT", one, {"name": "new"})[1]
    assert (updated["tags"], updated["priority"], updated["options"]) == (["a"], 2, made["options"])
    updated = org.call("PUT", one, {"options": {"thresholds": {"critical": 5}}})[1]
    assert updated["options"] == FILLED_IN | {"thresholds": {"critical": 5.0}}
    assert (updated["name"], updated["created"] < updated["modified"]) == ("new", True)
    assert org.call("PUT", one, {"query": QUERY.replace("5", "7")})[0] == 400
    updated = org.call("PUT", one, {"options": {"on_missing_data": "default"}})[1]
    assert "notify_no_data" not in updated["options"]
    assert org.call("PUT", one, {"name": "newer"})[1]["options"] == updated["options"]


def test_the_type_stays_but_for_the_two_names_of_metric_monitors(org):
    one = f"{PATH}/{org.made(PATH, metric())['id']}"
    refusal = (400, {"errors": ["Monitor type change not allowed"]})
    assert org.call("PUT", one, {"type": "log alert", "query": LOGS}) == refusal
    assert org.call("PUT", one, {"type": "metric alert"})[0] == 200


def test_an_edit_is_validated_but_not_made(org):
    made = org.made(PATH, metric())
    path = f"{PATH}/{made['id']}/validate"
    assert org.call("POST", path, metric(name="other")) == (200, {})
    assert org.call("POST", path, metric(query="bad")) == (400, {"errors": [INVALID]})
    assert org.call("GET", f"{PATH}/{made['id']}")[1]["name"] == "n"


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/validate")])
@pytest.mark.parametrize("id", ["0", "12345", "abc"])
def test_a_missing_monitor(org, method, path, id):
    body = metric() if method in ("PUT", "POST") else None
    assert org.call(method, f"{PATH}/{id}{path}", body) == (404, {"errors": ["Monitor not found"]})


def test_a_duplicate_is_refused_until_its_twin_is_gone(org):
    made = org.made(PATH, metric())
    twin = f"Duplicate of an existing monitor_id:{made['id']} org_id:{made['org_id']}"
    assert org.call("POST", PATH, metric(name="n ", tags=["other"])) == (400, {"errors": [twin]})
    org.made(PATH, metric(message="other"))
    org.call("DELETE", f"{PATH}/{made['id']}")
    org.made(PATH, metric())


def test_the_list_is_paged(org):
    made = [org.made(PATH, metric(name=f"n{n}"))["id"] for n in range(5)]
    assert made == sorted(made)

    def ids(**query):
        return [monitor["id"] for monitor in org.call("GET", PATH, **query)[1]]

    assert ids() == made
    assert ids(page=1, page_size=2) == made[2:4]
    assert ids(page=5, page_size=2) == []
    assert ids(id_offset=made[1], page_size=2) == made[2:4]
    assert ids(id_offset=0) == made
    assert org.call("GET", PATH, page="x")[0] == 400


def test_the_list_is_filtered(org):
    one = org.made(PATH, metric(name="One", tags=["team:a", "x"]))["id"]
    two = org.made(PATH, metric(name="Two", query="avg(last_5m):avg:a.b{env:prod-2} > 1", tags=["team:b"]))["id"]
    for query, found in [
        ({"name": "one"}, [one]),
        ({"tags": "env:prod"}, [one]),
        ({"tags": "env:prod,host:x"}, [one]),
        ({"monitor_tags": "team:b"}, [two]),
        ({"monitor_tags": "team:a,x"}, [one]),
        ({"monitor_tags": "team"}, []),
        ({"group_states": "all"}, [one, two]),
    ]:
        assert [monitor["id"] for monitor in org.call("GET", PATH, **query)[1]] == found
    refusal = (400, {"errors": ["Invalid group_state filters."]})
    assert org.call("GET", PATH, group_states="notagroupstate") == refusal


def test_a_monitor_in_use_is_deleted_by_force_only(org):
    one, other, free = (org.made(PATH, metric(name=name))["id"] for name in ("one", "other", "free"))
    composite = org.made(PATH, {"type": "composite", "query": f"{one} && !{other}", "name": "c", "message": "m"})
    slo = {"name": "s", "type": "monitor", "monitor_ids": [other], "thresholds": [{"timeframe": "7d", "target": 9}]}
    slo_id = org.made("/api/v1/slo", slo)["data"][0]["id"]
    by_composite = f"is referenced in composite monitors: [{composite['id']},c]"
    by_slo = f"monitor [{other},other] is referenced in slos: [{slo_id},s]"

    assert org.call("GET", f"{PATH}/can_delete", monitor_ids=free) == (200, {"data": {"ok": [free]}, "errors": None})
    status, answer = org.call("GET", f"{PATH}/can_delete", monitor_ids=f"{free},{other}")
    assert (status, answer["data"]) == (409, {"ok": [free]})
    assert answer["errors"] == {str(other): [by_slo, f"monitor [{other},other] {by_composite}"]}
    assert org.call("DELETE", f"{PATH}/{one}") == (400, {"errors": [f"monitor [{one},one] {by_composite}"]})

    assert org.call("DELETE", f"{PATH}/{composite['id']}")[0] == 200
    assert org.call("DELETE", f"{PATH}/{other}") == (401, {"errors": [by_slo]})
    assert org.call("DELETE", f"{PATH}/{other}", force="true") == (200, {"deleted_monitor_id": other})
    assert org.call("DELETE", f"{PATH}/{other}")[0] == 404
    assert org.call("GET", f"/api/v1/slo/{slo_id}")[1]["data"]["monitor_ids"] == [other]


def test_a_composite_holds_no_composite(org):
    one, other = (org.made(PATH, metric(name=name))["id"] for name in ("one", "other"))
    composite = org.made(PATH, {"type": "composite", "query": f"{one} || ({other})", "options": {"thresholds": {}}})
    assert (composite["multi"], composite["options"]) == (False, FILLED_IN)
    nested = {"type": "composite", "query": f"{one} && {composite['id']}"}
    assert org.call("POST", PATH, nested) == (400, {"errors": ["Some monitor IDs are invalid"]})
