"""From a monitor's spec to the body that the API takes."""

from __future__ import annotations

from ddops import routing
from ddops.kinds.contract import Body, Setting, Spec, tags, without
from ddops.kinds.monitor.normal import READ_ONLY

OURS = frozenset({"runbook", "routes"})


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec, then what ddops adds: `message` ends with the runbook's link and the
    handles of the routes, `tags` with the product's and the `for_each` variables'."""
    body = {**without(spec.body, READ_ONLY | OURS)}
    body["tags"] = tags(spec)
    own = (body.get("message") or "").rstrip()
    heard = _heard(spec, body)
    link = _runbook_line(spec, setting)
    message = "\n\n".join(filter(None, [own, link, routing.notification(spec.product, heard, own)]))
    if message or "message" in body:
        body["message"] = message
    return body


def _heard(spec: Spec, body: Body) -> routing.Heard:
    routes = spec.body.get("routes") or {}
    subject = routing.Subject(
        tags=tuple(body["tags"]), priority=body.get("priority"), type=body["type"], key=spec.address.key
    )
    return routing.heard(spec.product, subject, add=routes.get("add") or (), skip=routes.get("skip") or ())


def _runbook_line(spec: Spec, setting: Setting) -> str:
    section = spec.body.get("runbook")
    if section is None or spec.product.runbook is None:
        return ""
    return f"Runbook: {spec.product.runbook.page(setting.source_url)}#{section}"
