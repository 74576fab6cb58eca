"""Whatever the layout: the values stay, the comments stay, and what is formatted is formatted."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from ddops.catalog.reader import parse
from ddops.errors import SpecError
from ddops.formatting.format import formatted
from ddops.formatting.source import Source
from tests.formatting.yaml_texts import files, texts

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted(
    path
    for folder in ("products", "presets", "monitors", "slos", "dashboards")
    for path in (ROOT / folder).rglob("*.yaml")
)
FILE = "monitors/shop.yaml"


def check(text: str) -> str:
    laid_out = formatted(FILE, text)
    assert parse(FILE, laid_out).data == parse(FILE, text).data
    comments = [Counter(one.rstrip() for one in Source(each).comments) for each in (text, laid_out)]
    assert comments[0] == comments[1]
    assert formatted(FILE, laid_out) == laid_out
    return laid_out


def valid(text: str) -> str:
    try:
        parse(FILE, text)
    except SpecError:
        assume(False)
    return text


@given(texts())
@settings(max_examples=300, deadline=None)
def test_any_layout(text):
    check(valid(text))


@given(files())
@settings(max_examples=200, deadline=None)
def test_any_file_of_monitors(text):
    check(valid(text))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_specs_are_formatted(path):
    text = path.read_text("utf-8")
    assert formatted(path.relative_to(ROOT).as_posix(), text) == text


@pytest.mark.parametrize("path", SHIPPED[::4], ids=lambda path: path.relative_to(ROOT).as_posix())
@pytest.mark.parametrize("wide", [3, 4])
def test_wider_indentation_comes_back(path, wide):
    """Every two blanks in front of a line are `wide` ones; what is in a text moves with it."""
    text = path.read_text("utf-8")
    widened = re.sub("^( +)", lambda found: " " * (len(found[1]) * wide // 2), text, flags=re.MULTILINE)
    widened = re.sub("^( *)- ", lambda found: found[1] + "-" + " " * (wide - 1), widened, flags=re.MULTILINE)
    name = path.relative_to(ROOT).as_posix()
    assert parse(name, formatted(name, widened)).data == parse(name, widened).data
    if wide == 4 and parse(name, widened).data == parse(name, text).data:
        assert formatted(name, widened) == text
