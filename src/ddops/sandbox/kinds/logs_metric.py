"""Log-based metrics (API v2)."""

from __future__ import annotations

import orjson

from ddops.sandbox.exchange import NO_CONTENT, Answer, Bucket, Json, Request, Route, answer, joined, refuse
from ddops.sandbox.rules.logs_metric_body import attributes_of, changed, data_of, name_of
from ddops.sandbox.store import Row

KIND = "logs_metric"
TYPE = "logs_metrics"
# The limits of these calls are not recorded.
READ = Bucket("logs_metrics_get", 3000, 10)
WRITE = Bucket("logs_metrics_write", 500, 10)


def create(request: Request) -> Answer:
    """`POST /api/v2/logs/config/metrics`: the client chooses the id, which is the metric's name."""
    data = data_of(request.fields())
    name, attributes = name_of(data), attributes_of(data)
    if request.org.get(KIND, _key(request, name)) is not None:
        words = f"'{name}' cannot be used as metric name, a metric already exists with that name"
        refuse(409, f"conflict(Field 'data.id' is invalid: {words})")
    body = {"id": name, "type": TYPE, "attributes": attributes}
    _store(request, body, is_new=request.org.get(KIND, _key(request, name), deleted=True) is None)
    return answer({"data": body})


def update(request: Request) -> Answer:
    """`PATCH /api/v2/logs/config/metrics/{id}`: what is not sent stays."""
    row = _existing(request)
    body = row.load()
    body["attributes"] = changed(body["attributes"], data_of(request.fields()))
    _store(request, body, is_new=False)
    return answer({"data": body})


def get(request: Request) -> Answer:
    """`GET /api/v2/logs/config/metrics/{id}`."""
    return joined([_existing(request).body], b'{"data":', b"}")


def list_all(request: Request) -> Answer:
    """`GET /api/v2/logs/config/metrics`: all of them, in no pages."""
    return joined(request.org.listed(KIND), b'{"data":[', b"]}")


def delete(request: Request) -> Answer:
    """`DELETE /api/v2/logs/config/metrics/{id}`; the name is free again (recorded earlier: 200 and `{}`)."""
    row = _existing(request)
    request.org.mark_deleted(KIND, row.id, request.org.now())
    return NO_CONTENT


def _store(request: Request, body: Json, *, is_new: bool) -> None:
    stored, now, key = orjson.dumps(body), request.org.now(), _key(request, body["id"])
    if is_new:
        request.org.add(KIND, key, stored, stored, now)
    else:
        request.org.replace(KIND, key, stored, stored, now)
        request.org.mark_deleted(KIND, key, None)


def _key(request: Request, name: str) -> str:
    """Two orgs of one file can have a metric of the same name."""
    return f"{request.org.name}/{name}"


def _existing(request: Request) -> Row:
    name = request.path["id"]
    row = request.org.get(KIND, _key(request, name))
    if row is None:
        refuse(404, f"not_found(Metric with name '{name}' not found)")
    return row


ROUTES = (
    Route("POST", "/api/v2/logs/config/metrics", WRITE, create),
    Route("GET", "/api/v2/logs/config/metrics", READ, list_all),
    Route("GET", "/api/v2/logs/config/metrics/{id}", READ, get),
    Route("PATCH", "/api/v2/logs/config/metrics/{id}", WRITE, update),
    Route("DELETE", "/api/v2/logs/config/metrics/{id}", WRITE, delete),
)
