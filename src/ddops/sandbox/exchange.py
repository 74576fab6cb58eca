"""A request as a route sees it, and the answers that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import orjson

from ddops.sandbox.store import Org

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `path` holds the placeholders of the route, `query` the URL parameters, `body` the parsed JSON."""

    org: Org
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None

    def flag(self, name: str) -> bool:
        """A boolean URL parameter; Datadog takes them as the texts `true` and `false`."""
        return self.query.get(name, "").lower() == "true"

    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole, non-negative URL parameter, or `default` where it is absent; anything else is refused."""
        text = self.query.get(name)
        if text is None or text == "":
            return default
        if not text.isascii() or not text.isdigit():
            refuse(400, f"The value provided for parameter '{name}' is invalid")
        return int(text)

    def fields(self) -> Json:
        """The body, which has to be a JSON object."""
        if not isinstance(self.body, dict):
            refuse(400, "Invalid JSON payload: an object is expected")
        return self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the bytes of a body and further headers."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


class Refusal(Exception):
    """An answer that is not a success, raised from anywhere below a route."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(status, body)
        self.answer = Answer(status, orjson.dumps(body))


def refuse(status: int, *errors: str) -> NoReturn:
    """Refuse in the shape of API v1: `{"errors": ["text", …]}`."""
    raise Refusal(status, {"errors": list(errors)})


def answer(body: Any, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(status, orjson.dumps(body))


def joined(bodies: Iterable[bytes], before: bytes = b"[", after: bytes = b"]") -> Answer:
    """A JSON list of bodies that are bytes already, and so are not parsed again."""
    return Answer(200, before + b",".join(bodies) + after)


NO_CONTENT = Answer(204, b"")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A named rate limit: `calls` per `period` seconds, for an organisation."""

    name: str
    calls: int
    period: int


@dataclass(frozen=True, slots=True)
class Route:
    """What answers a method on a path; `{name}` in the path stands for one segment."""

    method: str
    path: str
    bucket: Bucket
    handle: Callable[[Request], Answer]
    needs_application_key: bool = True
