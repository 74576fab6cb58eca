"""Whether two bodies of a kind are the same, and where they differ, by the kind's `Normal` table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

import orjson
from pydantic import BaseModel

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
    unset = [path for path in kind.normal.if_set if not _sets(payload, path)]
    meaningless = {*_conditional(kind, payload, live), *unset}
    after, before = _normalise(kind, payload, meaningless), _normalise(kind, live, meaningless)
    if _canonical(before) == _canonical(after):
        return ()
    return tuple(_walk((), before, after, _rules(kind.normal)))


def carry_unknown(kind: Kind, payload: Body, live: Body) -> tuple[Body, list[str]]:
    """The payload with the fields of `live` that the kind's model has never heard of, so that an update sends them
    back as they are; and their paths. Looks at the top and into objects that are models, not into lists."""
    carried: list[str] = []
    return _carry(kind.model, _rules(kind.normal), payload, live, (), carried), carried


def carry_kept(kind: Kind, payload: Body, live: Body) -> Body:
    """The payload with what people set in the UI (`Kind.kept`), where the spec says nothing of it."""
    for path in sorted(kind.kept):
        value: Json = live
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value and not _sets(payload, path):
            payload = _with(payload, path.split("."), value)
    return payload


def _with(body: Body, path: list[str], value: Json) -> Body:
    step, rest = path[0], path[1:]
    return {**body, step: _with(body.get(step) or {}, rest, value) if rest else value}


def _carry(model: type[BaseModel], rule: _Rule, payload: Body, live: Body, path: NodePath, carried: list[str]) -> Body:
    known = {name.alias or key: name.annotation for key, name in model.model_fields.items()}
    found: Body = {}
    for key, value in live.items():
        inner = rule.below(key)
        if key not in known:
            if key not in payload and not inner.read_only:
                carried.append(dotted((*path, key)))
                found[key] = value
        elif isinstance(value, dict) and (nested := _model(known[key])):
            before = payload.get(key)
            if before is None or isinstance(before, dict):
                kept = _carry(nested, inner, before or {}, value, (*path, key), carried)
                if kept != (before or {}):
                    found[key] = kept
    return {**payload, **found} if found else payload


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model of a field's value, None where it is a list, a map or a plain value."""
    for option in (annotation, *get_args(annotation)):
        if isinstance(option, type) and issubclass(option, BaseModel):
            return option
    return None


@dataclass(slots=True)
class _Rule:
    """What a `Normal` says of one place in a body; `any_key` and `item` are the places below that have no name."""

    read_only: bool = False
    unordered: bool = False
    trimmed: bool = False
    absent: tuple[Json, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    named: dict[str, _Rule] = field(default_factory=dict)
    any_key: _Rule | None = None
    item: _Rule | None = None

    def below(self, key: str) -> _Rule:
        return self.named.get(key) or self.any_key or _NO_RULE

    def place(self, path: str) -> _Rule:
        """The rule of a path below this one, made where there is none."""
        rule = self
        for step in path.replace("[]", ".[]").split("."):
            if step == "[]":
                below = rule.item or _Rule()
                rule.item = below
            elif step == "*":
                below = rule.any_key or _Rule()
                rule.any_key = below
            else:
                below = rule.named.setdefault(step, _Rule())
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


_NO_RULE = _Rule()


@cache
def _rules(normal: Normal) -> _Rule:
    """A table as a tree, so that a body is walked once whatever the table's length."""
    root = _Rule()
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


def _sets(body: Json, path: str) -> bool:
    for step in path.split("."):
        if not isinstance(body, dict) or step not in body:
            return False
        body = body[step]
    return True


def _normalise(kind: Kind, body: Body, meaningless: Iterable[str]) -> Body:
    body = unmark(kind, body)
    if kind.normal.rewritten is not None:
        body = kind.normal.rewritten(body)
    result: Body = _normal(without(body, meaningless), _rules(kind.normal))
    return result


def _normal(value: Json, rule: _Rule) -> Json:
    if isinstance(value, dict):
        if not rule.named and rule.any_key is None:
            return value
        found = {}
        for key, child in value.items():
            inner = rule.below(key)
            if inner.read_only:
                continue
            child = _normal(child, inner)
            if not any(_same(child, nothing) for nothing in inner.absent):
                found[key] = child
        return found
    if isinstance(value, list):
        if rule.item is not None or rule.unordered:
            value = [_normal(item, rule.item or _NO_RULE) for item in value]
        return sorted(value, key=_canonical) if rule.unordered else value
    if isinstance(value, str):
        value = value.strip() if rule.trimmed else value
        return rule.aliases.get(value, value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _same(one: Json, other: Json) -> bool:
    """Equal as JSON: 95.0 is 95, but true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _canonical(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _walk(path: NodePath, before: Json, after: Json, rule: _Rule) -> Iterator[FieldChange]:
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
            yield from _walk((*path, index), one, other, rule.item or _NO_RULE)
    elif not _equal(before, after):
        yield FieldChange(dotted(path), before, after)


def _by_position(before: list[Json], after: list[Json], rule: _Rule) -> bool:
    """Whether two lists are compared item by item: lists of objects of the same length, in an order that counts."""
    return not rule.unordered and len(before) == len(after) and all(isinstance(item, dict | list) for item in before)


def _equal(before: Json, after: Json) -> bool:
    """`_same`, all the way down."""
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_equal, before, after))
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_equal(before[key], after[key]) for key in before)
    return _same(before, after)
