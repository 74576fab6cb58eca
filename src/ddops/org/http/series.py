"""A metric's past: the call that asks for it, and its answer (reference: API behaviour, query endpoints)."""

from __future__ import annotations

import math

from ddops.kinds.contract import Json
from ddops.org.contract import Series
from ddops.org.http.call import Call, asking


def past(query: str, start: int, end: int) -> Call:
    """The call for what a metric query gave between two times, in seconds since the epoch."""
    return asking("/api/v1/query", [("from", str(start)), ("to", str(end)), ("query", query)])


def why_refused(answer: Json) -> str:
    """Why a query was refused, in the org's words, where the answer says so in its body; else empty. The status of HTTP
    can be a success all the same."""
    if not isinstance(answer, dict) or answer.get("status") != "error":
        return ""
    words = (answer.get(name) for name in ("error", "message"))
    return next((word for word in words if isinstance(word, str) and word.strip()), "the query is refused")


def read_series(answer: Json) -> tuple[Series, ...]:
    """The series of an answer, in its order. Raises ValueError where it has another shape than the API's."""
    try:
        return tuple(
            Series(str(one["scope"]), tuple(_points(one["pointlist"])), _unit(one.get("unit")))
            for one in answer["series"]
        )
    except (AttributeError, KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"no answer to a metric query: {error}") from None


def _points(pointlist: Json) -> list[tuple[int, float]]:
    """Milliseconds become seconds."""
    points = [(int(when) // 1000, float(value)) for when, value in pointlist if value is not None]
    return sorted(point for point in points if math.isfinite(point[1]))


def _unit(units: Json) -> str:
    """Of `[unit, per unit]` the first."""
    first = units[0] if units else None
    names = (first.get(name) for name in ("short_name", "plural", "name")) if first else ()
    return str(next(filter(None, names), ""))
