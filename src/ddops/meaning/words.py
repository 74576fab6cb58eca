"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from ddops.meaning.contract import Word

# A metric's name, a tag, a handle or an address is one word; a line's end stands for itself. Nothing is looked at
# twice: a ruler of a hundred thousand dashes takes no longer than other texts.
_WORD = re.compile(r"\n|[^\S\n]++|(?:[.@#/-]*+\w++)++|[.@#/-]++|.", re.DOTALL)
MOST_WORDS = 4000
"""Of both texts; longer ones are compared line by line, and those of more lines only from both ends."""


def words(before: str, after: str) -> tuple[Word, ...]:
    """What was kept, removed and added, in reading order. Where only white space was kept between two stretches that
    changed, they are one."""
    one, other = _WORD.findall(before), _WORD.findall(after)
    if len(one) + len(other) > MOST_WORDS:
        one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = list(_compared(one, other))
    return tuple(_joined(_smooth(found)))


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Word]:
    if len(before) + len(after) > MOST_WORDS:
        yield from _compared_at_ends(before, after)
        return
    for how, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            yield "kept", "".join(before[start:end])
            continue
        if end > start:
            yield "removed", "".join(before[start:end])
        if stop > begin:
            yield "added", "".join(after[begin:stop])


def _compared_at_ends(before: Sequence[str], after: Sequence[str]) -> Iterator[Word]:
    """What both begin and end with is kept, and all between is changed."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    yield "kept", "".join(before[:start])
    yield "removed", "".join(before[start : len(before) - end])
    yield "added", "".join(after[start : len(after) - end])
    yield "kept", "".join(before[len(before) - end :])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many of the same both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _smooth(found: Sequence[Word]) -> Iterator[Word]:
    for index, (how, text) in enumerate(found):
        is_between = 0 < index < len(found) - 1
        if how == "kept" and is_between and text.isspace() and "\n" not in text:
            yield "removed", text
            yield "added", text
        else:
            yield how, text


def _joined(found: Iterator[Word]) -> Iterator[Word]:
    """Between two kept stretches all that was removed stands before all that was added."""
    for is_kept, stretch in groupby(found, key=lambda word: word[0] == "kept"):
        together = list(stretch)
        if is_kept:
            if kept := "".join(text for _, text in together):
                yield "kept", kept
            continue
        if removed := "".join(text for how, text in together if how == "removed"):
            yield "removed", removed
        if added := "".join(text for how, text in together if how == "added"):
            yield "added", added
