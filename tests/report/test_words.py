import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ddops.report.json import dumps
from ddops.report.words import MOST_CHARACTERS, MOST_DIFFERENT, MOST_LINES, block, diff, inline, line, plain

HARMFUL = [
    *map(chr, [*range(9), *range(11, 32), 127, *range(128, 160)]),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\udcff",
]
TEXTS = st.text(st.sampled_from([*"ab\n\t é😀\\'\":#-[]{}", *HARMFUL]), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda child: st.lists(child, max_size=3) | st.dictionaries(TEXTS, child, max_size=3),
    max_leaves=8,
)


def harmless(text):
    return not any(mark in text for mark in HARMFUL)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("a\rb", r"a\x0db"),
        ("\u202eabc", r"\u202eabc"),
        ("a\u2028b", r"a\u2028b"),
        ("\x00\x07\x7f", r"\x00\x07\x7f"),
        ("a\udcff", r"a\udcff"),
        ("tab\tand\nline é 😀", "tab\tand\nline é 😀"),
    ],
)
def test_what_a_terminal_acts_on_is_shown_and_does_nothing(text, shown):
    assert plain(text) == shown


@given(TEXTS)
def test_nothing_that_a_terminal_acts_on_gets_through(text):
    assert harmless(plain(text))
    assert harmless(line(text))
    assert "\n" not in line(text)
    plain(text).encode()  # lone surrogates would raise


def test_what_stands_twice_is_written_twice():
    shared = ["a"]
    assert list(block({"one": shared, "other": shared})) == ["one:", "- a", "other:", "- a"]
    assert inline([shared, shared]) == "[[a], [a]]"


@given(JSON.filter(lambda value: "\\ud" not in ascii(value)))
def test_values_are_shown_without_harm(value):
    shown = inline(value)
    assert harmless(shown)
    assert "\n" not in shown
    assert all(harmless(text) for text in block(value))


@given(JSON.filter(lambda value: "\\ud" not in ascii(value) and not has_large(value)))
def test_json_is_the_same_and_harmless(value):
    assert harmless(dumps(value))
    assert json.loads(dumps(value)) == value


def has_large(value):
    if isinstance(value, dict | list):
        return any(map(has_large, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) and not -(2**63) <= value < 2**64


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain text", "plain text"),
        ("[prod] x", "'[prod] x'"),
        ("5", "'5'"),
        (5, "5"),
        (0.5, "0.5"),
        (True, "true"),
        (None, "null"),
        ("", "''"),
        ([], "[]"),
        (["a", 1], "[a, 1]"),
        ({"a": {"b": None}}, "{a: {b: null}}"),
        ("a\nb", r'"a\nb"'),
        ("x" * 2000, "x" * MOST_CHARACTERS + "… 1,000 more characters"),
    ],
)
def test_a_value_on_one_line(value, shown):
    assert inline(value) == shown


def test_a_long_value_is_cut():
    shown = list(block("\n".join(f"line {number}" for number in range(100))))
    assert shown[0] == "line 0"
    assert shown[MOST_LINES - 1 :] == [f"line {MOST_LINES - 1}", f"… {100 - MOST_LINES} more lines"]
    assert len(list(block([{"a": number} for number in range(100)]))) == MOST_LINES + 1
    assert list(block("x" * 5000)) == ["x" * MOST_CHARACTERS + "… 4,000 more characters"]


@given(st.lists(st.dictionaries(st.sampled_from("ab"), st.integers(), min_size=1), max_size=4))
def test_a_value_that_is_not_cut_reads_as_it_is(value):
    assert yaml.safe_load("\n".join(block(value))) == value


def test_a_diff_shows_what_differs_and_two_lines_around():
    before = "\n".join("abcdefgh")
    assert list(diff(before, before.replace("e", "E"))) == ["@@ -3,5 +3,5 @@", " c", " d", "-e", "+E", " f", " g"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "a\nb", ["@@ -1 +1,2 @@", "-", "+a", "+b"]),
        ("a\n", "a", ["@@ -1,2 +1 @@", " a", "-"]),
        ("a\r\nb", "a\nb", ["@@ -1,2 +1,2 @@", r"-a\x0d", "+a", " b"]),
        ("a\u2028b\n", "a b\n", ["@@ -1,2 +1,2 @@", r"-a\u2028b", "+a b", " "]),
    ],
)
def test_a_diff_is_never_empty(before, after, shown):
    assert list(diff(before, after)) == shown


def test_a_long_diff_is_cut():
    shown = list(diff("", "\n".join(map(str, range(500)))))
    assert len(shown) == MOST_DIFFERENT + 1
    assert shown[-1].endswith("more lines")
