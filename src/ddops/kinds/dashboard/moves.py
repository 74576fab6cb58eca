"""Which widgets of a dashboard moved, and which only made room for others."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Literal

from ddops.kinds.dashboard.matching import Path, Widget

Move = Literal["position", "layout", "pushed"]
Pairs = Sequence[tuple[Widget, Widget]]
SIDES = ("x", "y", "width", "height")


def moves(pairs: Pairs, others: Iterable[Path], *, free: bool) -> Mapping[Path, Move]:
    """How widgets moved, by their place in the payload. `pairs` are (the payload's, the live one), `others` the places
    of those that came, and those that went by where they would be now. In a `free` layout nothing makes room."""
    around = {other.path: one.path for one, other in pairs}
    found: dict[Path, Move] = {}
    levels: defaultdict[Path, list[tuple[Widget, Widget]]] = defaultdict(list)
    left = {path[:-1] for path in others}
    for one, other in pairs:
        if one.path[:-1] == around.get(other.path[:-1], ()) and bool(one.path[:-1]) == bool(other.path[:-1]):
            levels[one.path[:-1]].append((one, other))
        else:
            found[one.path] = "position"
            left |= {one.path[:-1], around.get(other.path[:-1], other.path[:-1])}
    for level, here in levels.items():
        found |= _level(here, level, left, free=free)
    return found


def _level(pairs: Pairs, level: Path, left: Set[Path], *, free: bool) -> Mapping[Path, Move]:
    """Of the widgets that stayed in one level; in the levels `left` others came or went."""
    found: dict[Path, Move] = {}
    if all(_layout(one) is not None and _layout(other) is not None for one, other in pairs):
        stray = _strays(pairs, _reading_order)
        resized = {one.path for one, other in pairs if _size(one) != _size(other)}
        for one, other in pairs:
            if _layout(one) != _layout(other):
                yields = not free and one.path not in stray and (one.path not in resized or "widgets" in one.definition)
                has_cause = {level, one.path} & left or stray or resized - {one.path}
                found[one.path] = "pushed" if yields and has_cause else "layout"
    if "layout" not in found.values():
        found |= dict.fromkeys(_strays(pairs, lambda widget: widget.path), "position")
    return found


def _strays(pairs: Pairs, order: Callable[[Widget], tuple[int, ...]]) -> set[Path]:
    """The fewest widgets without which the others are in the same order before and after."""
    after = sorted(pairs, key=lambda pair: order(pair[0]))
    ranks = {other.path: rank for rank, (_, other) in enumerate(sorted(pairs, key=lambda pair: order(pair[1])))}
    kept = _rising([ranks[other.path] for _, other in after])
    return {one.path for index, (one, _) in enumerate(after) if index not in kept}


def _rising(numbers: Sequence[int]) -> set[int]:
    """The positions of the longest rising subsequence."""
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tops, number)
        previous.append(ends[at - 1] if at else None)
        tops[at:] = [number, *tops[at + 1 :]]
        ends[at:] = [index, *ends[at + 1 :]]
    found: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        found.add(step)
        step = previous[step]
    return found


def _layout(widget: Widget) -> tuple[int, ...] | None:
    layout = widget.body.get("layout")
    if not isinstance(layout, dict):
        return None
    sides = tuple(side for name in SIDES if isinstance(side := layout.get(name), int))
    return sides if len(sides) == len(SIDES) else None


def _reading_order(widget: Widget) -> tuple[int, ...]:
    x, y, _, _ = _layout(widget) or (0, 0, 0, 0)
    return y, x


def _size(widget: Widget) -> tuple[int, ...]:
    return (_layout(widget) or ())[2:]
