"""Who made each field of an update differ: three bodies are compared, and their pieces (`Kind.paired`) stand in
other places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ddops.kinds.contract import UNLIKE, Body, Kind, Pair
from ddops.location import dotted
from ddops.plan.change import Cause, FieldChange
from ddops.plan.compare import differences
from ddops.plan.pieces import LAYOUT

EVERYTHING = ""
"""The path that leads to all others."""
_THEN, _NOW, _LIVE = "then:", "now:", "live:"
"""In front of a path, the body that it leads into."""
_MOVES = (".position", f".{LAYOUT}")
"""What fields of pieces that moved end in."""


def by_field(
    kind: Kind, fields: Iterable[FieldChange], live: Body, then: Body, now: Body, *, beside: Sequence[Sequence[str]]
) -> tuple[FieldChange, ...]:
    """The fields in which `now` differs from `live`, each with its cause. `then` and `now` are what a base and the
    specs ask for, as an update of `live` sends it; `beside` are the paths that are not in the bodies
    (`protect`): those that drifted, and those that were edited."""
    places = _Places.of(kind, live, then, now)
    drifted, edited = ({f"{_THEN}{path}" for path in paths} for paths in beside)
    drifted |= places.of_then(differences(kind, then, live))
    try:
        edited |= places.of_now(differences(kind, now, then))
    except UNLIKE:  # a kind's functions can rely on what the API adds to a body
        edited |= {EVERYTHING}

    def cause(field: FieldChange) -> Cause:
        keys = [*places.keys(field)]
        found = [any(_among(key, paths) for key in keys) for paths in (drifted, edited)]
        if not any(found) and field.path.endswith(_MOVES):
            # Of two pieces that changed places one is said to have moved, and not always the same one.
            found = [any(path.endswith(_MOVES) for path in paths) for paths in (drifted, edited)]
        is_drifted, is_edited = found
        if is_drifted is is_edited:
            return Cause.BOTH
        return Cause.DRIFT if is_drifted else Cause.YOURS

    return tuple(FieldChange(one.path, one.before, one.after, cause(one)) for one in fields)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the pieces of the three bodies are: `now` and `live` give the place in the base's body, None for a piece
    that it lacks; `met` the live place of a piece of now's. What the base has and the specs, or the org, have not is
    in `dropped` and `lost`; what only the org has, in `unasked` (seen from the base) and `gone` (from the specs)."""

    now: Mapping[str, str | None]
    live: Mapping[str, str | None]
    met: Mapping[str, str | None]
    dropped: Set[str]
    unasked: Set[str]
    gone: Set[str]

    @classmethod
    def of(cls, kind: Kind, live: Body, then: Body, now: Body) -> _Places:
        mine, its, met = kind.paired(now, then), kind.paired(then, live), kind.paired(now, live)
        return cls(
            now={after: before for before, after in _names(mine) if after is not None},
            live={before: after for before, after in _names(its) if before is not None},
            met={after: before for before, after in _names(met) if after is not None},
            dropped={before for before, after in _names(mine) if before is not None and after is None},
            unasked={before for before, after in _names(its) if before is not None and after is None},
            gone={before for before, after in _names(met) if before is not None and after is None},
        )

    def of_then(self, fields: Iterable[FieldChange]) -> set[str]:
        """The keys of what differs between the org and the base."""
        return {f"{_LIVE if one.after is None and one.path in self.unasked else _THEN}{one.path}" for one in fields}

    def of_now(self, fields: Iterable[FieldChange]) -> set[str]:
        """The keys of what differs between the base and the specs."""
        return {
            f"{_THEN}{one.path}" if one.after is None and one.path in self.dropped else _moved(one.path, self.now, _NOW)
            for one in fields
        }

    def keys(self, field: FieldChange) -> Iterator[str]:
        """The keys of a field in which the org and the specs differ."""
        if field.after is None and field.path in self.gone:
            yield _moved(field.path, self.live, _LIVE)
            return
        yield _moved(field.path, self.now, _NOW)
        piece = _piece(field.path, self.met)
        there = self.met[piece] if piece is not None else None
        if piece is not None and there is not None:
            yield _moved(there + field.path[len(piece) :], self.live, _LIVE)


def _names(pairs: Iterable[Pair]) -> Iterator[tuple[str | None, str | None]]:
    for pair in pairs:
        yield tuple(None if place is None else dotted(place) for place in (pair.before, pair.after))  # type: ignore[misc]


def _moved(path: str, places: Mapping[str, str | None], frame: str) -> str:
    """The key of a path: in the base's body where that has the piece around it, else in its own (`frame`)."""
    piece = _piece(path, places)
    if piece is None:
        return f"{_THEN}{path}"
    there = places[piece]
    return f"{frame}{path}" if there is None else f"{_THEN}{there}{path[len(piece) :]}"


def _piece(path: str, places: Mapping[str, str | None]) -> str | None:
    """The innermost piece around a path."""
    ends = [*(match.start() for match in re.finditer(r"\.", path)), len(path)]
    return next((path[:end] for end in reversed(ends) if path[:end] in places), None)


def _among(path: str, paths: Iterable[str]) -> bool:
    """Whether one of the paths is this one, leads to it or lies below it."""
    return any(_leads(path, other) or _leads(other, path) for other in paths)


def _leads(path: str, to: str) -> bool:
    return not path or to == path or to.startswith((f"{path}.", f"{path}["))
