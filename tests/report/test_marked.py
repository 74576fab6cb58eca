import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.meaning.words import words
from ddops.report.marked import is_alike, marked

TEXTS = st.text(st.sampled_from("ab \n\t.{}@-"), max_size=40)


def shown(before, after):
    return list(marked(words(before, after), lambda text, colour: text))


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
    lines = shown(f"{text}old end", f"{text}new end")
    assert len(lines) == 4
    assert all(len(line) <= 72 for line in lines)
    assert lines[-1].endswith("[-old-]{+new+} end")


@pytest.mark.parametrize(
    ("before", "after", "alike"), [("a b c d", "a b c e", True), ("abc def", "xyz uvw", False), ("", "a", False)]
)
def test_texts_with_little_in_common_are_not_worth_marks(before, after, alike):
    assert is_alike(words(before, after)) is alike


@given(TEXTS, TEXTS)
def test_colours_change_no_letter(before, after):
    told = words(before, after)
    coloured = list(marked(told, lambda text, colour: f"<{colour}>{text}</>" if colour else text))
    plain = list(marked(told, lambda text, colour: text))
    without = [line.replace("<red>", "").replace("<green>", "").replace("</>", "") for line in coloured]
    assert without == plain
