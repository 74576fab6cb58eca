import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddops.catalog import reader
from ddops.catalog.reader import parse, read
from ddops.errors import SpecError
from ddops.location import Location


def problems(text):
    with pytest.raises(SpecError) as caught:
        parse("f.yaml", text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("No", "No"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("012", 12),
        ("1_000", "1_000"),
        ("0x1F", 31),
        ("0o17", 15),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("2024-01-01", "2024-01-01"),
        ("12:30:45", "12:30:45"),
        ("=", "="),
        ("'5'", "5"),
        ('"true"', "true"),
        ("!!str 5", "5"),
        ("18446744073709551615", 2**64 - 1),
        ("'\\e'", "\\e"),
        ("${env}", "${env}"),
        ("äöü 😀", "äöü 😀"),
    ],
)
def test_scalars_are_read_by_the_core_schema_of_yaml_1_2(text, value):
    found = parse("f.yaml", f"a: {text}").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_an_empty_file_has_no_data():
    assert [parse("f.yaml", text).data for text in ("", "# a comment\n", "---\n", "\n\n")] == [None] * 4


@pytest.mark.parametrize("raw", [b"a: 1\r\nb: |\r\n  x\r\n  y\r\n", b"\xef\xbb\xbfa: 1\nb: |\n  x\n  y\n"])
def test_line_endings_and_a_byte_order_mark_are_no_part_of_the_data(tmp_path, raw):
    (tmp_path / "f.yaml").write_bytes(raw)
    document = read(tmp_path, tmp_path / "f.yaml")
    assert document.data == {"a": 1, "b": "x\ny\n"}
    assert document.locate(("b",)) == Location("f.yaml", 2, 4)


def test_anchors_and_aliases_are_written_out():
    assert parse("f.yaml", "a: &x {b: [1]}\nc: *x").data == {"a": {"b": [1]}, "c": {"b": [1]}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3", ["f.yaml:3:1: the key 'a' stands twice; it stands in line 1 already"]),
        ("x: {a: 1, a: 2}\ny: {b: 1, b: 2}", 2),
        ("a: &x [*x]", ["f.yaml:1:4: an alias that contains itself"]),
        ("&x {a: *x}", ["f.yaml:1:1: an alias that contains itself"]),
        ("a: &x {b: 1}\nc: {<<: *x}", 1),
        ("? [a]\n: 1", ["f.yaml:1:3: a key is a text, not a list or a mapping"]),
        ("a: *x", ["f.yaml:1:4: this is not YAML: found undefined alias"]),
        ("a: &x 1\nb: &x 2", ["f.yaml:2:4: this is not YAML: an anchor of this name stands already"]),
        ("a:\n\tb: 1", ["f.yaml:2:1: this is not YAML: a tab; indent with blanks"]),
        ("😀: @slack", ["f.yaml:1:4: this is not YAML: a text that begins with '@' needs quotes"]),
        ("a: `x`", ["f.yaml:1:4: this is not YAML: a text that begins with '`' needs quotes"]),
        ("a: b: c", ["f.yaml:1:5: this is not YAML: a second ': ' in one line; a text that holds ': ' needs quotes"]),
        ("b: 1\na: 'x", ["f.yaml:2:4: this is not YAML: a quoted text without its closing quote"]),
        ("a: [1, 2", 1),
        ("a:\n  b: 1\n c: 2", 1),
        ("a: 1\n---\nb: 2", 1),
        ("b: 1\na: x\0y", ["f.yaml:2:5: this is not YAML: the control character U+0000"]),
        ("a: \x1b[31m", ["f.yaml:1:4: this is not YAML: the control character U+001B"]),
        ("a: \x9b", ["f.yaml:1:4: this is not YAML: the control character U+009B"]),
        ('a: "x\\0"\n"\\0": 1', 2),
        ('a: "\\uD800"', 1),
        (
            "a: !!python/object:os.system x",
            ["f.yaml:1:4: the tag !!python/object:os.system is not known here; leave it out"],
        ),
        ("a: !!python/object/apply:os.system ['ls']", 1),
        ("a: !!python/name:os.system 'x'", 1),
        ("a: !!set {b}\nc: !!int 5\nd: !local x\ne: !!binary aGk=", 4),
        ("a: .inf\nb: -.INF\nc: .nan\nd: 1e999", 4),
        ("a: 18446744073709551616", ["f.yaml:1:4: 18446744073709551616 takes more than 64 bits; put it in quotes"]),
        (f"a: {'9' * 5000}", ["f.yaml:1:4: a number of more than 300 digits; put it in quotes"]),
        ("%YAML 3.0\n---\na: 1", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, found):
    said = problems(text)
    assert said == found if isinstance(found, list) else len(said) == found
    assert all("\n" not in problem and "Error" not in problem for problem in said)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "{a: " * 3000,
        "[" * 150 + "]" * 150,
        "- " * 3000 + "x",
        "? " * 3000 + "x",
        "\n".join(" " * depth + "a:" for depth in range(1500)),
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 300)),
    ],
    ids=["lists", "mappings", "closed", "dashes", "questions", "indented", "aliases"],
)
def test_deep_nesting_is_one_problem(text):
    assert [problem.partition(": ")[2] for problem in problems(text)] == ["nested deeper than 100 levels"]


def test_an_alias_bomb_is_one_problem_and_quick(monkeypatch):
    monkeypatch.setattr(reader, "MAX_NODES", 10_000)
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 10)}]\n" for i in range(20)
    )
    start = time.perf_counter()
    said = problems(bomb)
    assert time.perf_counter() - start < 1
    assert [problem.partition(": ")[2] for problem in said] == ["more than 10,000 values once aliases are written out"]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"a: 1\nb: caf\xe9", "f.yaml:2:7: not UTF-8: byte 0xe9; save the file as UTF-8"),
        (b"\xef\xbb\xbfa: 1\nb: \xe9", "f.yaml:2:4: not UTF-8: byte 0xe9; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "f.yaml:1:1: not UTF-8: byte 0xff; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_not_utf_8(tmp_path, raw, found):
    (tmp_path / "f.yaml").write_bytes(raw)
    with pytest.raises(SpecError) as caught:
        read(tmp_path, tmp_path / "f.yaml")
    assert str(caught.value) == found


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_BYTES", 10)
    (tmp_path / "f.yaml").write_text("a: 12345678")
    with pytest.raises(SpecError, match=r"f\.yaml:1:1: larger than 10 bytes"):
        read(tmp_path, tmp_path / "f.yaml")


def test_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "f.yaml")
    with pytest.raises(SpecError, match="this is no file"):
        read(tmp_path, tmp_path / "f.yaml")


PLACES = """\
a:
  - b: {c: 1}
    "d e": 2
  - &x {f: 3}
g: *x
"""


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((), False, (1, 1)),
        (("a",), False, (2, 3)),
        (("a",), True, (1, 1)),
        (("a", 0, "b", "c"), False, (2, 12)),
        (("a", 0, "b", "c"), True, (2, 9)),
        (("a", 0, "d e"), True, (3, 5)),
        (("a", 1, "f"), False, (4, 12)),
        (("g", "f"), False, (4, 12)),
        (("a", 0, "b", "missing", "deeper"), False, (2, 8)),
        (("a", 7), False, (2, 3)),
        (("nowhere",), True, (1, 1)),
    ],
)
def test_places_of_nodes_and_of_keys(path, key, place):
    assert parse("f.yaml", PLACES).locate(path, key=key) == Location("f.yaml", *place)


@pytest.mark.parametrize(
    ("path", "depth"), [((), 0), (("a", 0, "b", "c"), 4), (("a", 2), 1), (("a", "b"), 1), (("a", 0, "b", "c", 0), 4)]
)
def test_how_far_a_path_leads(path, depth):
    assert parse("f.yaml", PLACES).reach(path)[0] == depth


def test_the_first_item_of_a_text_is_no_value():
    assert parse("f.yaml", "a: text").reach(("a", 0)) == (1, "text")


YAML_LIKE = st.text(alphabet=st.sampled_from("ab:-? \n\t[]{},&*!|>'\"%@`#<~0.e_\\\x00\r\u2028é😀"), max_size=60)


def read_or_refused(text):
    try:
        parse("f.yaml", text)
    except SpecError as error:
        return error.problems
    return None


@settings(deadline=None)
@given(YAML_LIKE)
def test_any_text_is_read_or_refused_with_places(text):
    found = read_or_refused(text)
    assert found is None or found
    assert all(problem.location.line <= len(text.splitlines()) + 1 for problem in found or ())
