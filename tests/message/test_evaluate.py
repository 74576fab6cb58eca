"""Handles and matches in a situation."""

import pytest

from ddops.message import Situation, Transition, longest, mentions, parse, reachable, render


def rendered(text, *, before="ok", now="alert", undecided=False, **values):
    known = {name.replace("__", "."): value for name, value in values.items()}
    situation = Situation(transition=Transition(before, now), priority=2, values=known)
    return render(parse(text), situation, undecided=undecided)


def handles(text, **how):
    return [one.handle for one in rendered(text, **how).mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@slack-a", ["@slack-a"]),
        ("x\n@slack-a, @slack-b. @slack-c: (@slack-d) @slack-e!", ["@slack-a", "@slack-b", "@slack-c", "@slack-e"]),
        ("@team@example.com and @first.last@example.com.", ["@team@example.com", "@first.last@example.com"]),
        ("mail me@example.com, not @foo or <@U123> <!here>", []),
        ("@pagerduty @pagerduty-Shop @all", ["@pagerduty", "@pagerduty-Shop", "@all"]),
        ("@workflow-restart(host=host.name, key2=a b) now", ["@workflow-restart(host=host.name, key2=a b)"]),
        ("@workflow-restart now", ["@workflow-restart"]),
        ("@slack-{{env.name}}-alerts", ["@slack-prod-alerts"]),
        ("@slack-{{service.name}}.", ["@slack-{{service.name}}"]),
        ("{{#is_alert}}@slack-a{{/is_alert}}{{#is_recovery}}@slack-b{{/is_recovery}}", ["@slack-a"]),
        ("@slack-{{#is_alert}}a{{/is_alert}}{{^is_alert}}b{{/is_alert}}", ["@slack-a"]),
    ],
)
def test_handles(text, found):
    assert handles(text, env__name="prod") == found


def test_a_handle_is_known_by_its_place_and_its_branch():
    text = "See\n{{#is_alert}}{{^is_priority 'P1'}}\n @slack-{{env.name}} {{/is_priority}}{{/is_alert}} @slack-b"
    assert [(str(one.at), one.handle, one.branch) for one in rendered(text, env__name="x").mentions] == [
        ("line 3, column 2", "@slack-x", ("#is_alert", '^is_priority "P1"')),
        ("line 3, column 52", "@slack-b", ()),
    ]
    assert [one.handle for one in mentions(parse(text))] == ["@slack-{{env.name}}", "@slack-b"]


@pytest.mark.parametrize(
    ("condition", "env", "holds"),
    [
        ('is_match "env.name" "pro"', "prod", True),
        ('is_match "env" "pro"', "prod", True),
        ("is_match 'env.name' 'x' 'od'", "prod", True),
        ('is_match "env.name" "stag"', "prod", False),
        ('is_match "env.name" ""', "prod", True),
        ('is_match "env.name" ""', "", False),
        ('is_exact_match "env.name" "pro"', "prod", False),
        ('is_exact_match "env.name" "x" "prod"', "prod", True),
        ('is_exact_match "env.name" ""', "", False),
    ],
)
def test_matches(condition, env, holds):
    name = condition.split()[0]
    text = f"{{{{#{condition}}}}}yes{{{{/{name}}}}}{{{{^{condition}}}}}no{{{{/{name}}}}}"
    assert rendered(text, env__name=env).text == ("yes" if holds else "no")


def test_a_match_on_what_is_not_known_counts_as_empty_or_both_ways():
    text = '{{#is_match "host.role" "db"}}@slack-db{{else}}@slack-web{{/is_match}}'
    assert handles(text) == ["@slack-web"]
    assert handles(text, undecided=True) == ["@slack-db", "@slack-web"]
    assert rendered(text).open == ("host.role",)
    assert rendered(text, host__role="db").open == ()


@pytest.mark.parametrize(
    "text",
    [
        '{{#is_match "host.name" "db"}}Ask @slack-db{{else}}Web: @slack-web{{/is_match}}',
        '{{#is_match "host.name" "db"}}@slack-db{{/is_match}}{{^is_match "host.name" "db"}}Web @slack-web{{/is_match}}',
        '{{#is_match "host.name" "db"}}@slack-db{{/is_match}}{{#is_match "x" ""}}{{/is_match}}'
        '{{#is_match "host.name" "b"}}{{#is_alert}}B @slack-web{{/is_alert}}{{/is_match}}',
    ],
)
def test_the_sides_of_what_is_not_known_are_texts_of_their_own(text):
    assert handles(text, undecided=True) == ["@slack-db", "@slack-web"]
    assert [one.handle for one in mentions(parse(text))] == ["@slack-db", "@slack-web"]


def test_a_variable_in_a_handle_decides_and_one_in_the_text_does_not():
    assert rendered("{{host.name}} @slack-{{service.name}}").open == ("service.name",)


def test_an_override_of_the_priority_counts_in_its_block_only():
    text = "{{#is_warning}}{{override_priority 'P4'}}{{/is_warning}}"
    assert rendered(text).priority is None
    assert rendered(text, now="warning").priority == 4


@pytest.mark.parametrize(
    ("branch", "transition", "leads"),
    [
        ((), ("ok", "alert"), True),
        (("#is_alert", "^is_renotify"), ("ok", "alert"), True),
        (("#is_alert", "^is_renotify"), ("alert", "alert"), False),
        (("#is_alert", '#is_match "a" "b"'), ("warning", "alert"), True),
    ],
)
def test_which_branch_a_transition_leads_into(branch, transition, leads):
    assert reachable(branch, Transition(*transition)) is leads


def test_the_longest_handle_that_is_known_is_meant():
    known = ["@slack-shop", "@slack-shop-alerts", "@workflow-restart"]
    assert longest("@slack-shop-alerts", known) == "@slack-shop-alerts"
    assert longest("@Slack-Shop", known) == "@slack-shop"
    assert longest("@slack-shop-other", known) is None
    assert longest("@workflow-restart(a=b)", known) == "@workflow-restart"
