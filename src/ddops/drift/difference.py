"""What a spec's body would have to say for its payload to be what the org holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import orjson

from ddops.drift.edit import Add, Drop, Edit, Put, at
from ddops.kinds.contract import Body, Json, Kind
from ddops.location import NodePath
from ddops.plan.compare import compared
from ddops.plan.rules import NO_RULE, Rule, rules
from ddops.plan.walk import same

NAMES = ("id", "name", "key", "timeframe")
"""What tells objects of a list apart whose order means nothing."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A difference that the body has no words for: the path in the payload, and why."""

    path: NodePath
    why: str


def edits(kind: Kind, body: Body, payload: Body, live: Body) -> tuple[list[Edit], list[Unsaid]]:
    """The edits of `body`, the spec's with its references resolved, that bring `payload`, which was made of it, to
    `live`; and what no edit of it can say."""
    after, before = compared(kind, payload, live)
    pairs = {
        pair.after: pair.before
        for pair in kind.paired(payload, live)
        if pair.after is not None and pair.before is not None
    }
    walk = _Walk(body, pairs)
    walk.value((), (), after, before, rules(kind.normal))
    return walk.edits, walk.unsaid


@dataclass(slots=True)
class _Walk:
    """`path` is a path in the payload, and in the body; `there` the same place in the live object."""

    body: Body
    pairs: Mapping[NodePath, NodePath]
    edits: list[Edit] = field(default_factory=list)
    unsaid: list[Unsaid] = field(default_factory=list)

    def value(self, path: NodePath, there: NodePath, mine: Json, its: Json, rule: Rule) -> None:
        if isinstance(mine, dict) and isinstance(its, dict):
            for key in dict.fromkeys([*mine, *its]):
                if key not in its:
                    self._drop((*path, key))
                elif key not in mine:
                    self._put((*path, key), "", its[key])
                else:
                    self.value((*path, key), (*there, key), mine[key], its[key], rule.below(key))
        elif isinstance(mine, list) and isinstance(its, list):
            self._lists(path, there, mine, its, rule)
        elif not same(mine, its):
            self._put(path, mine, its)

    def _put(self, path: NodePath, mine: Json, its: Json) -> None:
        """A text can have an end that ddops adds (links, handles): what stands in front of it is the body's."""
        _, written = at(self.body, path)
        if isinstance(its, str) and isinstance(mine, str) and (written is None or isinstance(written, str)):
            written = written or ""
            own = written.strip()
            end = mine.removeprefix(own)
            if mine != own and mine.startswith(own) and end:
                if not its.endswith(end.lstrip()):
                    self.unsaid.append(Unsaid(path, "its end is what ddops adds (routes, the runbook's link)"))
                    return
                its = its.removesuffix(end.lstrip()).rstrip()
                if not its:
                    self._drop(path)
                    return
            if mine == mine.rstrip() and written.endswith("\n"):
                its += "\n"  # which means nothing here, and ends a block of lines
        self.edits.append(Put(path, its))

    def _drop(self, path: NodePath) -> None:
        if at(self.body, path)[0]:
            self.edits.append(Drop(path))
        else:
            self.unsaid.append(Unsaid(path, "it is what ddops adds, and the org has nothing there"))

    def _lists(self, path: NodePath, there: NodePath, mine: list[Json], its: list[Json], rule: Rule) -> None:
        if _key(mine) == _key(its):
            return
        found, own = at(self.body, path)
        if not found:
            own = []
        if rule.unordered:
            self._unordered(path, there, mine, its, own, rule)
        elif not found:
            self.edits.append(Put(path, its))
        elif len(own) != len(mine):
            self.unsaid.append(Unsaid(path, "the list in the specs is not what is sent"))
        elif any(place[:-1] == path for place in self.pairs):
            self._paired(path, there, mine, its, rule)
        else:
            self._ordered(path, there, mine, its, rule)

    def _unordered(
        self, path: NodePath, there: NodePath, mine: list[Json], its: list[Json], own: list[Json], rule: Rule
    ) -> None:
        gone, came = _without(mine, its), _without(its, mine)
        for item in gone:
            index = next((index for index, one in enumerate(own) if _says(one, item)), None)
            other = next((one for one in came if _named(one, item)), None)
            if index is None:
                self.unsaid.append(Unsaid(path, f"{_shown(item)} is not the resource's own, and gone in the org"))
            elif other is not None:
                came.remove(other)
                self.value((*path, index), (*there, its.index(other)), item, other, rule.item or NO_RULE)
            else:
                self.edits.append(Drop((*path, index)))
        if own:
            self.edits += [Add(path, len(own), item) for item in came]
        elif came:
            self.edits.append(Put(path, came))

    def _paired(self, path: NodePath, there: NodePath, mine: list[Json], its: list[Json], rule: Rule) -> None:
        """Items that people know by what they are, whatever their place."""
        matched = {index: self.pairs.get((*path, index)) for index in range(len(mine))}
        here = {
            index: place[-1]
            for index, place in matched.items()
            if place is not None and place[:-1] == there and isinstance(place[-1], int)
        }
        if sorted(here.values()) != [*here.values()]:
            self.unsaid.append(Unsaid(path, "they stand in another order in the org; move them in the file"))
            return
        here |= _replaced(mine, its, here)
        self.edits += [Drop((*path, index)) for index in range(len(mine)) if index not in here]
        following = {place: index for index, place in sorted(here.items())}
        for place, item in enumerate(its):
            if place in following:
                index = following[place]
                self.value((*path, index), (*there, place), mine[index], item, rule.item or NO_RULE)
            else:
                after = min((index for other, index in following.items() if other > place), default=len(mine))
                self.edits.append(Add(path, after, item))

    def _ordered(self, path: NodePath, there: NodePath, mine: list[Json], its: list[Json], rule: Rule) -> None:
        matcher = SequenceMatcher(None, [*map(_key, mine)], [*map(_key, its)], autojunk=False)
        for _, start, end, first, last in matcher.get_opcodes():
            common = min(end - start, last - first)
            for offset in range(common):
                here, at_its = start + offset, first + offset
                self.value((*path, here), (*there, at_its), mine[here], its[at_its], rule.item or NO_RULE)
            self.edits += [Drop((*path, index)) for index in range(start + common, end)]
            self.edits += [Add(path, end, item) for item in its[first + common : last]]


def _replaced(mine: list[Json], its: list[Json], here: Mapping[int, int]) -> dict[int, int]:
    """Items that have nothing in common but their sort, and stand in the same place between others."""
    found: dict[int, int] = {}
    index = place = 0
    while index < len(mine) and place < len(its):
        if index in here:
            index, place = index + 1, here[index] + 1
        elif place in here.values():
            index += 1
        else:
            if _sort(mine[index]) == _sort(its[place]):
                found[index] = place
            index, place = index + 1, place + 1
    return found


def _sort(item: Json) -> Json:
    definition = item.get("definition") if isinstance(item, dict) else None
    return definition.get("type") if isinstance(definition, dict) else None


def _without(items: Sequence[Json], others: Sequence[Json]) -> list[Json]:
    known = {_key(item) for item in others}
    return [item for item in items if _key(item) not in known]


def _says(own: Json, item: Json) -> bool:
    """Whether an item of the body became this one of the payload; what means nothing can stand beside it."""
    if isinstance(own, dict) and isinstance(item, dict):
        return all(key in own and own[key] == value for key, value in item.items())
    return bool(own == item)


def _named(one: Json, other: Json) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    names = [name for name in NAMES if name in one and name in other]
    return bool(names) and all(one[name] == other[name] for name in names)


def _shown(item: Json) -> str:
    return item if isinstance(item, str) else _key(item).decode()


def _key(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
