"""Changing one value of a YAML text and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.catalog.reader import parse
from ddops.lint.edit import edited, scalar
from ddops.lint.finding import Insert, Remove, Replace

TEXT = """\
# top
a: 1   # one
b:
  c: 'two'  # says two
  d: "three"   # says three
  # between
  e: |
    text

  f: [x, y , z]  # list
g:
- k: first   # 1
  v: {p: 1, q: 2 , r: {s: t}}
- k: second
  w:
# low comment
    - deep
h: {only: 1}
i: last # end
"""


def after(fix, text=TEXT):
    document = edited(parse("x.yaml", text), fix)
    return None if document is None else document.text


@pytest.mark.parametrize(
    ("fix", "before", "then"),
    [
        (Replace(("a",), 2), "a: 1   # one", "a: 2   # one"),
        (Replace(("b", "c"), "it's"), "c: 'two'  #", "c: 'it''s'  #"),
        (Replace(("b", "d"), 'a "b"'), 'd: "three"   #', 'd: "a \\"b\\""   #'),
        (Replace(("b", "f", 1), "true"), "[x, y , z]", '[x, "true" , z]'),
        (Replace(("g", 0, "v", "r", "s"), None), "s: t", "s: null"),
        (Replace(("i",), "a b"), "i: last # end", "i: a b # end"),
        (Remove(("a",)), "a: 1   # one\n", ""),
        (Remove(("b", "c")), "  c: 'two'  # says two\n", ""),
        (Remove(("b", "e")), "  e: |\n    text\n", ""),
        (Remove(("b", "f", 0)), "[x, y , z]", "[y , z]"),
        (Remove(("b", "f", 1)), "[x, y , z]", "[x, z]"),
        (Remove(("b", "f", 2)), "[x, y , z]", "[x, y]"),
        (Remove(("g", 0, "v", "q")), "{p: 1, q: 2 , r: {s: t}}", "{p: 1, r: {s: t}}"),
        (Remove(("g", 0, "v", "r", "s")), " , r: {s: t}}", "}"),
        (Remove(("g", 1, "w", 0)), "  w:\n# low comment\n    - deep\n", ""),
        (Remove(("h", "only")), "h: {only: 1}\n", ""),
        (Remove(("i",)), "i: last # end\n", ""),
        (Insert(("b",), "n", 1), "  f: [x, y , z]  # list\n", "  f: [x, y , z]  # list\n  n: 1\n"),
        (Insert(("g", 0, "v", "r"), "n", ["a"]), "{s: t}", "{s: t, n: [a]}"),
        (Insert(("g", 0), "n", "a: b"), "{s: t}}\n", '{s: t}}\n  n: "a: b"\n'),
        (Insert(("b", "new", "deep"), "n", 1), "# list\n", "# list\n  new: {deep: {n: 1}}\n"),
        (Insert((), "n", True), "i: last # end\n", "i: last # end\nn: true\n"),
    ],
)
def test_only_that_changes(fix, before, then):
    assert TEXT.count(before) == 1
    assert after(fix) == TEXT.replace(before, then)


@pytest.mark.parametrize(
    "fix",
    [
        Replace(("b",), 1),
        Replace(("b", "e"), "x"),
        Replace(("z",), 1),
        Remove(("z",)),
        Remove(("g", 0, "k")),
        Remove(("a", "b")),
        Remove(("b", "f", 7)),
        Insert(("a",), "n", 1),
        Insert(("b",), "c", 1),
        Insert(("b", "f"), "c", 1),
    ],
)
def test_what_cannot_be_changed_alone_is_left(fix):
    assert after(fix) is None


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("a: &x 1\nb: *x\n", Replace(("a",), 2)),
        ("a: &x 1\nb: *x\n", Replace(("b",), 2)),
        ("a: &x {p: 1, q: 2}\nb: *x\n", Remove(("b", "p"))),
        ("a: &x {p: 1, q: 2}\nb: *x\n", Insert(("a",), "n", 1)),
        ("a: >+\n  x\n\n", Insert((), "b", 1)),
        ("a:\n", Replace(("a",), 1)),
        ("a: {b: }\n", Replace(("a", "b"), 1)),
    ],
)
def test_what_would_change_something_else_is_left(text, fix):
    assert after(fix, text) is None


def test_the_line_breaks_stay_what_they_are():
    text = "a: 1\r\nb:\r\n  c: 1\r\n  d: 2\r\n"
    assert after(Remove(("b", "c")), text) == "a: 1\r\nb:\r\n  d: 2\r\n"
    assert after(Insert(("b",), "e", 3), text) == "a: 1\r\nb:\r\n  c: 1\r\n  d: 2\r\n  e: 3\r\n"
    assert after(Insert((), "e", 3), "a: 1") == "a: 1\ne: 3"


def test_what_is_not_ascii_moves_nothing():
    text = "# ä 🙂\na: '🙂🙂'  # ü\nb: 1 # 🙂\n"
    assert after(Replace(("b",), 2), text) == "# ä 🙂\na: '🙂🙂'  # ü\nb: 2 # 🙂\n"
    assert after(Remove(("a",)), text) == "# ä 🙂\nb: 1 # 🙂\n"


@given(st.text(max_size=20), st.sampled_from(["", "'", '"']))
def test_any_text_is_written_so_that_yaml_reads_it(value, quote):
    written = scalar(value.replace("\x00", ""), quote)
    assert parse("x", f"a: [{written}, 1]").data == {"a": [value.replace("\x00", ""), 1]}
