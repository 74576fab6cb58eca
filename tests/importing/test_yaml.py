"""What is written reads as the same values, and as people like to read it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddops.catalog.reader import MAX_INTEGER, MIN_INTEGER, parse
from ddops.importing.yaml import WIDTH, write

ODD = [
    *("", " ", "  ", "\n", "\n\n", " \n", "\t", "a\n", "a\n\n", "\na", "  a\nb", "a \nb", "a\n b\n", "\ta\nb"),
    *("\n\n  a", "null", "True", "on", "NO", "y", "~", "=", "<<", "-", "--- a", "...", "? a", "- a", "a: b", "a #b"),
    *("#a", "a:", "1", "-1", "0o17", "0x1F", "1e5", "1_000", "12:30", "2030-01-31", ".5", ".inf", "-.INF", ".NaN"),
    *("+1", "0b1", "1.", "-.0", "{{#is_alert}}", "{a}", "[a]", "a, b", "a}", "@slack-a", "`a`", "%a", "'a'", '"a"'),
    *("a'b\"c", "\\d+", "&a", "*a", "!a", "\u0085", "\u2028x", "\u202ea", "\ufeff", "\x7f", "\x1b[1m", "\r\n"),
    *("a\rb", "é", "😀", "\xa0", "$${x}", "a\u3000b", "-:", "a:?b"),
]
TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    st.text("ab01 .-+_:,eOX~#'\"{}[]\n\t%@&*!|>?\\/=<", max_size=12),
    st.lists(st.sampled_from(ODD), max_size=4).map("".join),
    st.lists(st.sampled_from(["word", "sum:a.b{c:d}", "#", "-", "  ", ">"]), min_size=20, max_size=60).map(" ".join),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(MIN_INTEGER, MAX_INTEGER),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)


@settings(max_examples=500)
@given(VALUES)
def test_what_is_written_reads_as_the_same(value):
    assert parse("x.yaml", write(value)).data == value


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize(
    "around", [lambda x: x, lambda x: [x], lambda x: {"a": x}, lambda x: {x: 1}, lambda x: [{x: [x]}]]
)
def test_odd_texts_read_as_the_same(text, around):
    assert parse("x.yaml", write(around(text))).data == around(text)


def test_a_key_can_be_long():
    value = {"k" * 3000: 1, "a": 2}
    assert parse("x.yaml", write(value)).data == value


def test_a_float_that_json_does_not_know_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        write({"a": float("nan")})


def test_it_reads_well():
    value = {
        "product": "shop",
        "adopt": 4711,
        "name": "[prod] Shop is slow",
        "query": "sum(last_5m):"
        + " + ".join(f"sum:shop.errors{{env:prod,part:{part}}}" for part in range(6))
        + " > 50",
        "message": "{{value}} is too much.\n\nLook at the [page](https://example.com).",
        "options": {"thresholds": {"critical": 50, "warning": 20.5}, "on_missing_data": "default", "off": "on"},
        "tags": ["env:prod", "1.0"],
        "widgets": [
            {
                "definition": {"type": "note", "content": "a\nb\n"},
                "layout": {"x": 0, "y": 0, "width": 4, "height": 2},
            },
            {"definition": {"type": "image", "url": "https://example.com/#a"}},
        ],
        "empty": {"a": [], "b": {}},
    }
    assert write(value) == (
        """\
product: shop
adopt: 4711
name: "[prod] Shop is slow"
query: >-
  sum(last_5m):sum:shop.errors{env:prod,part:0} + sum:shop.errors{env:prod,part:1} +
  sum:shop.errors{env:prod,part:2} + sum:shop.errors{env:prod,part:3} + sum:shop.errors{env:prod,part:4} +
  sum:shop.errors{env:prod,part:5} > 50
message: |-
  {{value}} is too much.

  Look at the [page](https://example.com).
options: {thresholds: {critical: 50, warning: 20.5}, on_missing_data: default, "off": "on"}
tags: [env:prod, "1.0"]
widgets:
  - definition:
      type: note
      content: |
        a
        b
    layout: {x: 0, y: 0, width: 4, height: 2}
  - definition: {type: image, url: https://example.com/#a}
empty: {a: [], b: {}}
"""
    )
    assert max(map(len, write(value).splitlines())) <= WIDTH
