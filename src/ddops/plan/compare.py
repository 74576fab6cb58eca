"""Whether two bodies of a kind are the same, and where they differ, by the kind's `Normal` table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import orjson

from ddops.kinds.contract import Body, Json, Kind, Normal, unmark, without
from ddops.location import NodePath, dotted
from ddops.plan.change import FieldChange


def normalise(kind: Kind, body: Body) -> Body:
    """The body in the form in which bodies of its kind are compared, without ddops's marker. `body` is left as it
    is; parts of it can be shared with the result."""
    return _normalise(kind, body, _conditional(kind, body, body))


def differences(kind: Kind, payload: Body, live: Body) -> tuple[FieldChange, ...]:
    """The fields that `payload` would change in `live`, in the order of the payload; empty where nothing would.

    Fields that people set in the UI (`if_set`) count only where the payload has them.
    """
    unset = [path for path in kind.normal.if_set if not sets(payload, path)]
    meaningless = {*_conditional(kind, payload, live), *unset}
    after, before = _normalise(kind, payload, meaningless), _normalise(kind, live, meaningless)
    if _canonical(before) == _canonical(after):
        return ()
    return tuple(_walk((), before, after, rules(kind.normal)))


@dataclass(slots=True)
class Rule:
    """What a `Normal` says of one place in a body; `any_key` and `item` are the places below that have no name."""

    read_only: bool = False
    unordered: bool = False
    trimmed: bool = False
    absent: tuple[Json, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    named: dict[str, Rule] = field(default_factory=dict)
    any_key: Rule | None = None
    item: Rule | None = None

    def below(self, key: str) -> Rule:
        return self.named.get(key) or self.any_key or NO_RULE

    def place(self, path: str) -> Rule:
        """The rule of a path below this one, made where there is none."""
        rule = self
        for step in path.replace("[]", ".[]").split("."):
            if step == "[]":
                below = rule.item or Rule()
                rule.item = below
            elif step == "*":
                below = rule.any_key or Rule()
                rule.any_key = below
            else:
                below = rule.named.setdefault(step, Rule())
            rule = below
        return rule

    def inherit(self) -> None:
        """What holds for any key holds for the named ones beside it."""
        for rule in self.named.values():
            if self.any_key is not None:
                rule.absent += self.any_key.absent
                rule.read_only |= self.any_key.read_only
        for below in [*self.named.values(), self.any_key, self.item]:
            if below is not None:
                below.inherit()


NO_RULE = Rule()


@cache
def rules(normal: Normal) -> Rule:
    """A table as a tree, so that a body is walked once whatever the table's length."""
    root = Rule()
    for path in normal.read_only:
        root.place(path).read_only = True
    for path in normal.unordered:
        root.place(path).unordered = True
    for path in normal.trimmed:
        root.place(path).trimmed = True
    for path, values in normal.absent.items():
        root.place(path).absent += values
    for path, names in normal.aliases.items():
        root.place(path).aliases = names
    root.inherit()
    return root


def _conditional(kind: Kind, payload: Body, live: Body) -> Iterable[str]:
    return kind.normal.conditional(payload, live) if kind.normal.conditional is not None else ()


def sets(body: Json, path: str) -> bool:
    for step in path.split("."):
        if not isinstance(body, dict) or step not in body:
            return False
        body = body[step]
    return True


def _normalise(kind: Kind, body: Body, meaningless: Iterable[str]) -> Body:
    body = unmark(kind, body)
    if kind.normal.rewritten is not None:
        body = kind.normal.rewritten(body)
    result: Body = _normal(without(body, meaningless), rules(kind.normal))
    return result


def _normal(value: Json, rule: Rule) -> Json:
    if isinstance(value, dict):
        return _normal_object(value, rule) if rule.named or rule.any_key is not None else value
    if isinstance(value, list):
        if rule.item is not None:
            value = [_normal(item, rule.item) for item in value]
        return sorted(map(_whole, value), key=_canonical) if rule.unordered else value
    if isinstance(value, str):
        value = value.strip() if rule.trimmed else value
        return rule.aliases.get(value, value)
    return _whole(value)


def _normal_object(value: Body, rule: Rule) -> Body:
    """Most fields have no rule, and pass by the shortest way: this is called for every object of an org."""
    named, any_key = rule.named, rule.any_key
    found: Body = {}
    for key, child in value.items():
        inner = named.get(key) or any_key
        if inner is None:
            found[key] = _whole(child) if type(child) is float else child
        elif not inner.read_only:
            child = _normal(child, inner)
            if child not in inner.absent or not any(_same(child, nothing) for nothing in inner.absent):
                found[key] = child
    return found


def _whole(value: Json) -> Json:
    """A number that comes back as another type: 95.0 is 95."""
    return int(value) if type(value) is float and value.is_integer() else value


def _same(one: Json, other: Json) -> bool:
    """Equal as JSON: 95.0 is 95, but true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _canonical(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _walk(path: NodePath, before: Json, after: Json, rule: Rule) -> Iterator[FieldChange]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*after, *before]):
            inner = rule.below(key)
            one, other = before.get(key), after.get(key)
            if key in before and key in after:
                yield from _walk((*path, key), one, other, inner)
            elif isinstance(one or other, dict) and (inner.named or inner.any_key):
                yield from _walk((*path, key), one or {}, other or {}, inner)
            else:
                yield FieldChange(dotted((*path, key)), one, other)
    elif isinstance(before, list) and isinstance(after, list) and _by_position(before, after, rule):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _walk((*path, index), one, other, rule.item or NO_RULE)
    elif not _equal(before, after):
        yield FieldChange(dotted(path), before, after)


def _by_position(before: list[Json], after: list[Json], rule: Rule) -> bool:
    """Whether two lists are compared item by item: lists of objects of the same length, in an order that counts."""
    return not rule.unordered and len(before) == len(after) and all(isinstance(item, dict | list) for item in before)


def _equal(before: Json, after: Json) -> bool:
    """`_same`, all the way down."""
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_equal, before, after))
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_equal(before[key], after[key]) for key in before)
    return _same(before, after)
