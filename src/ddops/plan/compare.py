"""Whether two bodies of a kind are the same, and where they differ, by the kind's `Normal` table."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from ddops.kinds.contract import Body, Json, Kind, unmark, without
from ddops.plan.change import FieldChange
from ddops.plan.pieces import in_pieces
from ddops.plan.rules import Rule, rules
from ddops.plan.walk import same, walk


def normalise(kind: Kind, body: Body) -> Body:
    """The body in the form in which bodies of its kind are compared, without ddops's marker. `body` is left as it
    is; parts of it can be shared with the result."""
    return _normalise(kind, body, _conditional(kind, body, body))


def compared(kind: Kind, payload: Body, live: Body) -> tuple[Body, Body]:
    """The payload and the live body as they are compared with each other: `normalise`d, and without what means nothing
    beside the other. Fields that people set in the UI (`if_set`) count only where the payload has them."""
    unset = [path for path in kind.normal.if_set if not sets(payload, path)]
    meaningless = {*_conditional(kind, payload, live), *unset}
    return _normalise(kind, payload, meaningless), _normalise(kind, live, meaningless)


def differences(kind: Kind, payload: Body, live: Body) -> tuple[FieldChange, ...]:
    """The fields that `payload` would change in `live`, in the order of the payload; empty where nothing would. Those
    of its pieces (`Kind.paired`) come last: a piece that came, went or moved is one field."""
    after, before = compared(kind, payload, live)
    if _canonical(before) == _canonical(after):
        return ()
    table, pairs = rules(kind.normal), kind.paired(payload, live)
    return tuple(in_pieces(before, after, pairs, table)) or tuple(walk((), before, after, table))


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
            if child not in inner.absent or not any(same(child, nothing) for nothing in inner.absent):
                found[key] = child
    return found


def _whole(value: Json) -> Json:
    """A number that comes back as another type: 95.0 is 95."""
    return int(value) if type(value) is float and value.is_integer() else value


def _canonical(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
