"""The functions that the sandbox works out, after time and space aggregation (docs: dashboards/functions)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate, pairwise

from ddops.query.syntax import one_of
from ddops.query.tree import Call, Number
from ddops.sandbox.series.line import Line, NotServed

Points = Mapping[int, float | None]
Function = Callable[..., Points]
"""Takes the points of a line, all buckets of the span, and the numbers that stand after the query."""

NOT_AVAILABLE = "N/A"
"""The value of a key that a series lacks and a query groups by (docs: dashboards/functions/exclusion)."""


def applied(call: Call, lines: Iterable[Line], times: Callable[[Line], range]) -> tuple[Line, ...]:
    """A function of lines; `times` gives the buckets that a line can have. Raises NotServed for a function that the
    sandbox does not know, and for other arguments than it takes."""
    if call.function not in FUNCTIONS:
        raise NotServed(f"the sandbox does not work out {call.function}(…); it knows {one_of(sorted(FUNCTIONS))}")
    count, function = FUNCTIONS[call.function]
    given = call.arguments[1:]
    numbers = [one.value for one in given if isinstance(one, Number)]
    if not len(given) == len(numbers) == count:
        raise NotServed(f"{call.function}(…) takes a query {'and a number' if count else 'alone'}")
    if call.function == "exclude_null":
        lines = (line for line in lines if not any(tag.endswith(f":{NOT_AVAILABLE}") for tag in line.group))
    form = f"{call.function}({', '.join(['{}', *map(str, given)])})"
    return tuple(line.named(form, points=function(line.points, times(line), *numbers)) for line in lines)


def _each(change: Callable[..., float | None]) -> Function:
    return lambda points, times, *numbers: {
        at: None if value is None else change(value, *numbers) for at, value in points.items()
    }


def _default_zero(points: Points, times: range) -> Points:
    return {at: points.get(at) or 0.0 for at in times}


def _cumsum(points: Points, times: range) -> Points:
    known = _known(points)
    return dict(zip(known, accumulate(known.values()), strict=True))


def _diff(points: Points, times: range) -> Points:
    """To the point before; the first has none."""
    return {at: value - before for (_, before), (at, value) in pairwise(_known(points).items())}


def _known(points: Points) -> dict[int, float]:
    return {at: value for at, value in points.items() if value is not None}


FUNCTIONS: dict[str, tuple[int, Function]] = {
    "abs": (0, _each(abs)),
    "log2": (0, _each(lambda value: math.log2(value) if value > 0 else None)),
    "log10": (0, _each(lambda value: math.log10(value) if value > 0 else None)),
    "clamp_min": (1, _each(max)),
    "clamp_max": (1, _each(min)),
    "cutoff_min": (1, _each(lambda value, bound: value if value >= bound else None)),
    "cutoff_max": (1, _each(lambda value, bound: value if value <= bound else None)),
    "default_zero": (0, _default_zero),
    "cumsum": (0, _cumsum),
    "diff": (0, _diff),
    "exclude_null": (0, lambda points, times: points),
}
"""By name: how many numbers a function takes beside a query, and what it does."""
