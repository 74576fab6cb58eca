"""Documents of a limited size: what is cut from lists and from folded details, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


def size(text: str) -> int:
    """In bytes of UTF-8: whatever a limit counts (characters, UTF-16), it is no more than that."""
    return len(text.encode("utf-8", "replace"))


def listed(items: Sequence[T], write: Callable[[T], str], most: int, more: Callable[[int], str]) -> list[str]:
    """A line for each of the first items, as many as fit in `most` bytes with their line ends, and `more(count)` where
    some are left; those are not written at all."""
    lines: list[str] = []
    for item in items:
        text = write(item)
        most -= size(text) + 1
        if most < 0:
            return [*lines, more(len(items) - len(lines))]
        lines.append(text)
    return lines


@dataclass(frozen=True, slots=True)
class Fold:
    """A folded detail: `summary` is HTML on one line, `blocks` are whole pieces of Markdown."""

    summary: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """`text` fits, with `whole` and `shortened` folds in it."""

    text: str
    whole: int
    shortened: int


CUT = "… {} more, cut to fit"
OVERHEAD = size(f"<details><summary></summary>\n\n\n\n{CUT.format('00000')}\n\n</details>\n\n")


def fitted(folds: Iterable[Fold], most: int) -> Fitted:
    """The folds in `most` bytes. The longest are cut first: each is shortened to what lets all of them be there. Where
    their summaries would take more than a quarter, the last ones go: a fold that is cut to nothing says nothing."""
    kept, is_all = _headed(folds, most)
    if not is_all or sum(map(_headroom, kept)) + sum(map(_length, kept)) > most:
        kept, _ = _headed(kept, most // 4)
    share = _share([_length(fold) for fold in kept], most - sum(map(_headroom, kept)))
    written = [_written(fold, share) for fold in kept]
    shortened = sum(is_cut for _, is_cut in written)
    return Fitted(text="".join(text for text, _ in written), whole=len(kept) - shortened, shortened=shortened)


def _headed(folds: Iterable[Fold], most: int) -> tuple[list[Fold], bool]:
    """The first folds, as many as there is room for their summaries, and whether these are all."""
    kept: list[Fold] = []
    for fold in folds:
        most -= _headroom(fold)
        if most < 0:
            return kept, False
        kept.append(fold)
    return kept, True


def _headroom(fold: Fold) -> int:
    return size(fold.summary) + OVERHEAD


def _length(fold: Fold) -> int:
    return sum(size(block) + 2 for block in fold.blocks)


def _share(lengths: Sequence[int], room: int) -> int:
    """How much each may be at most for all to fit: the short ones leave to the long ones what they do not need."""
    left, longest_last = room, sorted(lengths)
    for index, length in enumerate(longest_last):
        equal = left // (len(longest_last) - index)
        if length > equal:
            return equal
        left -= length
    return max(longest_last, default=0)


def _written(fold: Fold, most: int) -> tuple[str, bool]:
    blocks = [f"{block}\n" for block in fold.blocks]
    kept = listed(blocks, str, most, lambda count: f"{CUT.format(count)}\n")
    body = "\n".join(kept)
    return f"<details><summary>{fold.summary}</summary>\n\n{body}\n</details>\n\n", kept != blocks
