"""The page: what no text can make of it, what it shows."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from ddops.kinds.contract import kinds
from ddops.meaning.contract import Meaning
from ddops.meaning.read import meaning
from ddops.plan.change import Action
from ddops.report import html
from ddops.report.contract import Review, Screen
from ddops.report.escape import is_page
from ddops.report.words import CONTROL
from tests.report import hostile
from tests.report.test_markdown import change, plan

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "h3", "p", "a", "b"),
    *("ul", "li", "code", "pre", "ins", "del", "span", "div", "details", "summary", "dl", "dt", "dd", "br"),
    *("figure", "figcaption", "table", "tr", "th", "td"),
    *("svg", "g", "line", "path", "rect", "text"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "open", "rel", "scope"),
    *("role", "aria-label", "aria-hidden", "tabindex"),
    *("viewbox", "preserveaspectratio", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "d", "dy", "text-anchor"),
}


class Page(HTMLParser):
    """The elements of a page: (tag, attributes); raises where one is not closed in its turn."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.open: list[str] = []
        self.comments = []
        self.style = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data

    def handle_comment(self, data):
        self.comments.append(data)

    def all(self, tag):
        return [attributes for one, attributes in self.elements if one == tag]

    def classes(self):
        return [attributes["class"].split() for _, attributes in self.elements if "class" in attributes]


def written(made, findings=()):
    return html.plan(Review(made[0], made[1], findings), Screen())


@given(hostile.made)
@settings(deadline=None)
def test_nothing_of_a_plan_is_more_than_text(made):
    text = html.plan(made.review, Screen())
    page = Page(text)
    assert CONTROL.search(text) is None
    assert {tag for tag, _ in page.elements} <= TAGS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    links = [attributes["href"] for attributes in page.all("a")]
    assert all(link.startswith("#") or is_page(link) for link in links)
    assert (page.comments, len(page.all("style"))) == ([], 1)
    assert all(re.fullmatch(r"[a-z]+\d*", name) for names in page.classes() for name in names)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= set(ids)


@given(hostile.made)
@settings(deadline=None)
def test_nothing_of_an_outcome_is_more_than_text(made):
    page = Page(html.outcomes(made.outcomes, Screen()))
    assert {tag for tag, _ in page.elements} <= TAGS
    assert page.all("a") == [{"class": "skip", "href": "#main"}]


def test_the_policy_allows_its_own_style_and_nothing_else():
    page = Page(written(plan()))
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert re.findall(r"url\(|@import|//", page.style) == []


def widget(title, *, kind="timeseries", layout=None, **definition):
    found = {"definition": {"type": kind, "title": title, **definition}}
    return {**found, "layout": dict(zip(("x", "y", "width", "height"), layout, strict=True))} if layout else found


BEFORE = {
    "title": "Shop",
    "layout_type": "ordered",
    "widgets": [
        widget("Gone", layout=(0, 0, 6, 2)),
        widget("Stays", layout=(6, 0, 6, 2), requests=[{"q": "avg:shop.load{*}"}]),
        widget("Group", kind="group", layout=(0, 2, 12, 4), widgets=[widget("Inner", layout=(0, 0, 12, 2))]),
    ],
}
AFTER = {
    **BEFORE,
    "widgets": [
        widget("New", layout=(0, 0, 6, 2)),
        *BEFORE["widgets"][1:2],
        widget(
            "Group",
            kind="group",
            layout=(0, 2, 12, 4),
            widgets=[widget("Inner", layout=(0, 0, 12, 2), requests=[{"q": "x"}])],
        ),
    ],
}


def dashboards():
    """A plan that creates, updates and deletes a dashboard, as it is planned."""
    from ddops.plan.compare import differences

    updated = change(kind="dashboard", key="updated", before=BEFORE, payload=AFTER)
    updated = replace(updated, fields=differences(kinds()["dashboard"], AFTER, BEFORE))
    created = change(Action.CREATE, kind="dashboard", key="created", payload=AFTER)
    deleted = change(Action.DELETE, kind="dashboard", key="deleted", before=BEFORE)
    found, _ = plan(*[(one, None) for one in (created, updated, deleted)])
    return found, meaning(found)


def test_a_dashboard_is_shown_before_and_after_with_its_changes_marked():
    text = written(dashboards())
    figures = re.findall(r"<figure><figcaption>(\w+)</figcaption>(.*?)</figure>", text)
    assert [title for title, _ in figures] == ["After", "Before", "After", "Before"]
    marks = [re.findall(r'<span class="mark">(\w+)</span> .*?<b>(.*?)</b>', shown) for _, shown in figures]
    assert marks == [[], [("removed", "Gone"), ("changed", "Inner")], [("added", "New"), ("changed", "Inner")], []]
    assert "<code>avg:shop.load{*}</code>" in figures[0][1]


def test_a_tile_stands_where_the_web_shows_it():
    page = Page(written(dashboards()))
    tiles = [names for names in page.classes() if "tile" in names]
    assert ["tile", "added", "x1", "w6", "y1", "h2"] in tiles
    assert ["tile", "group", "x1", "w12", "y3", "h4"] in tiles
    for name, rule in {"x7": "grid-column-start:7", "w6": "grid-column-end:span 6", "y3": "grid-row-start:3"}.items():
        assert f".{name}{{{rule}}}" in page.style


@pytest.mark.parametrize(
    ("widgets", "places"),
    [
        ([widget(str(number)) for number in range(4)], ["x1 w4 y1 h2", "x5 w4 y1 h2", "x9 w4 y1 h2", "x1 w4 y3 h2"]),
        (
            [widget("a"), widget("g", kind="group", widgets=[widget("i")]), widget("b")],
            ["x1 w4 y1 h2", "x1 w12 y3 h3", "x1 w4 y1 h2", "x1 w4 y6 h2"],
        ),
        ([widget("far", layout=(40, 10**9, 99, 10**9))], ["x12 w1 y1001 h1000"]),
        ([widget("odd", layout=("x", 0, None, 2)), "no widget", {"definition": 7}], ["x1 w4 y1 h2", "x5 w4 y1 h2"]),
        ("no list", []),
    ],
)
def test_what_says_nothing_of_its_place_or_nonsense_is_placed(widgets, places):
    body = {"layout_type": "ordered", "widgets": widgets}
    page = Page(written(plan((change(Action.CREATE, kind="dashboard", payload=body), Meaning()))))
    shown = [names for names in page.classes() if "tile" in names]
    assert [" ".join(name for name in names if name not in ("tile", "group")) for names in shown] == places


def test_a_free_dashboard_is_brought_to_twelve_columns():
    body = {
        "layout_type": "free",
        "widgets": [widget("a", layout=(0, 0, 47, 15)), widget("b", layout=(48, 16, 48, 32))],
    }
    (one, other) = kinds()["dashboard"].tiles(body)
    assert [(tile.x, tile.y, tile.width, tile.height) for tile in (one, other)] == [(0, 0, 6, 2), (6, 2, 6, 4)]


def test_of_very_many_widgets_some_are_counted():
    body = {"widgets": [widget(str(number)) for number in range(1_000)]}
    text = written(plan((change(Action.CREATE, kind="dashboard", payload=body), Meaning())))
    assert "<p>… 700 more</p>" in text


def test_a_body_that_no_dashboard_has_is_left_out():
    body = {"widgets": [{"definition": {"type": "note"}}]}
    odd = change(kind="dashboard", before={"widgets": ["x", body]}, payload=body)
    assert "<h2>Details</h2>" in written(plan((odd, Meaning())))
