"""The fields of a change, as people tell them: those of the object, and those of each of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

import orjson

from ddops.kinds.contract import Body, Json, Kind, kinds
from ddops.location import NodePath, dotted
from ddops.meaning.contract import Difference, Part, What
from ddops.meaning.sense import sense
from ddops.meaning.words import words
from ddops.plan.change import Action, Change, FieldChange
from ddops.plan.pieces import LAYOUT, at

POSITION = "position"
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def differences(change: Change) -> tuple[tuple[Difference, ...], tuple[Part, ...]]:
    """Those of the object itself, and its parts; both in the order of the change's fields, which compared them."""
    kind, old, new = kinds()[change.address.kind], change.before or {}, change.payload or {}
    pairs = kind.paired(new, old) if change.action in (Action.UPDATE, Action.ADOPT) else ()
    places = {dotted(place) for pair in pairs for place in (pair.after, pair.before) if place is not None}
    own: list[Difference] = []
    parts: dict[tuple[bool, str], list[FieldChange]] = {}
    for field in change.fields:
        key = _part(field, places)
        if key is None:
            own.append(_difference(field, field.path, change.address.kind, old, new))
        else:
            parts.setdefault(key, []).append(field)
    return tuple(own), tuple(_told(kind, old, new, place, fields) for (_, place), fields in parts.items())


def steps(path: str) -> NodePath:
    """The way that a field's path names: `widgets[2].definition` is ("widgets", 2, "definition")."""
    return tuple(int(index) if index else name for index, name in _STEP.findall(path))


def _part(field: FieldChange, places: Set[str]) -> tuple[bool, str] | None:
    """Whether the part of a field is gone, and its path; None for a field of the object itself."""
    path = field.path
    if path in places:
        return field.after is None, path
    ends = (match.start() for match in re.finditer(r"\.", path))
    found = [path[:end] for end in ends if path[:end] in places]
    return (False, found[-1]) if found else None


def _told(kind: Kind, old: Body, new: Body, place: str, fields: list[FieldChange]) -> Part:
    first = fields[0]
    is_whole = first.path == place
    body = (first.after or first.before) if is_whole else at(new, steps(place))
    if is_whole:
        what = What.REMOVED if first.after is None else What.ADDED
        around = _around(kind, old if what is What.REMOVED else new, place)
        return Part(path=place, label=kind.called(body), what=what, group=around)
    moved = next((_moved(kind, new, place, field) for field in fields if field.path in _moves(place)), None)
    rest = [field for field in fields if field.path not in _moves(place)]
    told = tuple(
        _difference(field, field.path.removeprefix(place).lstrip("."), kind.name, old, new) for field in fields
    )
    return Part(
        path=place,
        label=kind.called(body),
        what=What.CHANGED if rest else What.MOVED,
        group=_around(kind, new, place),
        moved=moved,
        differences=told,
    )


def _moves(place: str) -> tuple[str, str]:
    return f"{place}.{POSITION}", f"{place}.{LAYOUT}"


def _around(kind: Kind, body: Body, place: str) -> str | None:
    """What the part is called in which another one stands."""
    way = steps(place)
    for end in range(len(way) - 1, 0, -1):
        outer = at(body, way[:end])
        if isinstance(way[end - 1], int) and isinstance(outer, dict):
            return kind.called(outer)
    return None


def _moved(kind: Kind, new: Body, place: str, field: FieldChange) -> str:
    if field.path.endswith(f".{POSITION}"):
        was, now = steps(str(field.before)), steps(str(field.after))
        if len(was) != len(now) or was[:-2] != now[:-2]:
            around = _around(kind, new, place)
            return f"moved into {around}" if around else "moved out of its group"
        one, other = was[-1], now[-1]
        return f"moved from place {int(one) + 1} to {int(other) + 1}"
    before, after = field.before or {}, field.after or {}
    corners, sizes = ("moved", _corner(before), _corner(after)), ("resized", _size(before), _size(after))
    said = [f"{how} from {one} to {other}" for how, one, other in (corners, sizes) if one != other]
    return ", ".join(said) or "laid out differently"


def _corner(layout: Json) -> str:
    return f"column {layout.get('x')} row {layout.get('y')}" if layout else "its place in the flow"


def _size(layout: Json) -> str:
    return f"{layout.get('width')} × {layout.get('height')}" if layout else "its usual size"


def _difference(field: FieldChange, name: str, kind: str, old: Body, new: Body) -> Difference:
    before, after = field.before, field.after
    what = What.ADDED if before is None else What.REMOVED if after is None else What.CHANGED
    if name in (POSITION, LAYOUT):
        what = What.MOVED
    lists = isinstance(before, list) and isinstance(after, list)
    return Difference(
        path=field.path,
        name=name,
        what=what,
        before=before,
        after=after,
        words=words(before, after) if isinstance(before, str) and isinstance(after, str) else (),
        added=tuple(_missing(after, before)) if lists else (),
        removed=tuple(_missing(before, after)) if lists else (),
        sense=sense(kind, field.path, before, after, old, new),
    )


def _missing(items: list[Json], others: list[Json]) -> Iterator[Json]:
    """The items that the others lack, as often as they lack them."""
    left = [_canonical(other) for other in others]
    for item in items:
        canonical = _canonical(item)
        if canonical in left:
            left.remove(canonical)
        else:
            yield item


def _canonical(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
