"""Where two normalised bodies differ that consist of pieces (`Kind.paired`): what came, what went, what moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ddops.kinds.contract import Body, Json, Pair
from ddops.location import NodePath, dotted
from ddops.plan.change import FieldChange
from ddops.plan.rules import Rule
from ddops.plan.walk import walk

LAYOUT = "layout"


def in_pieces(before: Body, after: Body, pairs: Sequence[Pair], table: Rule) -> Iterator[FieldChange]:
    """The differences of the bodies themselves, then those of their pieces. Paths of pieces lead into `after`, of one
    that is gone into `before`. What came or went is one field, with all that is in it; so is what moved: `position`
    (of paths) or `layout` (as a whole). What was pushed is none."""
    old, new = _lists(pair.before for pair in pairs), _lists(pair.after for pair in pairs)
    lists = old[()] | new[()]
    yield from walk((), _bare(before, lists), _bare(after, lists), table)
    gone = {pair.before for pair in pairs if pair.after is None}
    came = {pair.after for pair in pairs if pair.before is None}
    for pair in pairs:
        if pair.before is None or pair.after is None:
            if pair.before is not None and not _inside(pair.before, gone):
                yield FieldChange(dotted(pair.before), at(before, pair.before), None)
            elif pair.after is not None and not _inside(pair.after, came):
                yield FieldChange(dotted(pair.after), None, at(after, pair.after))
        else:
            lists = old[pair.before] | new[pair.after]
            one, other = _bare(at(before, pair.before), lists), _bare(at(after, pair.after), lists)
            if pair.moved == "position":
                yield FieldChange(dotted((*pair.after, "position")), dotted(pair.before), dotted(pair.after))
            elif pair.moved == "layout":
                yield FieldChange(dotted((*pair.after, LAYOUT)), one.get(LAYOUT), other.get(LAYOUT))
            if pair.moved is not None:
                one, other = _without(one, (LAYOUT,)), _without(other, (LAYOUT,))
            yield from walk(pair.after, one, other, table.at(pair.after))


def at(body: Json, place: NodePath) -> Json:
    """What stands at a place that there is."""
    for step in place:
        body = body[step]
    return body


def _lists(places: Iterable[NodePath | None]) -> defaultdict[NodePath, set[NodePath]]:
    """The lists of pieces in each piece, and in the whole (`()`), by their paths from there."""
    known = {place for place in places if place is not None}
    found: defaultdict[NodePath, set[NodePath]] = defaultdict(set)
    for place in known:
        around = next((place[:end] for end in range(len(place) - 1, 0, -1) if place[:end] in known), ())
        found[around].add(place[len(around) : -1])
    return found


def _bare(value: Json, lists: Iterable[NodePath]) -> Json:
    """A piece, or the whole, without its lists of pieces."""
    for path in lists:
        value = _without(value, path)
    return value


def _without(value: Json, path: NodePath) -> Json:
    step, rest = path[0], path[1:]
    if not isinstance(value, dict) or step not in value:
        return value
    if not rest:
        return {key: child for key, child in value.items() if key != step}
    return {**value, step: _without(value[step], rest)}


def _inside(place: NodePath, others: set[NodePath | None]) -> bool:
    """Whether a place lies in one of the others."""
    return any(place[:end] in others for end in range(1, len(place)))
