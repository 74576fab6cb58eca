from __future__ import annotations

import pytest

from ddops.sandbox.rules.sli import count_of, query_of
from ddops.sandbox.rules.slo_body import display

PATH = "/api/v1/slo"
GOOD, BAD, ALL = ("sum:a.b{type:good}.as_count()", "sum:a.b{type:bad}.as_count()", "sum:a.b{*}.as_count()")
THRESHOLD = {"timeframe": "7d", "target": 95}
MONITOR = {"type": "query alert", "query": "avg(last_5m):avg:a.b{*} > 5", "name": "n", "message": "m"}


def metric(**fields):
    return {
        "name": "s",
        "type": "metric",
        "query": {"numerator": GOOD, "denominator": ALL},
        "thresholds": [THRESHOLD],
    } | fields


def made(org, **fields):
    return org.made(PATH, metric(**fields))["data"][0]


def test_a_create_fills_in_what_is_not_sent(org):
    slo = made(
        org, thresholds=[THRESHOLD | {"warning": 98.5, "target_display": "95.0"}, {"timeframe": "30d", "target": 9}]
    )
    assert len(slo["id"]) == 32
    assert {name: slo[name] for name in ("type_id", "description", "tags", "monitor_tags", "timeframe")} == {
        "type_id": 1,
        "description": "",
        "tags": [],
        "monitor_tags": [],
        "timeframe": "7d",
    }
    assert (slo["target_threshold"], slo["warning_threshold"]) == (95, 98.5)
    assert slo["thresholds"] == [
        {"timeframe": "7d", "target": 95.0, "target_display": "95.", "warning": 98.5, "warning_display": "98.5"},
        {"timeframe": "30d", "target": 9.0, "target_display": "9."},
    ]
    assert "groups" not in slo
    read = org.call("GET", f"{PATH}/{slo['id']}")[1]
    assert read == {"data": slo, "error": None}
    assert isinstance(read["data"]["target_threshold"], float)


def test_tags_lose_their_order(org):
    tags = [f"a:{n}" for n in range(8)]
    kept = made(org, tags=tags)["tags"]
    assert kept != tags
    assert sorted(kept) == tags


def test_a_metric_slo_holds_both_forms(org):
    assert made(org)["sli_specification"]["count"]["total_events_formula"] == {"formula": "query2"}
    count = {
        "good_events_formula": {"formula": "a"},
        "bad_events_formula": {"formula": "b"},
        "queries": [{"data_source": "metrics", "name": n, "query": q} for n, q in (("a", GOOD), ("b", BAD))],
    }
    slo = made(org, query=None, sli_specification={"count": count})
    assert slo["query"] == {"numerator": GOOD, "denominator": f"({GOOD}) + ({BAD})"}
    assert slo["sli_specification"] == {"count": count}


@pytest.mark.parametrize(
    ("numerator", "denominator", "formulas"),
    [
        (GOOD, ALL, ("query1", "query2")),
        (GOOD, GOOD, ("query1", "query1")),
        (GOOD, f"{GOOD} + {BAD}", ("query1", "(query1 + query2)")),
        (f"{GOOD} - {BAD}", ALL, ("(query1 - query2)", "query3")),
        (f"({GOOD}) + ({BAD}) * 2", ALL, ("(query1 + (query2 * 2))", "query3")),
        (f"default_zero({GOOD})", f"{ALL} by {{env}}", ("default_zero(query1)", "query2")),
    ],
)
def test_a_query_becomes_formulas(numerator, denominator, formulas):
    count = count_of({"numerator": numerator, "denominator": denominator.replace(f"{ALL} by {{env}}", ALL)})
    assert (count["good_events_formula"]["formula"], count["total_events_formula"]["formula"]) == formulas


def test_formulas_become_a_query():
    queries = [{"name": "query1", "query": GOOD}, {"name": "query10", "query": ALL}]
    count = {
        "queries": queries,
        "good_events_formula": {"formula": "query1 * 1"},
        "total_events_formula": {"formula": "query10"},
    }
    assert query_of(count) == {"numerator": f"{GOOD} * 1", "denominator": ALL}


def test_a_time_slice_has_an_interval(org):
    time_slice = {
        "comparator": ">",
        "threshold": 1,
        "query": {"formulas": [{"formula": "a"}], "queries": [{"data_source": "metrics", "name": "a", "query": GOOD}]},
    }
    slo = made(org, type="time_slice", query=None, sli_specification={"time_slice": time_slice})
    assert slo["type_id"] == 2
    assert slo["sli_specification"] == {"time_slice": time_slice | {"query_interval_seconds": 300}}


TARGET = "Invalid payload: The target is incorrect: target must be a positive number between (0.0, 100.0)"
REFUSED = [
    ({"type": "monitor"}, "Invalid payload: must specify monitor_ids"),
    ({"query": None}, "Invalid payload: must specify the query for count types"),
    ({"thresholds": [{"timeframe": "7d", "target": 100}]}, TARGET),
    ({"thresholds": [{"timeframe": "7d", "target": 0}]}, TARGET),
    ({"thresholds": [{"timeframe": "7d"}]}, TARGET),
    ({"name": None}, "Invalid payload: must specify name"),
    ({"thresholds": []}, "Invalid payload: must specify thresholds"),
]


@pytest.mark.parametrize(("fields", "error"), REFUSED)
def test_refusals(org, fields, error):
    assert org.call("POST", PATH, metric(**fields)) == (400, {"errors": [error]})


def test_an_update_keeps_the_type_and_replaces_the_rest(org):
    slo = made(org, description="d", tags=["a:b"])
    path = f"{PATH}/{slo['id']}"
    assert org.call("PUT", path, metric(type="monitor", query=None, monitor_ids=[1])) == (
        *(400, {"errors": ["Invalid payload: must specify the query for count types"]}),
    )
    status, answer = org.call("PUT", path, metric(name="new"))
    updated = answer["data"][0]
    assert (status, updated["name"], updated["description"], updated["tags"]) == (200, "new", "", [])
    assert updated["created_at"] == slo["created_at"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_missing_slo(org, method):
    answer = org.call(method, f"{PATH}/{'0' * 32}", metric() if method == "PUT" else None)
    assert answer == (404, {"errors": [f"SLO not found: {'0' * 32} not found"]})


def test_the_list_is_paged_and_filtered(org):
    slos = [made(org, name=f"Name {n}", tags=[f"n:{n}", "x:y"]) for n in range(3)]
    status, page = org.call("GET", PATH, limit=2, offset=2)
    assert status == 200
    assert [slo["id"] for slo in page["data"]] == [slos[2]["id"]]
    assert page["metadata"] == {"page": {"total_count": 3, "total_filtered_count": 2}}
    assert org.call("GET", PATH, ids=slos[1]["id"])[1] == {"data": [slos[1]], "error": None}
    for name, value, count in [
        ("query", "name 1", 1),
        ("tags_query", "n:2", 1),
        ("tags_query", "x", 3),
        ("metrics_query", "a.b", 3),
        ("metrics_query", "c.d", 0),
    ]:
        assert org.call("GET", PATH, **{name: value})[1]["metadata"]["page"]["total_count"] == count


def test_an_slo_in_use_is_deleted_by_force_only(org):
    free, shown, alerted = (made(org, name=name)["id"] for name in "abc")
    widget = {"definition": {"type": "slo", "view_type": "detail", "slo_id": shown}}
    org.made("/api/v1/dashboard", {"title": "t", "layout_type": "ordered", "widgets": [widget]})
    alert = {"type": "slo alert", "query": f'error_budget("{alerted}").over("7d") > 75', "name": "n"}
    alert_id = org.made("/api/v1/monitor", alert)["id"]
    status, answer = org.call("GET", f"{PATH}/can_delete", ids=f"{free},{shown}")
    assert (status, answer["data"], list(answer["errors"])) == (409, {"ok": [free]}, [shown])
    assert org.call("GET", f"{PATH}/can_delete", ids=free) == (200, {"data": {"ok": [free]}, "errors": {}})
    read = org.call("GET", f"{PATH}/{alerted}", with_configured_alert_ids="true")[1]
    assert read["data"]["configured_alert_ids"] == [alert_id]
    for id in (shown, alerted):
        assert org.call("DELETE", f"{PATH}/{id}")[0] == 409
        assert org.call("DELETE", f"{PATH}/{id}", force="true") == (200, {"data": [id], "error": None})
    assert org.call("DELETE", f"{PATH}/{free}")[0] == 200


def test_targets_are_deleted_by_timeframe(org):
    two = made(org, thresholds=[THRESHOLD, {"timeframe": "30d", "target": 90}])["id"]
    one = made(org)["id"]
    done = org.call("POST", f"{PATH}/bulk_delete", {two: ["7d"], one: ["7d"]})
    assert done == (200, {"data": {"deleted": [one], "updated": [two]}, "errors": []})
    assert [t["timeframe"] for t in org.call("GET", f"{PATH}/{two}")[1]["data"]["thresholds"]] == ["30d"]
    assert org.call("GET", f"{PATH}/{one}")[0] == 404


def test_a_burn_rate_cannot_be_above_the_whole_budget(org):
    id = made(org, thresholds=[{"timeframe": "7d", "target": 90}])["id"]
    query = f'burn_rate("{id}").over("7d").long_window("1h").short_window("5m") > '
    alert = {"type": "slo alert", "name": "n", "query": f"{query}14.4", "options": {"thresholds": {"critical": 14.4}}}
    assert org.call("POST", "/api/v1/monitor", alert) == (
        400,
        {
            "errors": [
                "Alert threshold (14.4) must be in range 0 to 10.0 for burn rate alerts"
                " (max threshold = 1/1-slo target)."
            ]
        },
    )
    org.made("/api/v1/monitor", alert | {"query": f"{query}10", "options": {"thresholds": {"critical": 10}}})


@pytest.mark.parametrize(("number", "text"), [(95, "95."), (99.5, "99.5"), (99.95, "99.95"), (99.999, "99.999")])
def test_displays(number, text):
    assert display(number) == text
