import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.meaning.words import words
from ddops.report.contract import Screen
from ddops.report.marked import MOST_CHANGED, MOST_KEPT, is_alike, marked
from ddops.report.terminal.drawing import lines as drawn
from ddops.report.terminal.paragraph import marks

TEXTS = st.text(st.sampled_from("ab \n\t.{}@-"), max_size=40)


def shown(before, after):
    return ["".join(text for text, _ in line) for line in marked(words(before, after))]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a b c", "a d c", ["a [-b-]{+d+} c"]),
        ("a > 90", "a > 95", ["a > [-90-]{+95+}"]),
        ("a b", "a b c", ["a b{+ c+}"]),
        ("1\n2\n3\n4\n5\n6", "1\nx\n3\n4\n5\ny", ["1", "[-2-]{+x+}", "3", "…", "5", "[-6-]{+y+}"]),
        ("a\nb", "a\n\nb", ["a", "{+⏎+}", "b"]),
        ("a \x1b b", "a \x1b c", [r"a \x1b [-b-]{+c+}"]),
    ],
)
def test_what_changed_is_marked(before, after, lines):
    assert shown(before, after) == lines


def test_long_lines_are_broken_at_blanks():
    text = "word " * 40
    lines = list(drawn(marks(words(f"{text}old end", f"{text}new end")), Screen(columns=72)))
    assert len(lines) == 4
    assert all(len(line) <= 72 for line in lines)
    assert lines[-1].endswith("[-old-]{+new+} end")


def test_of_long_stretches_there_is_what_stands_beside_a_change():
    kept, gone = "kept " * (MOST_KEPT // 2), "gone" * MOST_CHANGED
    (line,) = shown(f"{kept}old {kept}", f"{kept}new {kept}")
    assert line.startswith("… kept kept")
    assert "kept [-old-]{+new+} kept" in line
    assert line.endswith("kept kept …")
    assert len(line) < 2 * MOST_KEPT
    (line,) = shown(f"{kept}a {kept}b {kept}", f"{kept}c {kept}d {kept}")
    assert line.count("kept … kept") == 1
    (line,) = shown(gone, "new")
    assert line.endswith("gone… 6,000 more characters-]{+new+}")


@pytest.mark.parametrize(
    ("before", "after", "alike"), [("a b c d", "a b c e", True), ("abc def", "xyz uvw", False), ("", "a", False)]
)
def test_texts_with_little_in_common_are_not_worth_marks(before, after, alike):
    assert is_alike(words(before, after)) is alike


@given(TEXTS, TEXTS)
def test_colours_change_no_letter(before, after):
    told = words(before, after)
    coloured, plain = (list(drawn(marks(told), Screen(colour=colour))) for colour in (True, False))
    assert [click.unstyle(line) for line in coloured] == plain
    assert [line.expandtabs(1).rstrip(" ") for line in shown(before, after)] == plain
