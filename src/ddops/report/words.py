"""How values read in a terminal."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

import yaml

MOST_LINES = 14
"""Of one value; the rest is counted, and `ddops compile ADDRESS` shows it whole."""
MOST_COLUMNS = 110

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without anything that a terminal acts on (escape sequences, direction overrides): it came from a spec
    or an org."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", text)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as people write them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def inline(value: Any) -> str:
    """One line for a small value: text as it is where YAML would take it so, anything else in flow style."""
    line = yaml.safe_dump(value, default_flow_style=True, width=10**9, allow_unicode=True, sort_keys=False)
    return plain(line.removesuffix("\n...\n").strip())


def is_long_text(value: Any) -> bool:
    return isinstance(value, str) and "\n" in value.strip("\n")


def block(value: Any) -> Iterator[str]:
    """The lines of a value that does not fit on one, cut at `MOST_LINES`."""
    text = value if isinstance(value, str) else _yaml(value)
    yield from cut(plain(text).rstrip("\n").split("\n"), MOST_LINES)


def _yaml(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, width=MOST_COLUMNS, allow_unicode=True, sort_keys=False))


def cut(lines: list[str], most: int) -> Iterator[str]:
    """The first lines, and how many there are beyond `most`."""
    yield from lines[:most]
    if len(lines) > most:
        yield f"… {len(lines) - most} more lines"


def diff(before: str, after: str) -> Iterator[str]:
    """A unified diff of two texts, without its file names."""
    lines = difflib.unified_diff(plain(before).splitlines(), plain(after).splitlines(), lineterm="", n=2)
    yield from list(lines)[2:]
