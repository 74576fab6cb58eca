"""A text of several lines that changed: a unified diff, and where there is colour the changed words stand out in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from rich.text import Text

from ddops.report.terminal.drawing import MOST_INDENTED, Line, joined
from ddops.report.words import diff

_STYLES = {"+": "added", "-": "removed", "@": "hunk"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_FURTHER = "↳"
"""Stands where a line's sign stands, where a line that is too long for the terminal goes on."""
_BLANK = "·"
"""For a blank at the end of a line that changed, which nobody would see."""


def unified(before: str, after: str) -> Iterator[Line]:
    """The lines of the diff, without the names of files."""
    runs = [(sign, list(lines)) for sign, lines in groupby(diff(before, after), key=lambda line: line[:1])]
    for index, (sign, lines) in enumerate(runs):
        other = {"-": index + 1, "+": index - 1}.get(sign, -1)
        pairs: list[str] = []
        if 0 <= other < len(runs) and runs[other][0] in "+-" and len(runs[other][1]) == len(lines):
            pairs = runs[other][1]
        for position, line in enumerate(lines):
            yield _line(sign, line[1:], pairs[position][1:] if pairs else None)


def _line(sign: str, line: str, other: str | None) -> Line:
    style = _STYLES.get(sign, "")
    words = line if sign not in ("+", "-") else _seen(line)
    shown = Text(words, style) if other is None else _words(words, _seen(other), style)
    own = len(line) - len(line.lstrip(" "))
    return Line(joined(Text(sign, style), shown), further=_FURTHER + " " * min(own, MOST_INDENTED))


def _seen(line: str) -> str:
    """The line, with the blanks at its end as signs."""
    kept = line.rstrip(" ")
    return kept + _BLANK * (len(line) - len(kept))


def _words(line: str, other: str, style: str) -> Text:
    """The line in its colour, with the words underlined that the other one does not have there."""
    mine, theirs = _WORDS.findall(line), _WORDS.findall(other)
    shown = Text()
    for how, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        shown.append("".join(mine[start:end]), style if how == "equal" else f"{style}.words")
    return shown
