from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.address import KEY
from ddops.product import Product, Route
from ddops.routing import Subject, faults, keys, rules, tags

CHANNELS: dict[str, Any] = {
    "alerts": {"slack": "rms-alerts"},
    "on-call": {"pagerduty": "RMS"},
    "mail": {"email": "a@example.com"},
}


def product(*routes: Any, **fields: Any) -> Product:
    base = {"product": "rms", "title": "RMS", "org": "vagov", "team": "rms", "channels": CHANNELS, "routing": "rules"}
    return Product.model_validate({**base, "routes": list(routes), **fields})


def subject(*tags: str, **fields: Any) -> Subject:
    return Subject(**{"tags": tags, "priority": None, "type": "query alert", "key": "api", **fields})


PAGE = {
    "name": "prod-page",
    "match": {"env": "prod", "priority": [1, 2]},
    "states": ["recovery", "alert"],
    "notify": ["on-call", "alerts"],
}


def test_a_route_is_a_rule():
    assert rules(product(PAGE, {"match": {"env": "staging"}, "notify": ["mail"]}), "va") == {
        "prod-page": {
            "name": "RMS: prod-page",
            "filter": {"tags": ["ddops-route:va/rms/prod-page"]},
            "conditional_recipients": {
                "conditions": [
                    {"scope": "transition_type:is_alert", "recipients": ["pagerduty-RMS", "slack-rms-alerts"]},
                    {"scope": "transition_type:is_recovery", "recipients": ["pagerduty-RMS", "slack-rms-alerts"]},
                ]
            },
        },
        "env-staging": {
            "name": "RMS: env-staging",
            "filter": {"tags": ["ddops-route:va/rms/env-staging"]},
            "recipients": ["a@example.com"],
        },
    }


def test_messages_are_the_default():
    assert Product.model_fields["routing"].default == "messages"
    plain = product(PAGE, routing="messages")
    assert (rules(plain, "va"), tags(plain, "va", subject("env:prod", priority=1))) == ({}, [])


@pytest.mark.parametrize(
    ("monitor", "choice", "names"),
    [
        (subject("env:prod", priority=1), {}, ["prod-page"]),
        (subject("env:prod", priority=3), {}, []),
        (subject("env:prod", priority=3), {"add": ["vendor"]}, ["vendor"]),
        (subject("env:prod", priority=1), {"skip": ["prod-page"]}, []),
        (subject("env:staging"), {}, ["env-staging"]),
        (subject(type="log alert"), {}, ["type-log-alert"]),
        (subject(key="api.prod"), {}, []),
        (subject(key="slow.prod"), {}, ["key-slow"]),
    ],
)
def test_a_monitor_has_a_tag_for_each_route_that_it_takes(monitor, choice, names):
    routes = product(
        PAGE,
        {"match": {"env": "staging"}, "notify": ["alerts"]},
        {"match": {"type": "log alert"}, "notify": ["alerts"]},
        {"match": {"key": "slow"}, "notify": ["alerts"]},
        {"name": "vendor", "opt_in": True, "notify": ["mail"]},
    )
    assert tags(routes, "va", monitor, **choice) == [f"ddops-route:va/rms/{name}" for name in names]


@pytest.mark.parametrize(
    ("routes", "found"),
    [
        ([{"notify": ["alerts"]}], ["all"]),
        (
            [{"match": {"env": "prod"}, "states": ["warning", "no_data"], "notify": ["alerts"]}],
            ["env-prod-warning-no_data"],
        ),
        ([{"match": {"env": ["prod", "dev"], "priority": 1}, "notify": ["alerts"]}], ["env-prod-dev-priority-1"]),
        ([{"match": {"type": "Query Alert!"}, "notify": ["alerts"]}], ["type-query-alert"]),
        ([{"notify": ["alerts"]}, {"notify": ["mail", "on-call"]}], ["all", "all-to-mail-on-call"]),
        ([{"notify": ["alerts"]}] * 4, ["all", "all-to-alerts", "all-to-alerts-2", "all-to-alerts-3"]),
        ([{"notify": ["alerts"]}, {"name": "all", "notify": ["alerts"]}], ["all-to-alerts", "all"]),
    ],
)
def test_a_rules_key_says_what_it_is_for(routes, found):
    assert keys(product(*routes)) == found


def test_other_channels_leave_the_key_as_it_is():
    before, after = ({"match": {"env": "prod"}, "notify": names} for names in (["alerts"], ["mail"]))
    assert keys(product(before)) == keys(product(after))


WORDS = st.text(max_size=12)


@given(st.lists(st.tuples(st.dictionaries(WORDS, WORDS | st.lists(WORDS, max_size=3) | st.integers(), max_size=3))))
def test_every_key_is_one_and_no_other_routes(matches):
    routes = [{"match": match, "notify": ["alerts"]} for (match,) in matches]
    found = keys(product(*routes))
    assert len(set(found)) == len(routes)
    assert all(KEY.fullmatch(key) for key in found)


@pytest.mark.parametrize("state", ["renotify", "unknown"])
def test_a_state_that_no_rule_can_tell(state):
    found = list(faults(product(PAGE, {"states": ["alert", state], "notify": ["alerts"]}), "va"))
    assert [place for place, _ in found] == [("routes", 1, "states", 1)]
    assert f"a notification rule cannot tell `{state}`, only alert, warning, no_data, recovery" in found[0][1]


def many(count: int) -> Product:
    channels = {f"c{n}": {"slack": f"c{n}"} for n in range(count)}
    # Two channels of one handle are one recipient.
    twice = {**channels, "again": {"slack": "c0"}}
    return product({"name": "wide", "notify": [*twice]}, channels=twice)


def test_a_rule_has_20_recipients():
    assert list(faults(many(20), "va")) == []
    assert list(faults(many(21), "va")) == [
        (("routes", 0, "notify"), "a notification rule has at most 20 recipients, and here are 21; make two routes")
    ]


def test_a_tag_and_a_name_are_only_so_long():
    long = Route.model_validate({"name": "n" * 190, "notify": ["alerts"]}).model_dump()
    assert [place for place, _ in faults(product(long), "va")] == [("routes", 0, "name")]
    words = {"match": {"env": "e" * 190}, "notify": ["alerts"]}
    assert [place for place, _ in faults(product(words), "va")] == [("routes", 0)]
    room = 1000 - len(": prod-page [ddops:va/rms/prod-page]")
    assert list(faults(product(PAGE, title="t" * room), "va")) == []
    assert [place for place, _ in faults(product(PAGE, title="t" * (room + 1)), "va")] == [("title",)]


def test_messages_have_no_such_limits():
    states = {"states": ["renotify", "unknown"], "notify": ["alerts"]}
    assert list(faults(product(states, title="t" * 2000, routing="messages"), "va")) == []
