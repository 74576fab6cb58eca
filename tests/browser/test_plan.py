"""The plan's page in a browser: for whoever reads it, on whatever they read it, and whatever stands in it."""

import re
from pathlib import Path

import pytest

from ddops.report import html
from ddops.report.contract import Screen
from tests.browser.shop import plan
from tests.report import hostile
from tests.report.test_html import Page, dashboards, written

__all__ = ["plan"]

SCHEMES = ["light", "dark"]
WIDTHS = [320, 380, 700, 1280]
ROOT = Path(__file__).resolve().parents[2]
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"
HOSTILE = html.plan(hostile.Made(hostile.SNIPPETS).review, Screen())


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_everybody_can_use_it(page_of, plan, scheme, width):
    found = page_of(plan, scheme=scheme, width=width, bypass_csp=True)
    found.page.evaluate(OPEN_ALL)
    assert found.violations() == []


def test_it_is_light_or_dark_as_its_reader_has_it(page_of, plan):
    colours = "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    light, dark = (
        [_luminance(one) for one in page_of(plan, scheme=scheme).page.evaluate(colours)] for scheme in SCHEMES
    )
    assert light[0] > 0.9 > 0.2 > light[1]
    assert dark[0] < 0.1 < 0.8 < dark[1]


def _luminance(colour):
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / 765


@pytest.mark.parametrize("text", ["plan", "hostile"])
def test_no_window_is_too_narrow(page_of, plan, text):
    page = page_of(plan if text == "plan" else HOSTILE).page
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert _overflowing(page) == [], width


def test_texts_can_be_twice_as_large(page_of, plan):
    found = page_of(plan, width=640, bypass_csp=True)
    found.page.add_style_tag(content="html{font-size:200%} body{font-size:2rem}")
    found.page.evaluate(OPEN_ALL)
    assert _overflowing(found.page) == []


def _overflowing(page):
    """What stands out of the window to the right, unless it scrolls by itself."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *:not(.skip)')]
            .filter(one => !one.closest('.wide') && one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => `${one.tagName}.${one.className.baseVal ?? one.className}: ${one.textContent.slice(0, 60)}`)
            .concat(document.scrollingElement.scrollWidth > innerWidth ? ['the page'] : [])"""
    )


def test_the_keyboard_reaches_everything_in_its_order(page_of, plan):
    page = page_of(plan).page
    page.evaluate(OPEN_ALL)
    stops = page.locator("a, summary, [tabindex='0']").evaluate_all("all => all.map(one => one.textContent)")
    assert len(stops) > 10
    reached = []
    for _ in stops:
        page.keyboard.press("Tab")
        text, outline, left = page.evaluate(
            """() => {
                const one = document.activeElement;
                return [one.textContent, getComputedStyle(one).outlineStyle, one.getBoundingClientRect().left];
            }"""
        )
        reached.append(text)
        assert (outline, left >= 0) == ("solid", True), text
    assert reached == stops


def test_the_keyboard_folds_and_unfolds(page_of, plan):
    page = page_of(plan).page
    is_open = "() => document.activeElement.parentElement.open"
    for summary in page.locator("summary:not(details details summary)").all():
        summary.focus()
        before = page.evaluate(is_open)
        page.keyboard.press("Enter")
        assert page.evaluate(is_open) != before
        page.keyboard.press("Space")
        assert page.evaluate(is_open) == before


def test_the_keyboard_skips_to_the_plan(page_of, plan):
    page = page_of(plan).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_link_to_a_change_unfolds_it(page_of, plan):
    page = page_of(plan).page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = false })")
    links = page.locator("section:has(h2:text-is('What changes')) a")
    assert links.count() == 6
    for index in range(links.count()):
        address = links.nth(index).inner_text()
        links.nth(index).click()
        fold = page.locator("details:not(details details)", has=page.locator("summary", has_text=address)).first
        assert fold.get_attribute("open") is not None, address


def test_widgets_stand_where_the_dashboard_has_them(page_of, plan):
    page = page_of(plan, width=1600).page
    page.evaluate(OPEN_ALL)
    places = (
        page.locator("figure", has_text="After")
        .last.locator("> .grid")
        .evaluate(
            """grid => [...grid.children].map(tile => {
            const whole = grid.getBoundingClientRect(), one = tile.getBoundingClientRect();
            return [(one.left - whole.left) / whole.width * 12, one.width / whole.width * 12, one.top - whole.top];
        })"""
        )
    )
    columns = [(round(left), round(width)) for left, width, _ in places]
    assert columns in ([(0, 6), (6, 6), (6, 6)], [(0, 12), (0, 4), (4, 8), (0, 12)])


def test_in_a_narrow_window_widgets_follow_each_other(page_of, plan):
    page = page_of(plan, width=380).page
    page.evaluate(OPEN_ALL)
    tops = page.locator("figure > .grid").evaluate_all(
        "grids => grids.map(grid => [...grid.children].map(tile => tile.getBoundingClientRect().top))"
    )
    assert tops
    assert all(found == sorted(set(found)) for found in tops)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_plot_keeps_its_texts_apart(page_of, plan, width):
    page = page_of(plan, width=width).page
    page.evaluate(OPEN_ALL)
    plots = page.locator(".plot")
    assert plots.count() == 1
    name = plots.get_attribute("aria-label")
    assert re.match(r"In the last 3 days about \d+ of 288 evaluations would have alerted", name)
    texts = plots.locator("text").evaluate_all(
        """all => all.map(one => one.getBoundingClientRect()).filter(one => one.width)
            .map(one => [one.left, one.top, one.right, one.bottom])"""
    )
    figure = plots.evaluate(
        "one => { const box = one.closest('figure').getBoundingClientRect(); return [box.left, box.right] }"
    )
    assert len(texts) > 6
    assert all(figure[0] - 1 <= left and right <= figure[1] + 1 for left, _, right, _ in texts)
    pairs = [(one, other) for index, one in enumerate(texts) for other in texts[index + 1 :]]
    assert [pair for pair in pairs if _covers(*pair)] == []


def _covers(one, other):
    """Whether the texts stand on each other by more than the room above and below letters."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 0.35 * (one[3] - one[1])


@pytest.mark.parametrize("text", ["plan", "hostile", "dashboards"])
def test_nothing_is_loaded_and_nothing_runs(page_of, plan, text):
    found = page_of({"plan": plan, "hostile": HOSTILE, "dashboards": written(dashboards())}[text])
    found.page.evaluate(OPEN_ALL)
    assert [request.partition(":")[0] for request in found.requests] == ["file"]
    assert found.complaints == []
    assert found.page.locator("script, img, iframe, object, embed, form, input, link, base").count() == 0


@pytest.mark.parametrize("text", [HOSTILE, written(dashboards())], ids=["hostile", "dashboards"])
def test_the_browser_reads_it_as_it_was_written(page_of, text):
    read, sent = Page(page_of(text).page.content()), Page(text)
    assert [tag for tag, _ in read.elements if tag != "tbody"] == [tag for tag, _ in sent.elements]


def test_a_large_plan_is_one_page(page_of, ddops, monkeypatch):
    run = ddops("-C", str(ROOT), "plan", "--org", "sandbox", "--format", "html")
    assert run.exit_code == 0, run.stderr
    found = page_of(run.stdout, width=380)
    assert found.page.locator("summary", has_text="create").count() >= 144
    assert _overflowing(found.page) == []
