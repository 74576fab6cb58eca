"""What stands in a series' empty buckets (docs: dashboards/functions/interpolation)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FILLS = ("linear", "last", "zero", "null")
USUAL_LIMIT = 300
HIGHEST_LIMIT = 600
"""Seconds of a gap (reference: monitor queries, 2.10)."""


@dataclass(frozen=True, slots=True)
class Fill:
    """`value` is what `zero` fills with; `limit` is how long a gap may be that the others bridge, in seconds."""

    method: str
    value: float = 0.0
    limit: int = USUAL_LIMIT


def filled(points: Mapping[int, float], fill: Fill, times: range) -> dict[int, float]:
    """A series with its gaps filled; `times` are the buckets of the span. `linear` needs a point at either end."""
    if fill.method == "zero" and points:
        return {at: points.get(at, fill.value) for at in times}
    result = dict(points)
    known = sorted(points)
    for before, after in zip(known, [*known[1:], None], strict=True):
        gap = range(before + times.step, times.stop if after is None else after, times.step)
        if fill.method == "last":
            result |= {at: points[before] for at in gap if at - before <= fill.limit}
        elif fill.method == "linear" and after is not None and after - before <= fill.limit:
            slope = (points[after] - points[before]) / (after - before)
            result |= {at: points[before] + slope * (at - before) for at in gap}
    return result
