"""From a raw HTTP request to an answer: keys, limits, JSON, then the route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.message import Message
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from ddops.sandbox.exchange import Answer, Refusal, Request, answer
from ddops.sandbox.limits import RateLimits
from ddops.sandbox.routing import Router, collect_routes
from ddops.sandbox.store import Org, Store

# An unknown path is answered by the web tier, in HTML.
NOT_FOUND = Answer(404, b"<html><head><title>404 Not Found</title></head></html>", content_type="text/html")
Headers = Mapping[str, str] | Message


class Dispatcher:
    """Answers requests out of a store."""

    def __init__(self, store: Store, clock: Callable[[], float], rate_limit: int | None) -> None:
        self._store = store
        self._clock = clock
        self._router = Router(collect_routes())
        self._limits = RateLimits(clock, rate_limit)

    def __call__(self, method: str, target: str, headers: Headers, body: bytes) -> Answer:
        """Answer one request; `target` is the path with its query."""
        url = urlsplit(target)
        route, placeholders, known = self._router.find(method, unquote(url.path).rstrip("/"))
        if route is None:
            return answer({"errors": ["Method not allowed"]}, 405) if known else NOT_FOUND
        api_key = headers.get("DD-API-KEY", "").strip()
        if not api_key:
            return answer({"errors": ["API key required"]}, 403)
        if route.needs_application_key and not headers.get("DD-APPLICATION-KEY", "").strip():
            return answer({"errors": ["Forbidden"]}, 403)
        org = Org(self._store, api_key, self._clock)
        allowed, limits = self._limits.take(org.name, route.bucket)
        if not allowed:
            return Answer(429, orjson.dumps({"errors": [self._limits.refusal(route.bucket)]}), limits)
        try:
            parsed = orjson.loads(body) if body.strip() else None
        except orjson.JSONDecodeError:
            return Answer(400, orjson.dumps({"errors": ["Invalid JSON payload"]}), limits)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        request = Request(org, placeholders, query, parsed)
        try:
            if method == "GET":
                given = route.handle(request)
            else:
                with self._store.transaction():
                    given = route.handle(request)
        except Refusal as refusal:
            given = refusal.answer
        return Answer(given.status, given.body, limits, given.content_type)
