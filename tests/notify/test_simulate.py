"""The simulator, over workspaces: messages by hand, routes as messages or as rules."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from ddops.address import Address
from ddops.compile import Desired, compile_specs
from ddops.kinds.contract import Spec, kinds
from ddops.location import Location
from ddops.message import Transition
from ddops.notify import matrix, rules_of, simulate, transition
from ddops.product import Product
from tests.routing.test_same_outcome import (
    MONITORS,
    TRANSITIONS,
    compiled,
    notified_by_message,
    notified_by_rule,
    products,
)

BY_HAND = """\
product: shop
monitors:
  - key: hand
    name: "{{host.name}} of ${product.title}"
    type: query alert
    query: avg(last_5m):avg:m{env:prod} by {host} > 5
    message: |
      {{#is_alert}}{{value}} {{comparator}} {{threshold}} on {{host.name}} ({{env.name}}) @workflow-x(host=host.name)
      {{#is_match "host.name" "db"}}@dba@example.com{{/is_match}}{{/is_alert}}
      {{#is_recovery}}over{{/is_recovery}} @slack-shop-alerts
    options:
      thresholds: {critical: 5}
      renotify_interval: 10
      escalation_message: "Still. @pagerduty-Shop"
"""


@pytest.fixture
def shop(workspace):
    """Simulates: `shop("hand", "alert", group={…})`."""
    workspace.write("monitors/hand.yaml", BY_HAND)

    def run(key, state, before=None, **how):
        desired = compile_specs(workspace.load())
        (monitor,) = [one for one in desired if str(one.address) == f"shop/monitor/{key}"]
        return simulate(monitor, rules_of(desired), transition(state, before), **how)

    return run


def heard(notification):
    return {one.handle: (one.channel, one.via) for one in notification.recipients}


def test_a_message_by_hand(shop):
    found = shop("hand", "alert", group={"host": "db1"}, value="7")
    assert heard(found) == {
        "@workflow-x(host=host.name)": (None, ("message",)),
        "@dba@example.com": (None, ("message",)),
        "@slack-shop-alerts": ("alerts", ("message",)),
    }
    assert found.title == "[Triggered on {host:db1}] db1 of Shop"
    assert found.message.startswith("7 > 5 on db1 (prod) @workflow-x")
    assert "over" not in found.message
    assert found.notes == ()


def test_what_is_not_known_is_said(shop):
    found = shop("hand", "alert")
    assert "@dba@example.com" not in heard(found)
    assert found.notes == ("'host.name' decides who hears this, and its value is not known here",)
    assert "{{value}} > 5 on {{host.name}}" in found.message


def test_a_recovery_and_a_repetition(shop):
    assert heard(shop("hand", "recovery", group={"host": "db1"})) == {"@slack-shop-alerts": ("alerts", ("message",))}
    again = shop("hand", "renotify", group={"host": "web1"})
    assert heard(again)["@pagerduty-Shop"] == ("page", ("message",))
    assert again.message.endswith("Still. @pagerduty-Shop")
    assert again.title.startswith("[Re-Triggered on {host:web1}]")


def test_routes(shop):
    found = shop("errors.prod", "alert", value="60")
    assert heard(found) == {
        "@slack-shop-alerts": ("alerts", ("route prod-page",)),
        "@pagerduty-Shop": ("page", ("route prod-page",)),
    }
    assert found.title == "[P2] [Triggered] [prod] Shop errors"
    assert found.message.startswith("60 errors. ${dashboard:shop/overview.url}")
    assert heard(shop("errors.staging", "recovery")) == {"@slack-shop-alerts": ("alerts", ("route env-staging",))}
    assert shop("errors.prod", "warning").silence is not None


def test_a_rule_of_any_product_notifies(workspace, shop):
    workspace.write(
        "notification_rules/shop.yaml",
        'product: shop\nnotification_rules: [{key: all, name: n, filter: {tags: ["team:shop-team"]},'
        " recipients: [slack-shop-alerts, webhook-x]}]\n",
    )
    assert heard(shop("errors.prod", "warning")) == {}  # never sent
    found = heard(shop("errors.prod", "alert"))
    assert found["@slack-shop-alerts"] == ("alerts", ("route prod-page", "rule shop/notification_rule/all"))
    assert found["@webhook-x"] == (None, ("rule shop/notification_rule/all",))


def test_routes_as_rules_notify_alike(workspace, shop):
    by_messages = {key: heard(shop(key, "alert")) for key in ("errors.prod", "errors.staging", "latency")}
    workspace.write("products/shop.yaml", (workspace.root / "products/shop.yaml").read_text() + "routing: rules\n")
    for key, expected in by_messages.items():
        found = heard(shop(key, "alert"))
        assert {handle: channel for handle, (channel, _) in found.items()} == {
            handle: channel for handle, (channel, _) in expected.items()
        }
        assert all(way.startswith("rule shop/notification_rule/") for _, via in found.values() for way in via)


def test_the_matrix(workspace, shop):
    catalog = workspace.load()
    desired = compile_specs(catalog)
    found = matrix(catalog.products["shop"], desired, rules_of(desired))
    rows = {
        row.monitor.address.key: {
            state: None if heard is None else [one.name for one in heard] for state, heard in row.states.items()
        }
        for row in found.rows
    }
    assert rows["errors.prod"] == {
        "alert": ["alerts", "page"], "warning": None, "no_data": None, "recovery": ["alerts", "page"],
        "renotify": None, "unknown": None,
    }  # fmt: skip
    # Whatever the host is called, both could hear.
    assert rows["hand"]["alert"] == ["@workflow-x(host=host.name)", "@dba@example.com", "alerts"]
    assert found.unused == ()
    assert found.unheard == {}


WORDS = {"OK": "ok", "Alert": "alert", "Warn": "warning", "No Data": "no_data"}
SENT = {"thresholds": {"warning": 1}, "notify_no_data": True, "renotify_interval": 10}


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(products(), MONITORS)
def test_it_agrees_with_what_the_reference_says_of_messages_and_rules(product, monitor):
    key = "errors"
    for routing in ("messages", "rules"):
        body, rules = compiled(product, routing, monitor, key)
        made = Product.model_validate({**product, "routing": routing})
        spec = Spec(address=Address("shop", "monitor", key), org="main", product=made, body=monitor,
                    source=Location("x.yaml"))  # fmt: skip
        desired = Desired(spec=spec, kind=kinds()["monitor"], payload={**body, "options": SENT}, needs=frozenset())
        ruled = [
            replace(desired, payload=rule, kind=kinds()["notification_rule"],
                    spec=replace(spec, address=Address("shop", "notification_rule", f"r{at}")))
            for at, rule in enumerate(rules)
        ]  # fmt: skip
        for name, true in TRANSITIONS.items():
            before, _, now = name.removesuffix(" again").partition(" to ")
            when = Transition(WORDS[before], WORDS[now or before])  # type: ignore[arg-type]
            expected = notified_by_message(body.get("message", ""), true)
            for rule in rules:
                expected |= notified_by_rule(rule, set(body["tags"]), true, first_counts=False)
            assert {one.handle for one in simulate(desired, {"main": ruled}, when).recipients} == expected, name
