"""How a plan says what its monitors would have done: from points in an org to the page."""

import re
import time

import orjson
import pytest

DAY = 86_400
WINDOW = 300
SENTENCE = "In the last day 2 of 288 evaluations would have alerted; with the old threshold 5."


@pytest.fixture
def points(orgs):
    """Puts one point of a count into each window of the last day, and of the next hour, in case a window ends
    meanwhile; those of the middle of the day are as given."""

    def send(metric, *values, usual=1.0, tags=("env:prod",)):
        now = int(time.time()) // WINDOW * WINDOW
        sent = [{"timestamp": at, "value": usual} for at in range(now - DAY, now + 3600, WINDOW)]
        for at, value in enumerate(values):
            sent[100 + at]["value"] = value
        series = {"metric": metric, "type": 1, "interval": WINDOW, "tags": [*tags], "points": sent}
        status, answer = orgs.main.call("POST", "/api/v2/series", {"series": [series]})
        assert status == 202, answer

    return send


@pytest.fixture
def errors(orgs, workspace, points):
    """A monitor that is there with a threshold of 20, and shall have 50; its metric was beyond the one five times and
    beyond the other twice."""
    points("shop.errors", 25, 60, 49, 51, 30)
    workspace.replace("monitors/shop.yaml", "with: {metric: shop.errors}", "with: {metric: shop.errors, critical: 20}")
    orgs.apply()
    workspace.replace("monitors/shop.yaml", ", critical: 20}", ", critical: 50}")


def test_the_page_shows_thresholds_over_what_the_metric_did(orgs, errors):
    run = orgs("plan", "--format", "html")
    assert run.exit_code == 0, run.stderr
    assert f'<p class="verdict">{SENTENCE}</p>' in run.stdout
    assert run.stdout.count('<svg viewBox="') == 1
    assert "critical 50</text>" in run.stdout
    assert "critical was 20</text>" in run.stdout
    assert "<code>sum:shop.errors{env:prod}.as_count().rollup(sum, 300)</code>" in run.stdout
    # staging has no data
    assert run.stdout.count("No backtest: the org has no data for the query in the last day;") == 1


def test_a_saved_plan_shows_the_same(orgs, errors):
    planned = orgs("plan", "--format", "html", "--out", "plan.json")
    before = len(orgs.server.requests)
    shown = orgs.run("show", "plan.json", "--format", "html")
    assert shown.stdout == planned.stdout
    assert len(orgs.server.requests) == before
    assert orgs("apply", "plan.json").exit_code == 0


def asked(orgs):
    return [path for method, path in orgs.server.requests if path.startswith("/api/v1/query")]


@pytest.mark.parametrize(
    ("arguments", "asks"),
    [
        ([], False),
        (["--format", "html"], True),
        (["--format", "html", "--no-backtest"], False),
        (["--format", "json"], False),
        (["--format", "markdown", "--backtest"], True),
    ],
)
def test_the_org_is_asked_where_somebody_wants_to_see_it(orgs, errors, arguments, asks):
    orgs.server.requests.clear()
    run = orgs("plan", *arguments)
    assert run.exit_code == 0, run.stderr
    assert bool(asked(orgs)) is asks
    assert ("would have alerted" in run.stdout) is asks


def test_the_comment_has_the_sentence(orgs, errors):
    text = orgs("plan", "--format", "markdown", "--backtest").stdout
    assert f"- {SENTENCE}\n" in text
    assert "- No backtest: the org has no data" in text


def test_the_json_has_the_counts(orgs, errors):
    changes = {change["address"]: change for change in orgs.plan("--backtest")["changes"]}
    found = changes["shop/monitor/errors.prod"]["backtest"]
    assert found.pop("end") - found.pop("start") == DAY
    assert found == {
        "text": SENTENCE,
        "query": "sum:shop.errors{env:prod}.as_count().rollup(sum, 300)",
        "window": WINDOW,
        "exact": True,
        "evaluations": 288,
        "groups": 1,
        "before": {"critical": 5, "warning": 0, "groups": 1, "thresholds": {"critical": 20.0}},
        "after": {"critical": 2, "warning": 0, "groups": 1, "thresholds": {"critical": 50.0}},
        "missing": None,
    }
    other = changes["shop/monitor/errors.staging"]["backtest"]
    assert (other["evaluations"], "no data" in other["missing"]) == (0, True)
    assert all("backtest" not in change for change in orgs.plan()["changes"])


def test_groups_have_a_curve_each(orgs, workspace, points):
    for host, values in {"a": [60, 70], "b": [30], "c": []}.items():
        points("shop.errors", *values, tags=["env:prod", f"host:{host}"])
    workspace.replace("presets/errors.yaml", "{env:${env}}.as_count()", "{env:${env}} by {host}.as_count()")
    text = orgs("plan", "--format", "html").stdout
    assert "In the last day 2 of 864 evaluations would have alerted, in 1 of 3 groups." in text
    assert re.findall(r'<svg class="key".*?</svg><code>(.*?)</code>', text) == [f"env:prod,host:{one}" for one in "abc"]


def test_a_deleted_monitor_is_tried_too(orgs, workspace, errors):
    workspace.replace("monitors/shop.yaml", "for_each: {env: [prod, staging]}", "for_each: {env: [staging]}")
    workspace.remove("slos/shop.yaml")
    text = orgs("plan", "--format", "html", "--max-change", "100").stdout
    assert "In the last day 5 of 288 evaluations would have alerted; with this plan none will." in text


def test_of_a_query_that_is_refused_the_plan_says_so_and_goes_on(orgs, workspace):
    workspace.replace(
        "presets/errors.yaml",
        "sum:${metric}{env:${env}}.as_count() >",
        "log2(sum:${metric}{*}) - week_before(sum:${metric}{*}) >",
    )
    workspace.replace("presets/errors.yaml", "sum(last_5m)", "max(last_5m)")
    run = orgs("plan", "--format", "html")
    assert run.exit_code == 0, run.stderr
    assert "No backtest: the org refuses the query: " in run.stdout


def test_the_sandbox_says_nothing_of_what_it_has_no_data_for(ddops):
    run = ddops("plan", "--org", "sandbox", "--format", "html")
    assert run.exit_code == 0, run.stderr
    assert "No backtest" not in run.stdout
    run = ddops("plan", "--org", "sandbox", "--format", "json", "--backtest")
    assert all("backtest" not in change for change in orjson.loads(run.stdout)["changes"])


def test_without_changes_nothing_is_asked(orgs):
    orgs.apply()
    orgs.server.requests.clear()
    assert orgs("plan", "--format", "html").exit_code == 0
    assert asked(orgs) == []
