import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.product import Product
from ddops.routing import STATES, Heard, Subject, heard, notification, route_names, unknown_channels

CHANNELS = {"alerts": {"slack": "a"}, "page": {"pagerduty": "P"}, "mail": {"email": "m@example.com"}}
PROD = Subject(tags=("env:prod", "env:gov", "tier"), priority=2, type="query alert", key="errors.prod")


def product(*routes, channels=CHANNELS):
    return Product.model_validate(
        {"product": "rms", "title": "R", "org": "o", "team": "t", "channels": channels, "routes": list(routes)}
    )


@pytest.mark.parametrize(
    ("match", "hears"),
    [
        ({}, True),
        ({"env": "prod"}, True),
        ({"env": ["staging", "gov"]}, True),
        ({"env": "staging"}, False),
        ({"service": "api"}, False),
        ({"tier": ""}, False),
        ({"priority": 2}, True),
        ({"priority": "2"}, True),
        ({"priority": [1, 3]}, False),
        ({"type": "query alert"}, True),
        ({"key": "errors"}, True),
        ({"key": "errors.prod"}, True),
        ({"key": "error"}, False),
        ({"env": "prod", "priority": 2}, True),
        ({"env": "prod", "priority": 1}, False),
    ],
)
def test_all_entries_of_match_must_hold_and_a_list_means_any(match, hears):
    assert bool(heard(product({"match": match, "notify": ["alerts"]}), PROD)) is hears


def test_a_monitor_without_priority_matches_none():
    subject = Subject(tags=(), priority=None, type="composite", key="k")
    assert not heard(product({"match": {"priority": [1, 2, 3, 4, 5]}, "notify": ["alerts"]}), subject)


def test_every_route_that_matches_adds_and_everything_beats_some_states():
    routes = product(
        {"states": ["alert"], "notify": ["page", "alerts"]},
        {"states": ["recovery"], "notify": ["page"]},
        {"notify": ["alerts"]},
        {"states": ["warning"], "notify": ["alerts"]},
    )
    found = heard(routes, PROD)
    assert found == {"alerts": None, "page": frozenset({"alert", "recovery"})}
    assert list(found) == ["alerts", "page"], "in the order of the product's channels"


@pytest.mark.parametrize(
    ("add", "skip", "channels"),
    [
        ([], [], ["page"]),
        (["vendor"], [], ["page", "mail"]),
        (["staging"], [], ["alerts", "page"]),
        ([], ["prod"], []),
        (["vendor"], ["vendor", "prod"], []),
    ],
)
def test_a_monitor_adds_and_skips_routes_by_name(add, skip, channels):
    routes = product(
        {"name": "prod", "match": {"env": "prod"}, "notify": ["page"]},
        {"name": "staging", "match": {"env": "staging"}, "notify": ["alerts"]},
        {"name": "vendor", "opt_in": True, "notify": ["mail"]},
    )
    assert list(heard(routes, PROD, add=add, skip=skip)) == channels


def test_the_text_has_everybody_first_and_then_a_block_for_each_state():
    hears: Heard = {"alerts": None, "page": frozenset({"recovery", "alert"}), "mail": frozenset({"alert"})}
    assert notification(product(), hears) == (
        "@slack-a\n"
        "{{#is_alert}}\n@pagerduty-P @m@example.com\n{{/is_alert}}\n"
        "{{#is_recovery}}\n@pagerduty-P\n{{/is_recovery}}"
    )
    assert notification(product(), {}) == ""


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Look here. @slack-a", ""),
        ("(ask @slack-a): look", ""),
        ("@slack-a-b", "@slack-a"),
        ("{{#is_alert}}@slack-a{{/is_alert}}", "@slack-a"),
        ("{{#is_alert}} x {{else}} @slack-a {{/is_alert}}", "@slack-a"),
        ('{{#is_match "env.name" "prod"}}\n{{#is_alert}}a{{/is_alert}} @slack-a\n{{/is_match}}', "@slack-a"),
        ("{{^is_alert}}x{{/is_alert}}\n@slack-a\n{{value}}", ""),
        ("me@slack-a", "@slack-a"),
    ],
)
def test_a_handle_outside_of_all_blocks_hears_already(message, text):
    assert notification(product(), {"alerts": None}, message) == text


def test_two_channels_with_one_handle_are_written_once():
    twice = product(channels={"one": {"slack": "a"}, "two": {"slack": "a"}})
    assert notification(twice, {"one": None, "two": frozenset({"alert"})}) == "@slack-a"
    assert notification(twice, {"one": frozenset({"alert"}), "two": frozenset({"alert"})}).count("@slack-a") == 1


def test_names_for_the_catalog_to_check():
    routes = product({"name": "a", "notify": ["alerts", "pgae"]}, {"notify": ["x"]})
    assert route_names(routes) == ["a"]
    assert list(unknown_channels(routes)) == [(0, 1, "pgae"), (1, 0, "x")]


STATE_SETS = st.none() | st.frozensets(st.sampled_from(STATES), min_size=1)


@given(st.dictionaries(st.sampled_from(sorted(CHANNELS)), STATE_SETS))
def test_each_channel_is_written_once_for_each_state_it_hears(hears):
    text = notification(product(), hears)
    for name, states in hears.items():
        handle = product().channels[name].handle
        assert text.split().count(handle) == (1 if states is None else len(states))
    assert text.count("{{#") == text.count("{{/") == len(frozenset().union(*(s for s in hears.values() if s)))
