"""Points to post, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.sandbox.conftest import Client

START = 1_700_006_400
"""A full hour, and a day's beginning: every bucket below is aligned to it."""
HOUR = 3600
COUNT, RATE, GAUGE = 1, 2, 3


def series(metric: str, tags: str, values: Iterable[float | None], *, every: int = 60, **more: Any) -> dict[str, Any]:
    """One series of a payload: a value each `every` seconds from START, None for a gap."""
    points = [{"timestamp": START + every * n, "value": v} for n, v in enumerate(values) if v is not None]
    return {"metric": metric, "tags": tags.split(), "points": points, "type": GAUGE, **more}


def asked(org: Client, query: str, start: int = START, end: int = START + HOUR) -> Any:
    status, answer = org.call("GET", "/api/v1/query", **{"from": start, "to": end, "query": query})
    assert status == 200, answer
    return answer


def told(org: Client, query: str, start: int = START, end: int = START + HOUR) -> dict[str, list[float | None]]:
    """The values of each series by its scope; their times say nothing here."""
    answer = asked(org, query, start, end)
    assert answer["status"] == "ok", answer
    return {one["scope"]: [value for _, value in one["pointlist"]] for one in answer["series"]}
