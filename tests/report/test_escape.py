import re

import pytest
from hypothesis import given, settings

from ddops.report.escape import ZERO_WIDTH, code, fenced, is_page, link, marked_up, prose
from ddops.report.words import CONTROL, line, plain
from tests.report import hostile, rendered


@given(hostile.texts)
def test_prose_is_one_paragraph_of_text_that_does_nothing(text):
    written = prose(text)
    assert rendered.blocks(written) in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert {token.type for token in rendered.tokens(written)} <= {
        *("paragraph_open", "paragraph_close", "text", "text_special", "html_inline", "inline")
    }
    assert rendered.html(written).tags == ["span"] * text.count("$")
    assert rendered.active(written) == []


@given(hostile.texts)
def test_prose_in_html_is_text(text):
    found = rendered.Html(f"<p>{prose(text)}</p>")
    assert (found.tags, found.attributes, found.other) == (["p", *["span"] * text.count("$")], [], [])


@given(hostile.texts)
def test_prose_shows_the_text(text):
    found = rendered.Html(prose(text))
    assert "".join(found.texts).replace(ZERO_WIDTH, "") == " ".join(line(text).split()).replace(ZERO_WIDTH, "")


@given(hostile.texts)
def test_code_is_one_piece_that_shows_the_text(text):
    for before in ("", "- ", "**update** "):
        found = [token for token in rendered.tokens(f"{before}{code(text)} end") if token.type == "code_inline"]
        assert [token.content.strip() for token in found] == [line(text).strip()]


@given(hostile.texts)
def test_a_fence_is_one_block_that_shows_the_text(text):
    found = rendered.tokens(f"before\n\n{fenced(text, 'diff')}\n\nafter")
    (block,) = [token for token in found if token.type == "fence"]
    assert (block.content, block.info) == (f"{plain(text)}\n", "diff")
    assert [token.content for token in found if token.type == "text"] == ["before", "after"]


@given(hostile.texts)
def test_html_shows_the_text(text):
    found = rendered.Html(f'<p title="{marked_up(text)}">{marked_up(text)}</p>')
    assert (found.tags, [name for name, _ in found.attributes], found.other) == (["p"], ["title"], [])
    assert found.texts[1] == plain(text)


@given(hostile.texts)
def test_nothing_moves_a_terminal(text):
    for written in (prose(text), code(text), fenced(text), marked_up(text)):
        assert CONTROL.search(written) is None


@given(hostile.texts)
@settings(max_examples=300)
def test_a_page_is_an_address_and_nothing_else(text):
    url = f"https://acme.datadoghq.com/monitors/{text}"
    if is_page(url):
        assert re.fullmatch(r"[A-Za-z0-9:/._~%&=?-]*", url)
        assert rendered.links(f"[open]({url})") == [url]


@pytest.mark.parametrize(
    "url", [None, "", "sandbox://main/monitors/7", "http://acme.example", "javascript:alert(1)", "https://a.ex/)x("]
)
def test_what_is_no_page_is_no_link(url):
    assert link(url, "open") is None


def test_a_page_is_a_link():
    assert link("https://acme.datadoghq.com/monitors/7", "open") == "[open](https://acme.datadoghq.com/monitors/7)"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Shop is slow", "Shop is slow"),
        ("prod alerts now page PagerDuty Shop-Team", "prod alerts now page PagerDuty Shop-Team"),
        ("@octocat", f"&#64;{ZERO_WIDTH}octocat"),
        ("[prod] a*b", "&#91;prod&#93; a&#42;b"),
        ("$5", "<span>&#36;</span>5"),
        ("1. one", "&#49;. one"),
    ],
)
def test_prose_as_it_is_written(text, written):
    assert prose(text) == written
