"""Metrics: their names and tags, of what was submitted here; a new org has none. The points themselves are dropped."""

from __future__ import annotations

import orjson

from ddops.sandbox.exchange import Answer, Bucket, Request, Route, answer, refuse

KIND = "metric"
# The limits of these calls are not recorded.
READ = Bucket("metrics_read", 1000, 10)
WRITE = Bucket("metrics_write", 5000, 10)


def submit(request: Request) -> Answer:
    """`POST /api/v2/series`; needs no application key."""
    series = request.fields().get("series")
    if not isinstance(series, list) or not all(map(_is_series, series)):
        refuse(400, "Payload is not in the expected format: invalid series")
    for one in series:
        row = request.org.get(KIND, one["metric"])
        before = row.load() if row is not None else []
        tags = orjson.dumps(sorted({*before, *(str(tag).lower() for tag in one.get("tags") or ())}))
        keep = request.org.add if row is None else request.org.replace
        keep(KIND, one["metric"], tags, tags, request.org.now())
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


def _is_series(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("metric"), str) and isinstance(one.get("tags") or [], list)


ROUTES = (
    Route("POST", "/api/v2/series", WRITE, submit, needs_application_key=False),
    Route("GET", "/api/v1/metrics", READ, active),
    Route("GET", "/api/v2/metrics/{name}/all-tags", READ, tags),
)
