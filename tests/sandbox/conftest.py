"""One sandbox for a module, and an empty org in it for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
import urllib3

from ddops.sandbox.server import Sandbox

KEYS = (f"key-{number}" for number in itertools.count())


class Client:
    """Sends JSON and gives back (status, parsed body)."""

    def __init__(self, url: str, pool: urllib3.PoolManager, key: str) -> None:
        self.url = url
        self.pool = pool
        self.headers = {"DD-API-KEY": key, "DD-APPLICATION-KEY": "app"}

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Any]:
        """One request; `query` are its URL parameters."""
        response = self.raw(method, path, None if body is None else orjson.dumps(body), **query)
        return response.status, orjson.loads(response.data) if response.data else None

    def raw(self, method: str, path: str, body: bytes | None = None, **query: Any) -> urllib3.BaseHTTPResponse:
        """One request with the bytes of a body; gives the whole response."""
        target = f"{self.url}{path}" + (f"?{urlencode(query)}" if query else "")
        return self.pool.request(method, target, body=body, headers=self.headers, retries=False)

    def made(self, path: str, body: Any) -> Any:
        """The answer to a create that has to work."""
        status, answer = self.call("POST", path, body)
        assert status in (200, 202), answer
        return answer


@pytest.fixture(scope="session")
def pool() -> Iterator[urllib3.PoolManager]:
    manager = urllib3.PoolManager(maxsize=16)
    yield manager
    manager.clear()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(None, rate_limit=10**6) as running:
        yield running


@pytest.fixture
def org(sandbox: Sandbox, pool: urllib3.PoolManager) -> Client:
    return Client(sandbox.url, pool, next(KEYS))
