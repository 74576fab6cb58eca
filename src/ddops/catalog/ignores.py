"""Which lint rules a resource or a product's file is excused from, and why: `ignore: {RULE: REASON}`, or a list of
such mappings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ddops.catalog.explain import wrong_type
from ddops.catalog.nearest import quoted
from ddops.location import Location, NodePath, dotted

WORD = "ignore"


@dataclass(frozen=True, slots=True)
class Ignore:
    """`source` is the place of the rule's name."""

    rule: str
    reason: str
    source: Location


Locate = Callable[[NodePath, bool], Location]
"""The place of the value at a path, or of its key."""


def read_ignores(value: Any, locate: Locate, wrong: Callable[[NodePath, str], None]) -> tuple[Ignore, ...]:
    """What stands under `ignore`; `wrong` is told the path, from `ignore` on, of what cannot be there."""
    return tuple(Ignore(str(path[-1]), reason, locate(path, True)) for path, reason in _reasons(value, (WORD,), wrong))


def _reasons(value: Any, path: NodePath, wrong: Callable[[NodePath, str], None]) -> Iterator[tuple[NodePath, str]]:
    if isinstance(value, dict):
        for rule, reason in value.items():
            if isinstance(reason, str) and reason.strip():
                yield (*path, rule), reason
            else:
                wrong((*path, rule), f"{dotted((*path, rule))}: why? {_asks(rule)}")
    elif isinstance(value, list) and len(path) == 1:
        for index, item in enumerate(value):
            yield from _reasons(item, (*path, index), wrong)
    elif isinstance(value, str):
        wrong(path, f"{dotted(path)}: {quoted(value)} is ignored for no reason; {_asks(value)}")
    else:
        wrong(path, f"{dotted(path)}: {wrong_type('a mapping from rules to reasons', value)}")


def _asks(rule: str) -> str:
    return f'a reason is needed: `{WORD}: {{{quoted(rule)[1:-1]}: "the reason"}}`'
