import re

import orjson
import pytest

from tests.online import NOTHING

LATENCY = "shop/monitor/latency"
CART = """\
product: cart
title: Cart
org: main
team: cart-team
"""
CART_SLO = """\
product: cart
slos:
  - key: checkout
    name: Checkout
    type: monitor
    monitor_ids: ["${monitor:shop/latency}"]
    thresholds: [{timeframe: 7d, target: 99}]
"""
ANSI = re.compile(r"\x1b\[")


def test_an_empty_org_gets_everything_in_the_order_of_needs(orgs):
    assert orgs.changes() == [
        ("create", "shop/monitor/latency"),
        ("create", "shop/dashboard/overview"),
        ("create", "shop/monitor/errors.prod"),
        ("create", "shop/monitor/errors.staging"),
        ("create", "shop/slo/availability"),
    ]
    assert orgs.writes() == []


def test_the_json_keeps_its_contract(orgs):
    plan = orgs.plan()
    assert plan["format"] == 1
    assert (plan["org"], plan["workspace"]) == ("all", "acme")
    assert plan["summary"] == {**NOTHING, "create": 5}
    assert plan["findings"] == []
    assert re.fullmatch("[0-9a-f]{64}", plan["fingerprint"])
    latency = plan["changes"][0]
    assert [one["text"] for one in latency["notifications"]] == ["prod notifications mail vendor@example.com"]
    assert {**latency, "fields": None, "notifications": None} == {
        "address": LATENCY,
        "kind": "monitor",
        "action": "create",
        "org": "main",
        "title": "Shop is slow",
        "id": None,
        "url": None,
        "source": {"path": "monitors/shop.yaml", "line": 12},
        "fields": None,
        "notifications": None,
        "risks": [],
        "notes": [],
        "last_changed": None,
    }
    assert {"path": "name", "before": None, "after": "Shop is slow"} in latency["fields"]


def test_a_change_of_a_live_object_has_its_id_and_its_page(orgs, workspace):
    orgs.apply()
    latency = orgs.main.one("monitor", "Shop is slow")
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    (change,) = orgs.plan()["changes"]
    assert (change["action"], change["address"], change["id"]) == ("update", LATENCY, str(latency["id"]))
    assert change["url"] == f"https://acme.datadoghq.com/monitors/{latency['id']}"
    assert change["fields"] == [{"path": "options.thresholds.warning", "before": 1, "after": 2}]


def test_the_marker_is_never_among_the_fields(orgs, workspace):
    created = orgs.plan()
    orgs.apply()
    workspace.replace("monitors/shop.yaml", 'tags: ["env:prod"]', 'tags: ["env:prod", "tier:1"]')
    workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: Shop\ndescription: All of it.")
    workspace.remove("slos/shop.yaml")
    changed = orgs.plan()
    assert {change["action"] for change in changed["changes"]} == {"update", "delete"}
    fields = [change["fields"] for plan in (created, changed) for change in plan["changes"]]
    assert b"ddops:" not in orjson.dumps(fields)
    live = [*orgs.main.all("monitor"), *orgs.main.all("slo"), *orgs.main.all("dashboard")]
    assert all("ddops:acme/shop/" in str([*body["tags"], body.get("description")]) for body in live)


def test_a_plan_says_who_hears_differently_and_what_could_go_wrong(orgs, workspace):
    orgs.apply()
    workspace.replace(
        "products/shop.yaml", "states: [alert, recovery], notify: [page", "states: [alert], notify: [page"
    )
    run = orgs("plan")
    assert run.exit_code == 0
    lines = run.stdout.splitlines()
    assert lines[0] == lines[-1] == "Plan: 0 to create, 1 to update, 0 to adopt, 0 to delete, 4 unchanged."
    assert lines[2:9] == [
        "   Who is notified differently                          where",
        "─" * 80,
        ">  nobody hears of prod recoveries any more (was        shop/monitor/errors.prod",
        "   PagerDuty Shop and Slack #shop-alerts)",
        "",
        "risk    What could go wrong                             where",
        "─" * 80,
    ]
    assert "~ update  shop/monitor/errors.prod  in main" in lines
    assert "    > nobody hears of prod recoveries any more (was PagerDuty Shop and Slack" in lines
    assert "    ! high: stops paging PagerDuty Shop on recoveries, and nobody else hears" in lines
    message = lines[lines.index("      message:") :]
    assert "        -{{#is_recovery}}" in message
    assert "         {{/is_alert}}" in message


def test_after_an_apply_there_is_nothing_to_do(orgs):
    orgs.apply()
    run = orgs("plan", "--detailed-exitcode")
    assert (run.exit_code, run.stdout) == (0, "No changes: 5 resources are as the specs say.\n")


@pytest.mark.parametrize(("flags", "code"), [(["--detailed-exitcode"], 2), ([], 0)])
def test_changes_are_told_by_the_exit_code_where_that_is_asked_for(orgs, flags, code):
    assert orgs("plan", *flags).exit_code == code


def test_a_plan_that_cannot_be_made_is_no_plan_with_changes(orgs, workspace):
    workspace.replace(
        "monitors/shop.yaml", "query: avg(last_5m):avg:shop.latency{env:prod} > 2.5", "query: nonsense > 3"
    )
    run = orgs("plan", "--detailed-exitcode", "--out", "plan.json")
    assert run.exit_code == 1
    assert "refused: 1 finding of severity error; mend it first" in run.stderr
    assert "monitors/shop.yaml:15:12: error: shop/monitor/latency" in run.stdout
    assert not (workspace.root / "plan.json").exists()


@pytest.mark.parametrize(
    ("format_name", "says"),
    [
        ("markdown", "> **This plan is refused**\n>\n> - &#49; finding of severity error; mend it first"),
        ("html", "<h2>This plan is refused</h2><ul><li>1 finding of severity error; mend it first"),
        ("json", '"refusals": [\n    "1 finding of severity error; mend it first'),
    ],
)
def test_a_finding_that_refuses_a_plan_is_said_in_it(orgs, workspace, format_name, says):
    workspace.replace(
        "monitors/shop.yaml", "query: avg(last_5m):avg:shop.latency{env:prod} > 2.5", "query: nonsense > 3"
    )
    assert says in orgs("plan", "--format", format_name).stdout


@pytest.mark.parametrize(
    ("arguments", "env", "terminal", "coloured"),
    [
        ([], {}, True, True),
        ([], {}, False, False),
        (["--no-color"], {}, True, False),
        ([], {"NO_COLOR": "1"}, True, False),
        ([], {"NO_COLOR": ""}, True, True),
    ],
)
def test_colour_is_for_terminals_where_nobody_said_no(orgs, arguments, env, terminal, coloured):
    assert bool(ANSI.search(orgs("plan", *arguments, env=env, terminal=terminal).stdout)) is coloured


@pytest.mark.parametrize(
    ("columns", "terminal", "widest"), [("100", True, 100), ("7", True, 60), ("300", True, 120), ("300", False, 80)]
)
def test_lines_are_as_wide_as_a_terminal_is(orgs, workspace, columns, terminal, widest):
    workspace.replace("monitors/shop.yaml", "{{value}} errors.", "{{value}} errors. " + "Word by word. " * 30)
    run = orgs("plan", "--no-color", env={"COLUMNS": columns}, terminal=terminal)
    words = [line for line in run.stdout.splitlines() if "Word" in line]
    assert widest - 10 < max(map(len, words)) <= widest


def test_text_from_an_org_cannot_drive_the_terminal(orgs):
    orgs.apply()
    latency = orgs.main.one("monitor", "Shop is slow")
    orgs.main.edit("monitor", latency["id"], name="\x1b]0;owned\x07\u202egnorw")
    run = orgs("plan")
    assert not re.search("[\x1b\x07\u202e]", run.stdout)
    assert "]0;owned" in run.stdout


def test_a_plan_is_saved_as_its_json(orgs, workspace):
    run = orgs("plan", "--format", "json", "--max-change", "50", "--out", "plan.json")
    saved = orjson.loads((workspace.root / "plan.json").read_bytes())
    assert saved.pop("shown")["changes"]
    assert len(saved.pop("digest")) == 64
    assert saved == {**orjson.loads(run.stdout), "max_change": 50}
    assert "ddops apply plan.json" in run.stderr


def test_a_file_that_cannot_be_written_is_an_error(orgs):
    run = orgs("plan", "--out", "no/such/folder/plan.json")
    assert run.exit_code == 1
    assert "no/such/folder/plan.json" in run.stderr
    assert "bug" not in run.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["shp"], "shop"),
        (["--org", "mian"], "main"),
        (["--format", "yaml"], "'json', 'markdown', 'text'"),
        (["--max-change", "101"], "101"),
    ],
)
def test_what_there_is_not_is_an_error_that_names_what_there_is(orgs, arguments, says):
    run = orgs("plan", *arguments)
    assert run.exit_code == 1
    assert says in run.stderr
    assert run.stdout == ""


class TestOneProduct:
    @pytest.fixture(autouse=True)
    def cart(self, workspace):
        workspace.write("products/cart.yaml", CART)
        workspace.write("slos/cart.yaml", CART_SLO)

    def test_only_its_resources_are_planned(self, orgs):
        orgs.apply("--product", "shop")
        assert orgs.changes("cart") == [("create", "cart/slo/checkout")]
        assert orgs.plan("shop")["summary"] == {**NOTHING, "unchanged": 5}
        assert len(orgs.plan("shop", "cart")["changes"]) == 1

    def test_references_into_the_others_are_resolved(self, orgs):
        orgs.apply("--product", "shop")
        orgs.apply("--product", "cart")
        latency = orgs.main.one("monitor", "Shop is slow")
        assert orgs.main.one("slo", "Checkout")["monitor_ids"] == [latency["id"]]
        assert orgs.changes() == []

    def test_what_it_needs_has_to_be_there(self, orgs):
        run = orgs("plan", "cart")
        assert run.exit_code == 1
        assert "slos/cart.yaml:3" in run.stderr
        assert "needs shop/monitor/latency, which the org 'main' does not hold; plan its product as well" in run.stderr

    def test_the_others_are_neither_changed_nor_deleted(self, orgs, workspace):
        orgs.apply()
        workspace.replace("monitors/shop.yaml", "name: Shop is slow", "name: Shop is slower")
        workspace.remove("slos/shop.yaml")
        assert orgs.changes("cart") == []
        workspace.remove("slos/cart.yaml")
        assert orgs.changes("cart") == [("delete", "cart/slo/checkout")]
        orgs.apply("--product", "cart")
        assert orgs.main.titles("slo") == ["Shop answers"]
        assert orgs.main.one("monitor", "Shop is slow")

    def test_an_object_of_another_product_is_not_adopted(self, orgs, workspace):
        orgs.apply()
        latency = orgs.main.one("monitor", "Shop is slow")
        monitor = (
            f"{{key: slow, name: n, type: query alert, query: 'avg(last_5m):avg:a{{*}} > 1', adopt: {latency['id']}}}"
        )
        workspace.write("monitors/cart.yaml", f"product: cart\nmonitors: [{monitor}]\n")
        run = orgs("plan", "cart")
        assert run.exit_code == 1
        assert "is managed as shop/monitor/latency by this workspace; plan the product shop as well" in run.stderr
