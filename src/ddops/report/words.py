"""How values read in a terminal."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

import yaml

MOST_LINES = 14
"""Of one value; the rest is counted, and `ddops compile ADDRESS` shows it whole."""
MOST_DIFFERENT = 60
"""Lines of a diff."""
MOST_COLUMNS = 110

MOST_CHARACTERS = 1000
"""Of one line."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal acts on (escape sequences, the direction of a text), or cannot show."""


def plain(text: str) -> str:
    """The text, several lines maybe, as a terminal can show it: it came from a spec or an org, and does nothing."""
    return CONTROL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def line(text: object) -> str:
    """The text on one line, as a terminal can show it, cut where it is very long."""
    return _cut(plain(str(text)).replace("\n", "\\n"))


def _cut(text: str) -> str:
    most = MOST_CHARACTERS
    return text if len(text) <= most else f"{text[:most]}… {len(text) - most:,} more characters"


class _Spelt(yaml.SafeDumper):
    """Writes a value out wherever it stands: an anchor, and a name that leads back to it, is for machines."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Dumper(_Spelt):
    """Writes texts of several lines as blocks, as people write them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def inline(value: Any) -> str:
    """One line for a small value: text as it is where YAML would take it so, anything else in flow style."""
    style = '"' if isinstance(value, str) and "\n" in value else None
    text = yaml.dump(
        value,
        Dumper=_Spelt,
        default_style=style,
        default_flow_style=True,
        width=10**9,
        allow_unicode=True,
        sort_keys=False,
    )
    return line(text.removesuffix("\n...\n").strip())


def is_long_text(value: Any) -> bool:
    return isinstance(value, str) and "\n" in value.strip("\n")


def block(value: Any, columns: int = MOST_COLUMNS) -> Iterator[str]:
    """The lines of a value that does not fit on one, cut at `MOST_LINES`."""
    text = value if isinstance(value, str) else _yaml(value, columns)
    yield from cut(plain(text).rstrip("\n").split("\n"), MOST_LINES)


def _yaml(value: Any, columns: int) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, width=columns, allow_unicode=True, sort_keys=False))


def cut(lines: list[str], most: int) -> Iterator[str]:
    """The first lines, and how many there are beyond `most`."""
    yield from map(_cut, lines[:most])
    if len(lines) > most:
        yield f"… {len(lines) - most} more lines"


def diff(before: str, after: str) -> Iterator[str]:
    """A unified diff of two texts, without its file names, cut at `MOST_DIFFERENT`."""
    lines = difflib.unified_diff(plain(before).split("\n"), plain(after).split("\n"), lineterm="", n=2)
    yield from cut(list(lines)[2:], MOST_DIFFERENT)
