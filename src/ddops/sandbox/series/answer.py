"""The answer to `GET /api/v1/query` (reference: API behaviour, query endpoints)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ddops.sandbox.series.line import Line
from ddops.sandbox.series.units import pair


def body(query: str, start: int, end: int, groups: Sequence[str], series: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The whole answer; `groups` are the keys that the query groups by."""
    return {
        "status": "ok",
        "res_type": "time_series",
        "resp_version": 1,
        "query": query,
        "from_date": start * 1000,
        "to_date": end * 1000,
        "series": list(series),
        "values": [],
        "times": [],
        "message": "",
        "group_by": list(groups),
    }


def refusal(query: str, start: int, end: int, error: str) -> dict[str, Any]:
    """The answer to a query that is refused; HTTP calls it a success (seen in DataDog/datadog-agent#6119)."""
    return {**body(query, start, end, (), ()), "status": "error", "error": error}


def told(line: Line, index: int) -> dict[str, Any]:
    """One series; `index` is the place of its query among those that commas join. Times are in milliseconds, the
    interval in seconds."""
    first, last = min(line.points), max(line.points)
    return {
        "metric": line.metric,
        "display_name": line.metric,
        "expression": line.expression,
        "scope": ",".join(sorted(line.group | line.scope)) or "*",
        "tag_set": sorted(line.group),
        "query_index": index,
        "aggr": line.aggregator,
        "interval": line.interval,
        "length": len(line.points),
        "start": first * 1000,
        "end": (last + line.interval) * 1000 - 1000,
        "attributes": {},
        "unit": pair(line.unit, line.per),
        "pointlist": [[at * 1000.0, _finite(value)] for at, value in line.points.items()],
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
