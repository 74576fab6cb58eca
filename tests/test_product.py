import pytest
from pydantic import ValidationError

from ddops.product import Channel, Product, Runbook, anchor, sections

REQUIRED = {"product": "shop", "title": "Shop", "org": "main", "team": "t"}


@pytest.mark.parametrize(
    ("channel", "handle"),
    [
        ({"slack": "alerts"}, "@slack-alerts"),
        ({"slack": "alerts", "workspace": "dsva"}, "@slack-dsva-alerts"),
        ({"pagerduty": "MHV-Secure-Messaging"}, "@pagerduty-MHV-Secure-Messaging"),
        ({"email": "team@example.com"}, "@team@example.com"),
        ({"microsoft_teams": "SM-Alerts"}, "@teams-SM-Alerts"),
        ({"opsgenie": "sm"}, "@opsgenie-sm"),
        ({"webhook": "sm-hook"}, "@webhook-sm-hook"),
        ({"team": "sm"}, "@team-sm"),
        ({"on_call": "sm"}, "@oncall-sm"),
        ({"user": "role@example.com"}, "@role@example.com"),
    ],
)
def test_the_handle_of_each_way_to_notify(channel, handle):
    assert Channel(**channel).handle == handle


@pytest.mark.parametrize(
    ("channel", "message"),
    [
        ({}, "no way to notify"),
        ({"slack": "a", "email": "a@b"}, "slack and email stand together"),
        ({"workspace": "w", "email": "a@b"}, "`workspace` goes with `slack`"),
        ({"slack": "#a"}, "is no name for a handle"),
        ({"slack": "a b"}, "is no name for a handle"),
        ({"slack": "@slack-a"}, "is no name for a handle"),
        ({"email": "nobody"}, "is no mail address"),
        ({"email": "a@b@c"}, "is no mail address"),
        ({"email": "a@b", "url": "https://x"}, "`url` goes with slack, pagerduty"),
        ({"slack": "a", "url": "x.slack.com"}, "is no address of a web page"),
    ],
)
def test_no_channel(channel, message):
    with pytest.raises(ValidationError, match=message):
        Channel(**channel)


@pytest.mark.parametrize(
    ("runbook", "message"),
    [
        ({}, "one of the two"),
        ({"file": "a.md", "url": "https://x"}, "one of the two"),
        ({"url": "https://x"}, "names its `sections`"),
        ({"file": "a.md", "sections": ["a"]}, "leave `sections` out"),
    ],
)
def test_no_runbook(runbook, message):
    with pytest.raises(ValidationError, match=message):
        Runbook(**runbook)


@pytest.mark.parametrize(
    ("runbook", "source_url", "page"),
    [
        ({"file": "runbooks/a.md"}, "https://git/blob/main", "https://git/blob/main/runbooks/a.md"),
        ({"file": "runbooks/a.md"}, None, "runbooks/a.md"),
        ({"url": "https://wiki/a", "sections": []}, "https://git/blob/main", "https://wiki/a"),
    ],
)
def test_the_page_of_a_runbook(runbook, source_url, page):
    assert Runbook(**runbook).page(source_url) == page


@pytest.mark.parametrize(("org", "orgs"), [("a", ["a"]), (["a", "b"], ["a", "b"]), (["a", "b", "a"], ["a", "b"])])
def test_the_orgs_of_a_product(org, orgs):
    assert Product.model_validate({**REQUIRED, "org": org}).orgs == orgs


def test_what_variables_can_name():
    product = Product.model_validate(
        {**REQUIRED, "tags": {"service": "s"}, "links": {"apm": "l"}, "vars": {"limit": 5}, "depends_on": ["x"]}
    )
    assert product.variables(None) == {
        "title": "Shop",
        "team": "t",
        "tags": {"service": "s"},
        "links": {"apm": "l"},
        "vars": {"limit": 5},
    }


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Upstream errors", "upstream-errors"),
        ("What's `p99`? (slow)", "whats-p99-slow"),
        ("1. Not responding", "1-not-responding"),
        ("A -- B", "a----b"),
        ("snake_case & more", "snake_case--more"),
        ("Über", "über"),
    ],
)
def test_anchors_are_those_that_github_gives(heading, name):
    assert anchor(heading) == name


def test_sections_are_the_headings_outside_of_code():
    lines = [
        *("# One\r", "text", "## Two ##", "```sh", "# no heading", "```", "~~~", "## none either", "~~~"),
        *("  ````", "# nor", "```", "# this", "  ````", "### Three", "#none", "####### seven"),
    ]
    assert sections("\n".join(lines)) == ["one", "two", "three"]
    assert sections("# One\n```\n# never closed\n") == ["one"]


def test_a_heading_that_stands_twice_has_two_anchors():
    assert sections("# Errors\n## Steps\n# Latency\n## Steps\n## Steps\n") == [
        *("errors", "steps", "latency", "steps-1", "steps-2")
    ]
