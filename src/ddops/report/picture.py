"""An object as its page lays it out, before and after a change, in HTML: a grid of 12 columns with what changed marked.

Places are classes, whose rules the page's style sheet has (`rules`): an attribute `style` would need a policy that lets
any text style the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddops.kinds.contract import UNLIKE, Tile, kinds
from ddops.location import dotted
from ddops.meaning.contract import Meaning, What
from ddops.plan.change import Action, Change
from ddops.report.escape import marked_up
from ddops.report.words import line

COLUMNS = 12
MOST_TILES = 300
"""Of one picture."""

Marks = Mapping[str, str]
"""What happened to a tile, by its path."""


def picture(change: Change, meaning: Meaning, places: set[str], after_title: str = "After") -> str:
    """The object before and after the change, empty for a kind that has no layout. Adds to `places` the classes that it
    needs rules for."""
    kind = kinds()[change.address.kind]
    try:
        before, after = kind.tiles(change.before or {}), kind.tiles(change.payload or {})
        pairs = kind.paired(change.payload or {}, change.before or {}) if before and after else ()
    except UNLIKE:
        return ""
    after = () if change.action is Action.DELETE else after
    if not before and not after:
        return ""
    marks = {part.path: part.what.value for part in meaning.parts if part.what is not What.REMOVED}
    gone = {part.path: part.what.value for part in meaning.parts if part.what is What.REMOVED}
    earlier = {
        dotted(pair.before): marks[dotted(pair.after)]
        for pair in pairs
        if pair.before is not None and pair.after is not None and dotted(pair.after) in marks
    }
    shown = [
        _side("Before", before, {**earlier, **gone}, places) if before else "",
        _side(after_title, after, marks, places) if after else "",
    ]
    return f'<div class="sides">{"".join(shown)}</div>'


def rules(places: set[str]) -> str:
    """The style sheet's rules for the classes of places."""
    said = {
        "x": "grid-column-start:{}",
        "w": "grid-column-end:span {}",
        "y": "grid-row-start:{}",
        "h": "grid-row-end:span {}",
    }
    return "".join(f".{place}{{{said[place[0]].format(place[1:])}}}" for place in sorted(places))


def _side(title: str, tiles: Sequence[Tile], marks: Marks, places: set[str]) -> str:
    left = _Left(MOST_TILES)
    grid = _grid(tiles, marks, places, left)
    more = f"<p>… {left.over} more</p>" if left.over else ""
    return f"<figure><figcaption>{title}</figcaption>{grid}{more}</figure>"


class _Left:
    """How many tiles may still be drawn, and how many were not."""

    def __init__(self, most: int) -> None:
        self.most, self.over = most, 0

    def take(self) -> bool:
        self.most -= 1
        self.over += self.most < 0
        return self.most >= 0


def _grid(tiles: Sequence[Tile], marks: Marks, places: set[str], left: _Left) -> str:
    """In the order in which they are read, which is that of the keyboard and of a narrow window."""
    ranked = sorted(tiles, key=lambda tile: (tile.y, tile.x))
    return f'<ul class="grid">{"".join(_tile(tile, marks, places, left) for tile in ranked if left.take())}</ul>'


def _tile(tile: Tile, marks: Marks, places: set[str], left: _Left) -> str:
    x = min(tile.x, COLUMNS - 1)
    where = [f"x{x + 1}", f"w{min(tile.width, COLUMNS - x)}", f"y{tile.y + 1}", f"h{tile.height}"]
    places.update(where)
    mark = marks.get(tile.path, "")
    classes = " ".join(["tile", *([mark] if mark else []), *(["group"] if tile.tiles else []), *where])
    return f'<li class="{classes}">{"".join(_inside(tile, mark, marks, places, left))}</li>'


def _inside(tile: Tile, mark: str, marks: Marks, places: set[str], left: _Left) -> Iterator[str]:
    if mark:
        yield f'<span class="mark">{mark}</span> '
    yield f'<span class="type">{marked_up(line(tile.type))}</span>'
    if tile.title:
        yield f"<b>{marked_up(line(tile.title)[:200])}</b>"
    if tile.tiles:
        yield _grid(tile.tiles, marks, places, left)
    else:
        yield from (f"<code>{marked_up(line(query)[:300])}</code>" for query in tile.queries)
