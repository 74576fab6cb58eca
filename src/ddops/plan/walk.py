"""Where two normalised values differ, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.kinds.contract import Json
from ddops.location import NodePath, dotted
from ddops.plan.change import FieldChange
from ddops.plan.rules import NO_RULE, Rule


def walk(path: NodePath, before: Json, after: Json, rule: Rule) -> Iterator[FieldChange]:
    """The differences of two values that stand at `path`; lists of objects item by item where none came or went."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*after, *before]):
            inner = rule.below(key)
            one, other = before.get(key), after.get(key)
            if key in before and key in after:
                yield from walk((*path, key), one, other, inner)
            elif isinstance(one or other, dict) and (inner.named or inner.any_key):
                yield from walk((*path, key), one or {}, other or {}, inner)
            else:
                yield FieldChange(dotted((*path, key)), one, other)
    elif isinstance(before, list) and isinstance(after, list) and _by_position(before, after, rule):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from walk((*path, index), one, other, rule.item or NO_RULE)
    elif not _equal(before, after):
        yield FieldChange(dotted(path), before, after)


def _by_position(before: list[Json], after: list[Json], rule: Rule) -> bool:
    """Whether two lists are compared item by item: lists of objects of the same length, in an order that counts."""
    return not rule.unordered and len(before) == len(after) and all(isinstance(item, dict | list) for item in before)


def _equal(before: Json, after: Json) -> bool:
    """`same`, all the way down."""
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_equal, before, after))
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_equal(before[key], after[key]) for key in before)
    return same(before, after)


def same(one: Json, other: Json) -> bool:
    """Equal as JSON: 95.0 is 95, but true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
