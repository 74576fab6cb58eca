"""`plan --changed-since REF`: only the resources that the working tree changes."""

import re

import orjson
import pytest

from tests.cli.repository import git
from tests.online import NOTHING

__all__ = ["git"]

LATENCY = "shop/monitor/latency"
CART = "product: cart\ntitle: Cart\norg: main\nteam: cart-team\n"
CART_SLO = """\
product: cart
slos:
  - key: checkout
    name: Checkout
    type: monitor
    monitor_ids: ["${monitor:shop/latency}"]
    thresholds: [{timeframe: 7d, target: 99}]
"""


@pytest.fixture
def applied(orgs, git):
    orgs.apply()
    return orgs


def changes(orgs, *args):
    return orgs.changes("--changed-since", "main", *args)


def drift(orgs):
    """Somebody changes a monitor in the UI."""
    orgs.main.edit("monitor", orgs.main.one("monitor", "[prod] Shop errors")["id"], name="Mine")


def test_where_nothing_changed_nothing_is_planned(applied):
    drift(applied)
    plan = applied.plan("--changed-since", "main")
    assert (plan["summary"], plan["only"]) == (NOTHING, [])
    assert plan["changed_since"]["ref"] == "main"


def test_only_what_changed_is_planned(applied, workspace):
    drift(applied)
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    plan = applied.plan("--changed-since", "main")
    assert [change["address"] for change in plan["changes"]] == [LATENCY]
    assert plan["summary"] == {**NOTHING, "update": 1}
    assert plan["only"] == [{"org": "main", "address": LATENCY}]


def test_a_preset_counts_for_all_that_use_it(applied, workspace):
    workspace.replace("presets/errors.yaml", "default: 50", "default: 60")
    assert changes(applied) == [
        ("update", "shop/monitor/errors.prod"),
        ("update", "shop/monitor/errors.staging"),
    ]


def test_a_product_counts_for_all_that_its_edit_changes(applied, workspace):
    workspace.replace("products/shop.yaml", "tags: {service: shop}", "tags: {service: shop, tier: one}")
    addresses = {address for _, address in changes(applied)}
    assert {LATENCY, "shop/monitor/errors.prod", "shop/slo/availability"} <= addresses
    assert "shop/dashboard/overview" not in addresses


def test_a_comment_is_no_change(applied, workspace):
    workspace.replace("monitors/shop.yaml", "product: shop\n", "product: shop # ours\n")
    assert applied.plan("--changed-since", "main")["only"] == []


def test_a_spec_that_is_gone_is_deleted_and_what_is_left_over_from_before_is_not(applied, workspace, git):
    text = (workspace.root / "slos" / "shop.yaml").read_text()
    workspace.remove("slos/shop.yaml")
    assert changes(applied) == [("delete", "shop/slo/availability")]
    git("commit", "--quiet", "--all", "-m", "Without the SLO")
    assert changes(applied) == []
    workspace.write("slos/shop.yaml", text)
    assert [address for _, address in changes(applied)] == []  # the org has it as it was
    assert applied.plan("--changed-since", "main")["summary"] == {**NOTHING, "unchanged": 1}


def test_adopting_counts(applied, workspace):
    body = applied.main.one("monitor", "Shop is slow")
    workspace.replace("monitors/shop.yaml", "  - key: latency\n", f"  - key: latency\n    adopt: {body['id']}\n")
    assert applied.plan("--changed-since", "main")["only"] == [{"org": "main", "address": LATENCY}]


def test_what_it_needs_and_did_not_change_is_read(applied, workspace):
    workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: The shop")
    assert changes(applied) == [("update", "shop/dashboard/overview")]


def test_what_it_needs_and_the_org_lacks_is_said(applied, workspace):
    applied.main.delete("dashboard", applied.main.one("dashboard", "Shop")["id"])
    applied.main.delete("monitor", applied.main.one("monitor", "Shop is slow")["id"])
    workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: The shop")
    run = applied("plan", "--changed-since", "main")
    assert run.exit_code == 1
    assert "needs shop/monitor/latency, which the org 'main' does not hold" in run.stderr
    assert "it did not change itself; plan without --changed-since" in run.stderr


def test_how_much_of_the_org_changes_is_counted_of_all_that_it_holds(applied, workspace, git):
    query = "avg(last_5m):avg:a{env:prod} > 1"
    monitor = "  - {{key: m{0}, name: M{0}, type: query alert, query: '{1}', message: '@slack-shop-alerts'}}\n"
    workspace.write(
        "monitors/many.yaml", "product: shop\nmonitors:\n" + "".join(monitor.format(n, query) for n in range(20))
    )
    git("add", "--all")
    git("commit", "--quiet", "-m", "Many")
    applied.apply()
    workspace.replace("monitors/many.yaml", "name: M7,", "name: M seven,")
    workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: The shop")
    assert len(changes(applied, "--max-change", "8")) == 2
    assert applied("plan", "--changed-since", "main", "--max-change", "7").exit_code == 1


@pytest.fixture
def by_rules(applied, workspace, git):
    """The product's routes are notification rules, and applied."""
    workspace.replace("products/shop.yaml", "routes:\n", "routing: rules\nroutes:\n")
    git("commit", "--quiet", "--all", "-m", "Rules")
    applied.apply("--max-change", "100")


PAGING = "stops paging PagerDuty Shop on alerts and recoveries, and nobody else hears"


def test_who_hears_of_a_monitor_depends_on_rules_that_did_not_change(applied, by_rules, workspace):
    workspace.replace("monitors/shop.yaml", "priority: 2", "priority: 3")
    (change,) = applied.plan("--changed-since", "main")["changes"]
    assert (change["address"], [risk["message"] for risk in change["risks"]]) == ("shop/monitor/errors.prod", [PAGING])


def test_a_rule_is_for_monitors_that_did_not_change(applied, by_rules, workspace):
    workspace.replace("products/shop.yaml", "notify: [page, alerts]", "notify: [alerts]")
    plan = applied.plan("--changed-since", "main")
    assert [change["address"] for change in plan["changes"]] == ["shop/notification_rule/prod-page"]
    (told,) = plan["notifications"]
    assert told["text"] == "prod alerts and recoveries no longer page PagerDuty Shop, so nobody is paged"
    assert told["addresses"] == ["shop/monitor/errors.prod"]


def test_routes_count_all_that_take_them(applied, workspace):
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    page = applied("plan", "--changed-since", "main", "--format", "html", "--no-backtest").stdout
    assert re.findall(r'<th scope="row">([^<]*)</th>.*?<td>(\d+)</td></tr>', page) == [
        ("prod-page", "1"),
        ("env-staging", "1"),
        ("vendor", "1"),
    ]


def test_dashboards_that_did_not_change_are_not_fetched(applied, workspace):
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    for file in (workspace.root / ".ddops" / "cache").rglob("*"):
        if file.is_file():
            file.unlink()
    applied.server.requests.clear()
    changes(applied)
    fetched = [path for method, path in applied.server.requests if path.startswith("/api/v1/dashboard/")]
    assert [path for path in fetched if "lists" not in path] == []


def test_the_words_for_products_and_for_a_base_go_together(applied, workspace, git):
    workspace.write("products/cart.yaml", CART)
    workspace.write("slos/cart.yaml", CART_SLO)
    git("add", "--all")
    git("commit", "--quiet", "-m", "Cart")
    applied.apply()
    drift(applied)
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    workspace.replace("slos/cart.yaml", "target: 99}", "target: 98}")
    assert changes(applied, "cart") == [("update", "cart/slo/checkout")]
    plan = applied.plan("--changed-since", "main", "--base", "main")
    assert {change["address"]: change["cause"] for change in plan["changes"]} == {
        LATENCY: "yours",
        "cart/slo/checkout": "yours",
    }


def test_a_product_that_is_gone_can_still_be_named(applied, workspace, git):
    workspace.write("products/cart.yaml", CART)
    workspace.write("slos/cart.yaml", CART_SLO)
    git("add", "--all")
    git("commit", "--quiet", "-m", "Cart")
    applied.apply()
    workspace.remove("products/cart.yaml")
    workspace.remove("slos/cart.yaml")
    assert applied("plan", "cart").exit_code == 1
    assert ("delete", "cart/slo/checkout") in changes(applied, "cart")
    applied("plan", "cart", "--changed-since", "main", "--out", "plan.json", "--max-change", "100")
    assert applied("apply", "plan.json").exit_code == 0
    assert applied.main.titles("slo") == ["Shop answers"]


def test_a_saved_plan_is_applied_as_far_as_it_goes_and_needs_no_git(applied, workspace):
    drift(applied)
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    assert applied("plan", "--changed-since", "main", "--out", "plan.json").exit_code == 0
    saved = orjson.loads((workspace.root / "plan.json").read_bytes())
    assert saved["only"] == [{"org": "main", "address": LATENCY}]
    (workspace.root / ".git").rename(workspace.root / "gone")
    run = applied("apply", "plan.json")
    assert run.exit_code == 0, run.stderr
    assert applied.main.one("monitor", "Shop is slow")["options"]["thresholds"]["warning"] == 2
    assert applied.main.one("monitor", "Mine")


def test_what_did_not_compile_then_counts_as_changed(applied, workspace, git):
    good = (workspace.root / "slos" / "shop.yaml").read_text()
    workspace.write("slos/shop.yaml", good.replace("type: monitor", "type: nonsense"))
    git("commit", "--quiet", "--all", "-m", "Broken")
    workspace.write("slos/shop.yaml", good)
    plan = applied.plan("--changed-since", "main")
    assert plan["only"] == [{"org": "main", "address": "shop/slo/availability"}]
    assert any(note.startswith("at main: a problem in the specs") for note in plan["notes"])
