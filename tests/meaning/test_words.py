import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.meaning.words import MOST_WORDS, words


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("same", "same", [("kept", "same")]),
        ("", "", []),
        ("sum:a.b{env:prod}", "sum:a.c{env:prod}", "sum:|-a.b|+a.c|{env:prod}"),
        ("mail @slack-a now", "mail @slack-b now", "mail |-@slack-a|+@slack-b| now"),
        ("one two three", "four five three", "-one two|+four five| three"),
        ("a\nb", "a\nb\nc", "a\nb|+\nc"),
        ("> 90", "> 95.5", "> |-90|+95.5"),
    ],
)
def test_texts_differ_by_word(before, after, found):
    signs = {"+": "added", "-": "removed"}
    if isinstance(found, str):
        parts = [(signs.get(part[:1], "kept"), part) for part in found.split("|")]
        found = [(how, part if how == "kept" else part[1:]) for how, part in parts]
    assert list(words(before, after)) == found


@given(st.text("ab \n.:{}", max_size=60), st.text("ab \n.:{}", max_size=60))
def test_both_texts_are_in_it(before, after):
    found = words(before, after)
    assert "".join(text for how, text in found if how != "added") == before
    assert "".join(text for how, text in found if how != "removed") == after


def test_a_very_long_text_is_compared_by_line():
    text = "a b\n" * MOST_WORDS
    assert words(text + "c d\n", text + "c e\n")[1:] == (("removed", "c d\n"), ("added", "c e\n"))


@pytest.mark.parametrize("long", ["-" * 300_000, "/.@" * 100_000, "a-" * 150_000, "same\n" * 60_000, "x " * 100_000])
def test_no_text_is_too_long(long):
    kept, removed, added, rest = words(f"a\n{long}\nb\nd", f"a\n{long}\nc\nd")
    assert (kept[0], rest[0]) == ("kept", "kept")
    assert [(how, text.strip()) for how, text in (removed, added)] == [("removed", "b"), ("added", "c")]
