"""What it looks at is limited by less than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddops.kinds.contract import Body
from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.scopes import scopes
from ddops.query.condition import Condition, Everything, Filter, Or, filters


def widens_scope(looked: Looked) -> Found:
    if looked.is_update:
        yield from _widened(looked.kind, looked.before, looked.after)


def _widened(kind: str, before: Body, after: Body) -> Iterator[tuple[Severity, str]]:
    one, other = scopes(kind, before), scopes(kind, after)
    had = [scope for scope in one if not _is_everything(scope)]
    if any(map(_is_everything, other)) and had and not any(map(_is_everything, one)):
        yield Severity.HIGH, f"widens from {had[0]} to everything (`*`)"
        return
    if not other or any(isinstance(node, Or) for scope in one for node in scope.walk()):
        return
    still = {found.key for scope in other for found in filters(scope)}
    for found in _each(one):
        if found.key not in still:
            what = "no longer leaves out" if found.negated else "is no longer limited to"
            yield (Severity.LOW if found.negated else Severity.MEDIUM), f"{what} {_tag(found)}"


def _each(conditions: Iterable[Condition]) -> Iterator[Filter]:
    seen = set()
    for condition in conditions:
        for found in filters(condition):
            if (told := (_tag(found), found.negated)) not in seen:
                seen.add(told)
                yield found


def _tag(found: Filter) -> str:
    return f"{found.key}:{' or '.join(found.values)}" if found.values else found.key


def _is_everything(condition: Condition) -> bool:
    return isinstance(condition, Everything)


RISK = widens_scope
