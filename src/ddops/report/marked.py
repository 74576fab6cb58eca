"""A text that changed, word by word: `the [-old-]{+new+} words`. The marks stay where there is colour, so that what is
copied from a terminal, or read by somebody who does not see red and green, says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from ddops.meaning.contract import Word
from ddops.report.words import plain

CONTEXT = 1
"""Unchanged lines around those that changed."""
ALIKE = 0.5
"""The share of two texts that is in both, below which marks would hide more than they show."""
MOST_KEPT = 400
"""Characters of a stretch that stayed, between two that changed."""
MOST_CHANGED = 2000
"""Characters of a stretch that changed."""

Stretch = tuple[str, Literal["kept", "removed", "added"]]
"""A part of a line, with its marks, and what became of it."""
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "kept": ("", "")}
_LINE_END = "⏎"


def is_alike(words: Sequence[Word]) -> bool:
    """Whether the texts have so much in common that marks are the shortest way to tell."""
    kept = sum(2 * len(text) for how, text in words if how == "kept")
    return kept >= ALIKE * sum(len(text) * (2 if how == "kept" else 1) for how, text in words)


def marked(words: Sequence[Word]) -> Iterator[Sequence[Stretch]]:
    """The lines with what changed, and `…` for those between."""
    lines = _lines(words)
    changed = [index for index, line in enumerate(lines) if any(how != "kept" for how, _ in line)]
    shown = {index + by for index in changed for by in range(-CONTEXT, CONTEXT + 1)}
    for index, line in enumerate(lines):
        if index in shown:
            yield [*_marked(line)]
        elif index - 1 in shown and any(one > index for one in changed):
            yield [("…", "kept")]


def _marked(line: Sequence[Word]) -> Iterator[Stretch]:
    last = len(line) - 1
    for index, (how, text) in enumerate(line):
        begin, end = _MARKS[how]
        yield f"{begin}{_bounded(how, text, is_first=index == 0, is_last=index == last)}{end}", how


def _bounded(how: str, text: str, *, is_first: bool, is_last: bool) -> str:
    """The beginning of a long stretch that changed; of one that stayed what stands beside a change."""
    if how != "kept":
        over = len(text) - MOST_CHANGED
        return text if over <= 0 else f"{text[:MOST_CHANGED]}… {over:,} more characters"
    if len(text) <= MOST_KEPT or (is_first and is_last):
        return text
    half = MOST_KEPT // 2
    begin, end = text[:half].rpartition(" ")[0] or text[:half], text[-half:].partition(" ")[2] or text[-half:]
    return f"{'' if is_first else f'{begin} '}…{'' if is_last else f' {end}'}"


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each line; a line's end that came or went by itself is shown as a sign."""
    lines: list[list[Word]] = [[]]
    for how, text in words:
        only_ends = how != "kept" and not text.strip("\n")
        first, *rest = plain(text).split("\n")
        lines[-1].append((how, _LINE_END if only_ends else first))
        lines += [[(how, part)] for part in rest]
    return [[(how, text) for how, text in line if text] for line in lines]
