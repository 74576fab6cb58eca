import json

import pytest


def simulated(run):
    assert (run.exit_code, run.stderr) == (0, "")
    return json.loads(run.stdout)


def test_who_is_notified_through_what_and_what_they_read(ddops):
    run = ddops("notify", "shop/monitor/errors.prod", "--state", "alert", "--value", "60")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == (
        "shop/monitor/errors.prod, ok → alert, priority 2\n"
        "  alerts  @slack-shop-alerts  (route prod-page)\n"
        "  page    @pagerduty-Shop     (route prod-page)\n"
        "\n"
        "[P2] [Triggered] [prod] Shop errors\n"
        "\n"
        "60 errors. ${dashboard:shop/overview.url}\n"
        "\n"
        "Runbook: https://git.example.com/acme/monitoring/blob/main/runbooks/shop.md#errors\n"
        "\n"
        "\n"
        "@slack-shop-alerts @pagerduty-Shop\n"
        "\n"
        "\n"
    )


def test_as_json(ddops):
    found = simulated(ddops("notify", "shop/monitor/errors.staging", "--state", "recovery", "--format", "json"))
    assert found == {
        "recipients": [{"channel": "alerts", "handle": "@slack-shop-alerts", "via": "route env-staging"}],
        "message": "{{value}} errors. ${dashboard:shop/overview.url}\n\n"
        "Runbook: https://git.example.com/acme/monitoring/blob/main/runbooks/shop.md#errors\n\n@slack-shop-alerts",
    }


def test_a_monitor_that_never_notifies_of_it_says_why(ddops):
    args = ("notify", "shop/monitor/errors.prod", "--state", "warning")
    assert ddops(*args).stdout == (
        "shop/monitor/errors.prod, ok → warning, priority 2\n"
        "nobody: this monitor never warns: it has no `options.thresholds.warning`\n"
    )
    assert simulated(ddops(*args, "--format", "json")) == {
        "recipients": [],
        "message": "",
        "reason": "this monitor never warns: it has no `options.thresholds.warning`",
    }


def test_a_notification_that_nobody_hears(ddops, workspace):
    workspace.replace("monitors/shop.yaml", "    routes: {add: [vendor]}\n", "")
    run = ddops("notify", "shop/monitor/latency", "--state", "alert")
    assert "nobody: a notification without any handle or route\n" in run.stdout


def test_another_priority_takes_other_routes(ddops):
    args = ("notify", "shop/monitor/errors.prod", "--state", "alert", "--format", "json")
    assert len(simulated(ddops(*args))["recipients"]) == 2
    assert simulated(ddops(*args, "--priority", "3"))["recipients"] == []
    assert len(simulated(ddops(*args, "--priority", "1"))["recipients"]) == 2


HAND = """\
product: shop
monitors:
  - key: hand
    name: n
    type: query alert
    query: avg(last_5m):avg:m{*} by {host} > 1
    message: |
      {{#is_match 'host.name' 'db'}}@dba@example.com{{/is_match}}
      {{#is_alert_recovery}}@slack-x{{/is_alert_recovery}}
    options: {renotify_interval: 5}
"""


@pytest.mark.parametrize(
    ("options", "handles"),
    [
        (["--state", "alert", "--group", "host=db1"], ["@dba@example.com"]),
        (["--state", "alert", "--group", "host:db1"], ["@dba@example.com"]),
        (["--state", "alert", "--group", "host=web"], []),
        (["--state", "recovery", "--group", "host=web"], ["@slack-x"]),
        (["--state", "ok", "--from", "alert", "--group", "host=web"], ["@slack-x"]),
        (["--state", "alert", "--from", "alert", "--group", "host=db1"], ["@dba@example.com"]),
        (["--state", "renotify", "--group", "host=db1"], ["@dba@example.com"]),
    ],
)
def test_groups_and_transitions(ddops, workspace, options, handles):
    workspace.write("monitors/hand.yaml", HAND)
    found = simulated(ddops("notify", "shop/monitor/hand", *options, "--format", "json"))
    assert [one["handle"] for one in found["recipients"]] == handles
    assert "notes" not in found


def test_what_had_to_be_assumed_is_noted(ddops, workspace):
    workspace.write("monitors/hand.yaml", HAND)
    note = "'host.name' decides who hears this, and its value is not known here"
    assert f"note: {note}\n" in ddops("notify", "shop/monitor/hand", "--state", "alert").stdout
    found = simulated(ddops("notify", "shop/monitor/hand", "--state", "alert", "--format", "json"))
    assert found["notes"] == [note]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["shop/monitor/errors.prd", "--state", "alert"],
         "unknown monitor 'shop/monitor/errors.prd'; did you mean 'shop/monitor/errors.prod'?"),
        (["shop/slo/availability", "--state", "alert"], "unknown monitor 'shop/slo/availability'; "),
        (["shop/monitor/latency", "--state", "alert", "--group", "host=a"], "--group: unknown group key 'host'; "),
        (["shop/monitor/latency", "--state", "alert", "--group", "host"], "--group: 'host' is no tag; "),
        (["shop/monitor/latency", "--state", "recovery", "--from", "ok"], "--from: from `ok` there is no recovery"),
        (["shop/monitor/latency", "--state", "alert", "--org", "partner"], "unknown org 'partner'; "),
        (["shop/monitor/latency", "--state", "alrt"], "Usage: ddops notify"),
        (["shop/monitor/latency"], "Usage: ddops notify"),
    ],
)  # fmt: skip
def test_what_cannot_be_simulated(ddops, args, message):
    run = ddops("notify", *args)
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.startswith(message)


def test_nothing_from_a_spec_reaches_the_terminal_as_it_is(ddops, workspace):
    workspace.write(
        "monitors/evil.yaml",
        "product: shop\nmonitors:\n"
        r'- {key: k, name: "\e[2J", message: "\e[2J @slack-\u202Ex", type: query alert,'
        ' query: "avg(last_5m):avg:m{*} > 1"}\n',
    )
    run = ddops("notify", "shop/monitor/k", "--state", "alert")
    assert run.exit_code == 0
    assert not set("\x1b\u202e") & set(run.stdout)
