"""Whoever a product's routes notify is notified alike, whether they are handles in messages or notification rules.

Messages and rules are evaluated here by what the reference says of them, and by nothing of ddops.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ddops.address import Address
from ddops.kinds.contract import Body, Setting, Spec, kinds
from ddops.location import Location
from ddops.product import Product

SETTING = Setting(workspace="va")
MONITOR, RULE = kinds()["monitor"], kinds()["notification_rule"]

# Which conditions each transition makes true (notifications, 3.1). What a rule calls a transition has the same names
# (notifications, 6).
TRANSITIONS = {
    "OK to Alert": {"is_alert"},
    "OK to Warn": {"is_warning"},
    "Warn to Alert": {"is_alert"},
    "Alert to Warn": {"is_warning", "is_alert_to_warning"},
    "Alert to OK": {"is_recovery", "is_alert_recovery"},
    "Warn to OK": {"is_recovery", "is_warning_recovery"},
    "OK to No Data": {"is_no_data"},
    "No Data to OK": {"is_recovery", "is_no_data_recovery"},
    "Alert again": {"is_alert", "is_renotify"},
}
TOKEN = re.compile(r"\{\{(?P<mark>[#^/])(?P<name>\w+)\}\}|(?:^|(?<=\s))(?P<handle>@[^\s{,'\"]+)", re.MULTILINE)


def notified_by_message(message: str, true: set[str]) -> set[str]:
    """The handles that stand outside of all blocks, or in blocks that are all true."""
    shown: list[bool] = []
    found = set()
    for token in TOKEN.finditer(message):
        if token["mark"] == "/":
            shown.pop()
        elif token["mark"]:
            shown.append((token["name"] in true) is (token["mark"] == "#"))
        elif all(shown):
            found.add(token["handle"])
    return found


def notified_by_rule(rule: Body, tags: set[str], true: set[str], *, first_counts: bool) -> set[str]:
    """A rule that matches by all of its tags notifies its recipients, or those of its conditions (the manual leaves
    open whether the first that is true counts, or all), or else its fallback."""
    if not tags.issuperset(rule["filter"]["tags"]):
        return set()
    conditional = rule.get("conditional_recipients", {})
    met = [one["recipients"] for one in conditional.get("conditions", ()) if holds(one["scope"], tags, true)]
    fallback = [conditional.get("fallback_recipients", [])]
    recipients = {*rule.get("recipients", ())}.union(*((met[:1] if first_counts else met) or fallback))
    assert not any(recipient.startswith("@") for recipient in recipients)
    return {f"@{recipient}" for recipient in recipients}


def holds(scope: str, tags: set[str], true: set[str]) -> bool:
    key, _, value = scope.partition(":")
    return value in true if key == "transition_type" else scope in tags


CHANNELS: dict[str, Any] = {
    "alerts": {"slack": "shop-alerts"},
    "same": {"slack": "shop-alerts"},
    "page": {"pagerduty": "Shop"},
    "mail": {"email": "team@example.com"},
    "hook": {"webhook": "shop"},
}
ENVS, TIERS, TYPES, KEYS = ("prod", "staging"), ("1", "2"), ("query alert", "log alert"), ("errors", "latency.prod")


def some(values: Any, least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=least, unique=True)


def one_or_some(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values) | some(values, 1)


MATCHES = st.fixed_dictionaries(
    {},
    optional={
        "env": one_or_some(ENVS),
        "tier": one_or_some([1, 2]),
        "team": one_or_some(["shop", "other"]),
        "priority": one_or_some([1, 2, 3]),
        "type": one_or_some(TYPES),
        "key": one_or_some([*KEYS, "latency"]),
    },
)
NAMES = ("first", "second", "third", "fourth")


@st.composite
def products(draw: st.DrawFn) -> Body:
    routes = []
    for name in NAMES[: draw(st.integers(0, 4))]:
        route: Body = {"match": draw(MATCHES), "notify": draw(some([*CHANNELS], 1))}
        if draw(st.booleans()):
            route["states"] = draw(some(["alert", "warning", "no_data", "recovery"], 1))
        if draw(st.booleans()):
            route |= {"name": name, "opt_in": draw(st.booleans())}
        routes.append(route)
    return {"product": "shop", "title": "Shop", "org": "main", "team": "shop", "channels": CHANNELS, "routes": routes}


MESSAGES = st.sampled_from(
    [
        "",
        "It is slow.",
        "Look. @slack-shop-alerts",
        "{{#is_alert}}\nNow. @pagerduty-Shop\n{{/is_alert}}",
        "{{^is_recovery}} @webhook-shop {{#is_no_data}} @slack-shop-alerts {{/is_no_data}}{{/is_recovery}}",
    ]
)
TAGS = [*(f"env:{env}" for env in ENVS), *(f"tier:{tier}" for tier in TIERS), "team:other", "loose"]
MONITORS = st.fixed_dictionaries(
    {
        "name": st.just("n"),
        "query": st.just("q"),
        "type": st.sampled_from(TYPES),
        "message": MESSAGES,
        "tags": some(TAGS),
        "priority": st.sampled_from([None, 1, 2, 3]),
        "routes": st.fixed_dictionaries({"add": some(NAMES), "skip": some(NAMES)}),
    }
)


def compiled(raw: Body, routing: str, monitor: Body, key: str) -> tuple[Body, list[Body]]:
    """The monitor's payload, and the rules, as the API gets them."""
    product = Product.model_validate({**raw, "routing": routing})
    source = Location("monitors/shop.yaml")
    address = Address("shop", "monitor", key)
    spec = Spec(address=address, org="main", product=product, body=monitor, source=source)
    assert RULE.from_product is not None
    rules = RULE.from_product(product, [spec], SETTING)
    for body in rules.values():
        RULE.model.model_validate(body)
    return MONITOR.payload(spec, SETTING), [*rules.values()]


@given(products(), MONITORS, st.sampled_from(KEYS), st.sets(st.sampled_from(TAGS)))
def test_the_same_people_are_notified(product, monitor, key, group):
    # A rule looks at the tags of the alerting group as well; a message does not.
    told, none = compiled(product, "messages", monitor, key)
    ruled, rules = compiled(product, "rules", monitor, key)
    assert none == []
    assert not any(tag.startswith("ddops-route:") for tag in told["tags"])
    for transition, true in TRANSITIONS.items():
        by_messages = notified_by_message(told.get("message", ""), true)
        for first_counts in (True, False):
            by_rules = notified_by_message(ruled.get("message", ""), true)
            for rule in rules:
                by_rules |= notified_by_rule(rule, {*ruled["tags"], *group}, true, first_counts=first_counts)
            assert by_rules == by_messages, transition


@given(products(), MONITORS, st.sets(st.sampled_from(TAGS)))
def test_a_monitor_that_is_not_the_products_notifies_nobody(product, monitor, group):
    _, rules = compiled(product, "rules", monitor, "errors")
    for rule in rules:
        assert (
            notified_by_rule(rule, {*monitor["tags"], *group, "team:shop"}, {"is_alert"}, first_counts=False) == set()
        )
