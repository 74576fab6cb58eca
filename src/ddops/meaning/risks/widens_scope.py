"""What it looks at is limited by less than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from ddops.kinds.contract import Body
from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.scopes import scopes
from ddops.query.condition import And, Condition, Everything, Filter, Group, Or, filters

_ANY = ("*",)


def widens_scope(looked: Looked) -> Found:
    return _widened(looked.kind, looked.before, looked.after) if looked.is_update else ()


def _widened(kind: str, before: Body, after: Body) -> Iterator[tuple[Severity, str]]:
    one, other = scopes(kind, before), scopes(kind, after)
    had = [scope for scope in one if not _is_everything(scope)]
    if any(map(_is_everything, other)) and had and not any(map(_is_everything, one)):
        yield Severity.HIGH, f"widens from {had[0]} to everything (`*`)"
        return
    if not other:
        return
    asked = Counter(name for scope in one for name in {_name(found) for found in _asked(scope)})
    lost = [found for scope, others in _paired(one, other) for found in dict.fromkeys(_lost(scope, others))]
    for (severity, name, told), count in Counter(lost).items():
        yield severity, told if count == asked[name] else f"{told}, in {count} of {asked[name]} queries"


def _paired(before: Sequence[Condition], after: Sequence[Condition]) -> Iterator[tuple[Condition, Sequence[Condition]]]:
    """The conditions that are not there any more, each with the one in its place; with all of them where some came or
    went."""
    left, new = [*before], [*after]
    for scope in before:
        if scope in new:
            left.remove(scope)
            new.remove(scope)
    for index, scope in enumerate(left):
        yield scope, new[index : index + 1] if len(left) == len(new) else after


def _lost(before: Condition, after: Iterable[Condition]) -> Iterator[tuple[Severity, str, str]]:
    """What a condition asks that none of the others asks: how bad that is, what it was, and both in words."""
    limits = [limit for scope in after for limit in _limits(scope)]
    keys = {found.key for scope in after for found in filters(scope)}
    for found in _asked(before):
        same = [limit for limit in limits if limit.key == found.key]
        if found.negated:
            if found.key not in keys:
                yield Severity.LOW, _name(found), f"no longer leaves out {_tag(found)}"
        elif not same or (found.values != _ANY and all(limit.values == _ANY for limit in same)):
            yield Severity.MEDIUM, _name(found), f"is no longer limited to {_tag(found)}"
        elif all(_is_wider(limit, found) for limit in same):
            yield Severity.MEDIUM, _name(found), f"widens from {_tag(found)} to {_tag(same[0])}"


def _asked(condition: Condition) -> Iterator[Filter]:
    """What everything that satisfies a condition has, and what it leaves out."""
    yield from _limits(condition)
    if not any(isinstance(node, Or) for node in condition.walk()):
        # What one alternative leaves out another can let in.
        yield from (found for found in filters(condition) if found.negated)


def _limits(condition: Condition) -> list[Filter]:
    """What everything that satisfies a condition has: of alternatives the keys that all of them name."""
    if isinstance(condition, And):
        return [limit for item in condition.items for limit in _limits(item)]
    if isinstance(condition, Group):
        return _limits(condition.item)
    if isinstance(condition, Or):
        first, *rest = ({limit.key: limit for limit in _limits(item)} for item in condition.items)
        named = [key for key in first if all(key in other for other in rest)]
        return [_either([one[key] for one in (first, *rest)]) for key in named]
    return [found for found in filters(condition) if not found.negated]


def _either(limits: list[Filter]) -> Filter:
    """One of several: any value where one of them says none."""
    values = dict.fromkeys(value for limit in limits for value in limit.values)
    is_any = any(not limit.values for limit in limits)
    return Filter(limits[0].key, () if is_any else tuple(values), negated=False, node=limits[0].node)


def _is_wider(limit: Filter, found: Filter) -> bool:
    """Whether a limit lets all pass that another one lets pass, and more. Of one without values (a range, or any) that
    is not known."""
    if not limit.values or not found.values:
        return False
    return _covers(limit.values, found.values) and not _covers(found.values, limit.values)


def _covers(patterns: Iterable[str], values: Iterable[str]) -> bool:
    """Whether each value is one of those that the patterns stand for. `*` and `?` are wildcards, `[` is none."""
    plain = [pattern.replace("[", "[[]") for pattern in patterns]
    return all(any(fnmatchcase(value, pattern) for pattern in plain) for value in values)


def _tag(found: Filter) -> str:
    return f"{found.key}:{' or '.join(found.values)}" if found.values else found.key


def _name(found: Filter) -> str:
    return f"{'!' if found.negated else ''}{_tag(found)}"


def _is_everything(condition: Condition) -> bool:
    return isinstance(condition, Everything)


RISK = widens_scope
