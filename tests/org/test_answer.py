import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.org.http.answer import MOST_WORDS, reason

CASES = [
    (400, {"errors": ["Invalid group_state filters."]}, "Invalid group_state filters."),
    (400, {"errors": ["first\n  second\n"]}, "first; second"),
    (400, {"errors": ["same", "same", "other"]}, "same; other"),
    (404, {"errors": [{"status": "404", "title": "Not Found", "detail": "no such rule"}]}, "no such rule"),
    (400, {"errors": [{"title": "Generic Error"}]}, "Generic Error"),
    (400, {"errors": [{"code": "x"}]}, "{'code': 'x'}"),
    (400, {"errors": "text"}, "text"),
    (409, {"errors": {"156": ["monitor 156 is referenced in slos: [9f]"]}, "data": {"ok": []}}, "monitor 156 is "),
    (404, {"error": {"code": "NotFound", "message": "no such index"}}, "no such index"),
    (400, {"status": "error", "error": "bad query"}, "bad query"),
    (400, {"errors": [], "error": None}, "Bad Request"),
    (403, {}, "Forbidden"),
    (500, None, "Internal Server Error"),
    (503, "", "Service Unavailable"),
    (512, "", "request queue overflow"),
    (599, "", "no reason given"),
    (502, "<html><head><title>502 Bad\n Gateway</title></head><body>nginx</body></html>", "Bad Gateway"),
    (502, "<!DOCTYPE html><script>x()</script><p>We are <b>down</b></p>", "We are down"),
    (502, "  upstream   error ", "upstream error"),
    (400, ["a", "list"], "Bad Request"),
    (400, {"errors": ["\x1b[31mred\x1b[0m"]}, "[31mred[0m"),
]


@pytest.mark.parametrize(("status", "body", "words"), CASES)
def test_a_refusal_is_told_in_the_servers_words(status, body, words):
    assert reason(status, body).startswith(words)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["errors", "error", "detail", "message"]), inner),
)


@given(st.integers(100, 599), JSON)
def test_any_answer_has_a_reason_on_one_line(status, body):
    words = reason(status, body)
    assert words
    assert len(words.splitlines()) == 1


def test_a_long_text_is_cut():
    assert len(reason(500, "x" * 10_000)) == MOST_WORDS + 1
