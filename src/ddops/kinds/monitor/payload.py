"""From a monitor's spec to the body that the API takes."""

from __future__ import annotations

from collections.abc import Sequence

from ddops import routing
from ddops.kinds.contract import Body, Setting, Spec, tags, without
from ddops.kinds.monitor.normal import READ_ONLY
from ddops.product import Route

OURS = frozenset({"runbook", "routes"})


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec, then what ddops adds: `message` ends with the runbook's link and the
    handles of the routes, `tags` with the product's, the `for_each` variables', and those of the routes that are
    notification rules."""
    body = {**without(spec.body, READ_ONLY | OURS)}
    product, own = spec.product, (body.get("message") or "").rstrip()
    body["tags"] = tags(spec)
    subject, add, skip = _subject(spec), *_asked(spec)
    handles = ""
    inherits = "routes" in spec.inherits
    if product.routing == "messages" and inherits:
        handles = routing.notification(product, routing.heard(product, subject, add=add, skip=skip), own)
    if inherits:
        body["tags"] += routing.tags(product, setting.workspace, subject, add=add, skip=skip)
    message = "\n\n".join(filter(None, [own, _runbook_line(spec, setting), handles]))
    if message or "message" in body:
        body["message"] = message
    return body


def taken(spec: Spec) -> list[Route]:
    """The routes of its product that the monitor takes, in their order."""
    if "routes" not in spec.inherits:
        return []
    add, skip = _asked(spec)
    return [spec.product.routes[at] for at in routing.taken(spec.product, _subject(spec), add=add, skip=skip)]


def _subject(spec: Spec) -> routing.Subject:
    return routing.Subject(
        tags=tuple(tags(spec)), priority=spec.body.get("priority"), type=spec.body["type"], key=spec.address.key
    )


def _asked(spec: Spec) -> tuple[Sequence[str], Sequence[str]]:
    """The routes that the monitor adds and those that it skips, by name."""
    routes = spec.body.get("routes") or {}
    return routes.get("add") or (), routes.get("skip") or ()


def _runbook_line(spec: Spec, setting: Setting) -> str:
    section = spec.body.get("runbook")
    if section is None or spec.product.runbook is None:
        return ""
    return f"Runbook: {spec.product.runbook.page(setting.source_url)}#{section}"
