"""The widgets of a dashboard before and after an update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddops.kinds.contract import Body, Pair
from ddops.kinds.dashboard.matching import Matching, Path, Widget, inside
from ddops.kinds.dashboard.moves import moves
from ddops.location import NodePath


def paired(payload: Body, live: Body) -> Sequence[Pair]:
    """Which widget of the live dashboard is which of the payload's, those in groups too, and how it moved."""
    pairs = Matching.of(payload, live).pairs
    before = {one.path: other.path for one, other in pairs}
    after = {other.path: one.path for one, other in pairs}
    mine, gone = list(_all(payload)), [one for one in _all(live) if one.path not in after]
    came = [one.path for one in mine if one.path not in before]
    after[()] = ()
    went = [(*after[one.path[:-1]], one.path[-1]) for one in gone if one.path[:-1] in after]
    how = moves(pairs, [*came, *went], free=payload.get("layout_type") == "free")
    return [
        *(Pair(before=_place(before.get(one.path)), after=_place(one.path), moved=how.get(one.path)) for one in mine),
        *(Pair(before=_place(one.path), after=None) for one in gone),
    ]


def _all(body: Body, path: Path = ()) -> Iterator[Widget]:
    for widget in inside(body, path):
        yield widget
        yield from _all(widget.definition, widget.path)


def _place(path: Path | None) -> NodePath | None:
    if path is None:
        return None
    place: NodePath = ("widgets", path[0])
    for index in path[1:]:
        place = (*place, "definition", "widgets", index)
    return place
