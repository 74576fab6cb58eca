"""A text of several lines that changed: a unified diff, and where there is colour the changed words stand out in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from ddops.report.words import diff

Style = Callable[..., str]
"""`style(text, colour, **how)`; no change of the text where there is no colour."""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def unified(before: str, after: str, style: Style) -> Iterator[str]:
    """The lines of the diff, without the names of files."""
    runs = [(sign, list(lines)) for sign, lines in groupby(diff(before, after), key=lambda line: line[:1])]
    for index, (sign, lines) in enumerate(runs):
        other = {"-": index + 1, "+": index - 1}.get(sign, -1)
        pairs: list[str] = []
        if 0 <= other < len(runs) and runs[other][0] in "+-" and len(runs[other][1]) == len(lines):
            pairs = runs[other][1]
        for position, line in enumerate(lines):
            colour = _COLOURS.get(sign, "")
            if pairs:
                yield style(sign, colour) + "".join(_words(line[1:], pairs[position][1:], colour, style))
            else:
                yield style(line, colour)


def _words(line: str, other: str, colour: str, style: Style) -> Iterator[str]:
    """The line in its colour, with the words underlined that the other one does not have there."""
    mine, theirs = _WORDS.findall(line), _WORDS.findall(other)
    for how, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if start < end:
            more: dict[str, Any] = {} if how == "equal" else {"bold": True, "underline": True}
            yield style("".join(mine[start:end]), colour, **more)
