"""A text that changed, word by word: `the [-old-]{+new+} words`. The marks stay where there is colour, so that what is
copied from a terminal, or read by somebody who does not see red and green, says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from ddops.meaning.contract import Word
from ddops.report.words import plain

CONTEXT = 1
"""Unchanged lines around those that changed."""
ALIKE = 0.5
"""The share of two texts that is in both, below which marks would hide more than they show."""
WIDTH = 70
"""Columns of a line, its indentation aside."""

Style = Callable[[str, str], str]
"""`style(text, colour)`; no colour is an empty text."""
_MARKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green"), "kept": ("", "", "")}
_LINE_END = "⏎"


def is_alike(words: Sequence[Word]) -> bool:
    """Whether the texts have so much in common that marks are the shortest way to tell."""
    kept = sum(2 * len(text) for how, text in words if how == "kept")
    return kept >= ALIKE * sum(len(text) * (2 if how == "kept" else 1) for how, text in words)


def marked(words: Sequence[Word], style: Style) -> Iterator[str]:
    """The lines with what changed, and `…` for those between."""
    lines = _lines(words)
    changed = [index for index, line in enumerate(lines) if any(how != "kept" for how, _ in line)]
    shown = {index + by for index in changed for by in range(-CONTEXT, CONTEXT + 1)}
    for index, line in enumerate(lines):
        if index in shown:
            yield from _wrapped(line, style)
        elif index - 1 in shown and any(one > index for one in changed):
            yield "…"


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each line; a line's end that came or went by itself is shown as a sign."""
    lines: list[list[Word]] = [[]]
    for how, text in words:
        only_ends = how != "kept" and not text.strip("\n")
        first, *rest = plain(text).split("\n")
        lines[-1].append((how, _LINE_END if only_ends else first))
        lines += [[(how, part)] for part in rest]
    return [[(how, text) for how, text in line if text] for line in lines]


def _wrapped(line: Sequence[Word], style: Style) -> Iterator[str]:
    """The line with its marks, broken at blanks where it is long."""
    whole, colours = "", []
    for how, text in line:
        begin, end, colour = _MARKS[how]
        whole += f"{begin}{text}{end}"
        colours += [colour] * len(f"{begin}{text}{end}")
    parts = wrap(whole.expandtabs(1), WIDTH, break_long_words=False, break_on_hyphens=False, drop_whitespace=False)
    at = 0
    for part in parts or [""]:
        indent = len(part) - len(part.lstrip()) if at else 0
        yield _coloured(part[indent:].rstrip(), colours[at + indent :], style)
        at += len(part)


def _coloured(text: str, colours: Sequence[str], style: Style) -> str:
    told, start = "", 0
    for end in range(1, len(text) + 1):
        if end == len(text) or colours[end] != colours[start]:
            told += style(text[start:end], colours[start])
            start = end
    return told
