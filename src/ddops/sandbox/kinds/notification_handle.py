"""The handles that messages can notify: those of the PagerDuty services and the webhooks that were configured here.
A new org has none. The list of all is not documented by Datadog (reference: notifications, lists of configured
handles)."""

from __future__ import annotations

import orjson

from ddops.sandbox.exchange import Answer, Bucket, Request, Route, answer, refuse

PAGERDUTY, WEBHOOK = "pagerduty_service", "webhook"
# The limits of these calls are not recorded.
READ = Bucket("handles_read", 1000, 10)
WRITE = Bucket("handles_write", 500, 10)
GROUPS = {PAGERDUTY: "pagerduty", WEBHOOK: "webhook"}


def list_all(request: Request) -> Answer:
    """`GET /api/v2/notifications/handles`."""
    groups = []
    for kind, word in GROUPS.items():
        handles = [{"value": f"@{word}-{row.id}", "name": row.id} for row in request.org.rows(kind)]
        if handles:
            groups.append({"id": word, "type": "handle_group", "attributes": {"name": word, "handles": handles}})
    return answer({"data": groups})


def add_service(request: Request) -> Answer:
    """`POST /api/v1/integration/pagerduty/configuration/services`."""
    return _added(request, PAGERDUTY, "service_name", ("service_name",))


def add_webhook(request: Request) -> Answer:
    """`POST /api/v1/integration/webhooks/configuration/webhooks`."""
    return _added(request, WEBHOOK, "name", ("name", "url"))


def _added(request: Request, kind: str, id: str, shown: tuple[str, ...]) -> Answer:
    body = request.fields()
    name = body.get(id)
    if not isinstance(name, str) or not name:
        refuse(400, f"The value provided for parameter '{id}' is invalid")
    stored = {field: body.get(field) for field in shown}
    if request.org.get(kind, name) is None:
        request.org.add(kind, name, orjson.dumps(stored), orjson.dumps(stored), request.org.now())
    return answer(stored, 201)


ROUTES = (
    Route("GET", "/api/v2/notifications/handles", READ, list_all),
    Route("POST", "/api/v1/integration/pagerduty/configuration/services", WRITE, add_service),
    Route("POST", "/api/v1/integration/webhooks/configuration/webhooks", WRITE, add_webhook),
)
