"""Leaving out what says the same as nothing."""

from __future__ import annotations

from ddops.kinds.contract import Body, Json, Kind
from ddops.plan.rules import Rule, rules


def without_defaults(kind: Kind, body: Body) -> Body:
    """The body without the values that mean the same as none by the kind's table, and else as it stands."""
    found: Body = _set(body, rules(kind.normal))
    return found


def _set(value: Json, rule: Rule) -> Json:
    if isinstance(value, list):
        return [_set(item, rule.item) for item in value] if rule.item is not None else value
    if not isinstance(value, dict):
        return value
    found = {key: _set(child, rule.below(key)) for key, child in value.items()}
    return {key: child for key, child in found.items() if not _is_one_of(child, rule.below(key).absent)}


def _is_one_of(value: Json, nothing: tuple[Json, ...]) -> bool:
    return any(value == none and isinstance(value, bool) == isinstance(none, bool) for none in nothing)


def whole(value: Json) -> Json:
    """The value with numbers as people write them: 95.0 is 95."""
    if isinstance(value, dict):
        return {key: whole(child) for key, child in value.items()}
    if isinstance(value, list):
        return [whole(child) for child in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
