"""Edits of YAML texts: what is asked for, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.catalog.reader import parse
from ddops.drift.edit import Add, Drop, Put, done
from ddops.drift.text import edited
from ddops.importing.yaml import write

FILE = """\
# what it is
product: shop   # ours
monitors:
  # the first
  - key: a
    name: "A \\"one\\""   # quoted
    message: |
      Line one.

      # no comment
      Line two.
    # behind the text
    options: {thresholds: {critical: 2.5, warning: 1}, tags: [a, b]}
    tags:
      - one   # first
      # in front of two
      - two
  -   key: b
      note: >-
        folded text
        of two lines
      empty:
      flow: [1, 2]
"""
A, B = ("monitors", 0), ("monitors", 1)


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (Put((*A, "name"), "B"), '"A \\"one\\""   # quoted', '"B"   # quoted'),
        (Put((*A, "key"), "c: d"), "key: a", 'key: "c: d"'),
        (Put((*A, "options", "thresholds", "critical"), 3), "critical: 2.5", "critical: 3"),
        (Put((*A, "options", "thresholds", "recovery"), 3), "warning: 1}", "warning: 1, recovery: 3}"),
        (Put((*A, "options", "more", "deep"), 3), "tags: [a, b]}", "tags: [a, b], more: {deep: 3}}"),
        (Put((*A, "options", "tags", 1), "c"), "[a, b]", "[a, c]"),
        (Put((*A, "message"), "Line one.\n\n# no comment\nLine 2.\n"), "Line two.", "Line 2."),
        (Put((*A, "message"), "One"), "|\n      Line one.\n\n      # no comment\n      Line two.\n", "One\n"),
        (Put((*A, "name"), "One\nTwo\n"), '"A \\"one\\""   # quoted', "|   # quoted\n      One\n      Two"),
        (Put((*A, "tags", 0), "uno"), "- one   # first", "- uno   # first"),
        (Put((*A, "priority"), 2), "      - two\n", "      - two\n    priority: 2\n"),
        (Put((*B, "empty"), 2), "empty:", "empty: 2"),
        (Put((*B, "empty"), {"a": [1]}), "empty:", "empty: {a: [1]}"),
        (Put((*B, "note"), "new"), ">-\n        folded text\n        of two lines\n", "new\n"),
        (Put((*B, "text"), "a\nb\n"), "flow: [1, 2]\n", "flow: [1, 2]\n      text: |\n        a\n        b\n"),
        (Put((*B, "flow"), 7), "[1, 2]", "7"),
        (Add((*A, "tags"), 2, "three"), "      - two\n", "      - two\n      - three\n"),
        (Add((*A, "tags"), 1, "x"), "# first\n", "# first\n      - x\n"),
        (Add((*A, "tags"), 0, "x"), "      - one", "      - x\n      - one"),
        (Add((*B, "flow"), 1, 9), "[1, 2]", "[1, 9, 2]"),
        (Add((*B, "flow"), 2, {"a": 9}), "[1, 2]", "[1, 2, {a: 9}]"),
        (
            Add(("monitors",), 1, {"key": "n", "list": [{"x": 1}]}),
            "      - two\n",
            "      - two\n  - key: n\n    list:\n      - {x: 1}\n",
        ),
        (Drop((*A, "tags", 1)), "      - two\n", ""),
        (Drop((*A, "options", "thresholds", "warning")), ", warning: 1", ""),
        (Drop((*B, "flow", 0)), "[1, 2]", "[2]"),
        (Drop((*B, "key")), "key: b\n      note", "note"),
        (Drop((*A, "name")), '    name: "A \\"one\\""   # quoted\n', ""),
    ],
)
def test_one_edit_changes_one_place(edit, before, after):
    document = parse("file.yaml", FILE)
    found = edited(document, edit)
    assert found is not None
    assert found.text == FILE.replace(before, after, 1)


def test_what_would_be_left_empty_goes_along():
    document = parse("file.yaml", "a: 1\noptions:\n  thresholds:\n    critical: 1 # why\nb: 2\n")
    found = edited(document, Drop(("options", "thresholds", "critical")))
    assert found is not None
    assert found.text == "a: 1\nb: 2\n"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: &x 1\nb: *x\n", Put(("b",), 2)),
        ("a: &x 1\nb: *x\n", Put(("a",), 2)),
        ("a:\n  - 1 # one\n  - 2\n", Put(("a",), {"b": 1})),
        ("- - 1\n", Add((0,), 0, 2)),
        ("a: 1\n", Add(("b",), 0, 2)),
    ],
)
def test_what_would_change_more_is_not_made(text, edit):
    assert edited(parse("file.yaml", text), edit) is None


def test_line_ends_stay():
    found = edited(parse("file.yaml", "a: 1\r\nb: |\r\n  x\r\nc: 3\r\n"), Put(("b",), "y\nz\n"))
    assert found is not None
    assert found.text == "a: 1\r\nb: |\r\n  y\r\n  z\r\nc: 3\r\n"


characters = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
texts = st.text(characters, max_size=6) | st.sampled_from(["a\nb\n", "x: y", "#"])
scalars = st.none() | st.booleans() | st.integers(-9, 9) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abcd"), values, min_size=1, max_size=4), st.data())
def test_an_edit_is_made_as_it_says_or_not_at_all(value, data):
    document = parse("file.yaml", write(value))
    path: list[str | int] = []
    node = document.data
    while isinstance(node, dict | list) and node and (not path or data.draw(st.booleans())):
        step = data.draw(st.sampled_from([*node] if isinstance(node, dict) else range(len(node))))
        path.append(step)
        node = node[step]
    edit = data.draw(
        st.sampled_from(
            [Put(tuple(path), data.draw(values)), Drop(tuple(path)), Put((*path, "e"), 1), Add(tuple(path), 0, 1)]
        )
    )
    found = edited(document, edit)
    if found is not None and not isinstance(edit, Drop):
        assert found.data == done(document.data, edit)
