"""Which series a scope takes: `env:prod,!team:a`, `env:prod AND team NOT IN (a, b*)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from fnmatch import translate
from functools import partial

from ddops.query.condition import And, Condition, Everything, Group, Membership, Not, Or, Tag
from ddops.sandbox.series.line import NotServed

Test = Callable[[Set[str]], bool]
"""Whether a series with these tags is taken."""


def taken_by(condition: Condition) -> Test:
    """Tags are compared in lower case, as they are kept. Raises NotServed for template variables, which have a value in
    dashboards alone."""
    if isinstance(condition, Everything):
        return lambda tags: True
    if isinstance(condition, Group):
        return taken_by(condition.item)
    if isinstance(condition, Not):
        inner = taken_by(condition.item)
        return lambda tags: not inner(tags)
    if isinstance(condition, And | Or):
        items = [taken_by(item) for item in condition.items]
        every = all if isinstance(condition, And) else any
        return lambda tags: every(item(tags) for item in items)
    if isinstance(condition, Membership):
        found = partial(_has_any, [_pattern(condition.key, value) for value in condition.values])
        return (lambda tags: not found(tags)) if condition.negated else found
    if isinstance(condition, Tag):
        return partial(_has_any, [_pattern(condition.key, condition.value)])
    raise NotServed(f"{condition} has no value here: put one in its place")


def parts(condition: Condition) -> frozenset[str]:
    """A scope as a line tells it: its conditions that must all hold; none for `*`."""
    if isinstance(condition, Everything):
        return frozenset()
    if isinstance(condition, And):
        return frozenset().union(*map(parts, condition.items))
    return frozenset({str(condition)})


def _has_any(patterns: list[re.Pattern[str]], tags: Set[str]) -> bool:
    return any(pattern.fullmatch(tag) for pattern in patterns for tag in tags)


def _pattern(key: str, value: str | None) -> re.Pattern[str]:
    """A tag without a value is the whole tag; `*` stands for anything, and it alone."""
    tag = key if value is None else f"{key}:{value.strip(chr(34) + chr(39))}"
    if "$" in tag:
        raise NotServed(f"{tag} holds a template variable: put its value in its place")
    return re.compile(translate(tag.lower().replace("[", "[[]").replace("?", "[?]")))
