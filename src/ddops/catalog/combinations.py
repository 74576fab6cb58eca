"""`for_each`: the combinations of values that there are, what each adds to the key, and where it stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ddops.catalog.envelope import ForEach
from ddops.location import NodePath


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a variable. `text` is its part of the key, `members` are its settings; `path` is where it stands
    below the resource."""

    text: str
    plain: Any
    members: Mapping[str, Any] | None
    path: NodePath


Combination = Mapping[str, Value]
"""A value for each variable."""


def combinations(for_each: ForEach) -> Iterator[Combination]:
    """Every combination, in the order they stand: the last variable changes first."""
    columns = [list(_values(name, values)) for name, values in for_each.items()]
    for values in itertools.product(*columns):
        yield dict(zip(for_each, values, strict=True))


def _values(name: str, values: list[Any] | Mapping[str, Any]) -> Iterator[Value]:
    if isinstance(values, list):
        for index, value in enumerate(values):
            yield Value(key_part(value), value, None, ("for_each", name, index))
    else:
        for text, members in values.items():
            yield Value(text, text, members or None, ("for_each", name, text))


def key_part(value: Any) -> str:
    """What a value is called in a key: `true`, `2`, `prod`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
