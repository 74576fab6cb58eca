"""Metrics: those that were submitted here, with their points; a new org has none. `metric_query` reads the points."""

from __future__ import annotations

import math
from typing import Any

import orjson

from ddops.sandbox.exchange import Answer, Bucket, Request, Route, answer, refuse
from ddops.sandbox.points import GAUGE, LATEST, UNSPECIFIED, Sent
from ddops.sandbox.rules.shape import Shape, misfit

KIND = "metric"
# The limits of these calls are not recorded.
READ = Bucket("metrics_read", 1000, 10)
WRITE = Bucket("metrics_write", 5000, 10)

SHAPE: Shape = {
    "metric": str,
    "type": int,
    "interval": int,
    "unit": str,
    "tags": [None],
    "resources": [{"type": str, "name": str}],
    "points": [{}],
}
LONGEST_INTERVAL = 86_400
INVALID = "Payload is not in the expected format"


def submit(request: Request) -> Answer:
    """`POST /api/v2/series`; needs no application key. Datadog drops points of the far past and of the future (docs:
    metrics/custom_metrics); they are kept here, so that a past can be made up."""
    series = request.fields().get("series")
    if not isinstance(series, list):
        refuse(400, f"{INVALID}: invalid series")
    for sent, points in [(_sent(one), _points(one)) for one in series]:
        request.org.points.keep(sent, points)
        row = request.org.get(KIND, sent.metric)
        before = row.load() if row is not None else []
        tags = orjson.dumps(sorted({*before, *sent.tags}))
        keep = request.org.add if row is None else request.org.replace
        keep(KIND, sent.metric, tags, tags, request.org.now())
    return answer({"errors": []}, 202)


def active(request: Request) -> Answer:
    """`GET /api/v1/metrics?from=SECONDS`: the names of those that came since."""
    since = request.number("from")
    if since is None:
        refuse(400, "The parameter 'from' is required")
    names = [row.id for row in request.org.rows(KIND) if row.modified >= since]
    return answer({"from": str(since), "metrics": sorted(names)})


def tags(request: Request) -> Answer:
    """`GET /api/v2/metrics/{name}/all-tags`."""
    row = request.org.get(KIND, request.path["name"])
    if row is None:
        refuse(404, "Metric not found")
    return answer({"data": {"type": "metrics", "id": row.id, "attributes": {"tags": row.load()}}})


def _sent(one: Any) -> Sent:
    """A series without its points. The host is a resource, and as good as a tag."""
    wrong = misfit(one, SHAPE)
    if wrong is not None or one is None or not one.get("metric"):
        refuse(400, f"{INVALID}: invalid series: {wrong or 'metric'}")
    kind, interval = one.get("type") or UNSPECIFIED, one.get("interval") or 0
    if not UNSPECIFIED <= kind <= GAUGE or not 0 <= interval <= LONGEST_INTERVAL:
        refuse(400, f"{INVALID}: invalid series: type or interval is out of range")
    tags = [str(tag) for tag in one.get("tags") or () if tag is not None]
    hosts = [one["name"] for one in one.get("resources") or () if one and one.get("type") == "host" and one.get("name")]
    names = {tag.lower() for tag in (*tags, *(f"host:{host}" for host in hosts))}
    return Sent(one["metric"], tuple(sorted(names)), kind, interval, one.get("unit") or "")


def _points(one: dict[str, Any]) -> list[tuple[int, float]]:
    return [_point(point) for point in one.get("points") or ()]


def _point(point: Any) -> tuple[int, float]:
    at, value = (_number((point or {}).get(name)) for name in ("timestamp", "value"))
    if not 0 <= at <= LATEST:
        refuse(400, f"{INVALID}: a point needs a timestamp in seconds since the epoch")
    if not math.isfinite(value):
        refuse(400, f"{INVALID}: a point needs a value that is a number")
    return int(at), value


def _number(value: Any) -> float:
    """NaN for what is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan


ROUTES = (
    Route("POST", "/api/v2/series", WRITE, submit, needs_application_key=False),
    Route("GET", "/api/v1/metrics", READ, active),
    Route("GET", "/api/v2/metrics/{name}/all-tags", READ, tags),
)
