"""Orgs to plan against and apply to, over real HTTP: two empty ones for each test, and somebody in their UI."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
import urllib3

from ddops.kinds.contract import Body, kinds
from ddops.sandbox.server import Sandbox

__all__ = ["Orgs", "Ui", "orgs", "pool", "server"]

_NUMBERS = itertools.count()
SUMMARY = ("create", "update", "adopt", "delete", "unchanged")
NOTHING = dict.fromkeys(SUMMARY, 0)


class Ui:
    """Somebody in the web UI of one org: knows nothing of ddops, and speaks to the API directly."""

    def __init__(self, url: str, pool: urllib3.PoolManager, api_key: str, app_key: str) -> None:
        self.url = url
        self.pool = pool
        self.headers = {"DD-API-KEY": api_key, "DD-APPLICATION-KEY": app_key}

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """One request; gives the status and the parsed answer."""
        data = None if body is None else orjson.dumps(body)
        response = self.pool.request(method, self.url + path, body=data, headers=self.headers, retries=False)
        return response.status, orjson.loads(response.data) if response.data else None

    def _done(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = self.call(method, path, body)
        assert status < 300, answer
        return answer

    def all(self, kind: str) -> list[Body]:
        """Every object of a kind, whole, in the order of creation."""
        endpoint = kinds()[kind].endpoint
        answer = endpoint.wire.joined(self._done("GET", f"{endpoint.collection}?{urlencode(endpoint.list_query)}"))
        listed = [self._body(kind, item) for item in (answer[endpoint.listed] if endpoint.listed else answer)]
        listed = [body for body in listed if not endpoint.unlisted(body)]
        return listed if endpoint.list_is_whole else [self.get(kind, item["id"]) for item in listed]

    def get(self, kind: str, object_id: str | int) -> Body:
        endpoint = kinds()[kind].endpoint
        query = {name: value.format(id=object_id) for name, value in endpoint.item_query.items()}
        path = (endpoint.lookup or endpoint.item).format(id=object_id)
        return self._body(kind, self._done("GET", f"{path}?{urlencode(query)}"))

    def create(self, kind: str, body: Body) -> Body:
        endpoint = kinds()[kind].endpoint
        path = (endpoint.creation or endpoint.collection).format(**body)
        return self._body(kind, self._done("POST", path, endpoint.wire.wrap(body, None)))

    def edit(self, kind: str, object_id: str | int, **fields: Any) -> Body:
        """Changes fields of an object and leaves its others as they are."""
        body = {**self.get(kind, object_id), **fields}
        path = kinds()[kind].endpoint.item.format(**{**body, "id": object_id})
        return self._body(kind, self._done("PUT", path, body))

    def delete(self, kind: str, object_id: str | int) -> None:
        self._done("DELETE", kinds()[kind].endpoint.item.format(id=object_id) + "?force=true")

    def clone(self, kind: str, object_id: str | int, **fields: Any) -> Body:
        """A copy, with the marker, as the UI's "Clone" makes one."""
        return self.create(kind, {**self.get(kind, object_id), **fields})

    def one(self, kind: str, title: str) -> Body:
        """The one object of a kind with that name or title."""
        (found,) = [body for body in self.all(kind) if title in (body.get("name"), body.get("title"))]
        return found

    def titles(self, kind: str) -> list[str]:
        return sorted(body.get("name") or body["title"] for body in self.all(kind))

    @staticmethod
    def _body(kind: str, answer: Any) -> Body:
        body = kinds()[kind].endpoint.wire.unwrap(answer)
        assert body is not None, answer
        return body


@dataclass(frozen=True)
class Orgs:
    """The orgs `main` and `partner` of the workspace, as real ones behind `DDOPS_API_URL`; both are empty at first.

    Calling it runs the command line with their keys in the environment.
    """

    server: Sandbox
    run: Callable[..., Any]
    env: Mapping[str, str]
    main: Ui
    partner: Ui

    def __call__(self, *args: str, env: Mapping[str, str] | None = None, **how: Any) -> Any:
        return self.run(*args, env={**self.env, **(env or {})}, **how)

    def plan(self, *args: str) -> Any:
        """The plan as its JSON."""
        run = self("plan", "--format", "json", *args)
        assert run.exit_code == 0, run.stderr
        return orjson.loads(run.stdout)

    def changes(self, *args: str) -> list[tuple[str, str]]:
        """(action, address) of each change of the plan, in its order."""
        return [(change["action"], change["address"]) for change in self.plan(*args)["changes"]]

    def apply(self, *args: str) -> Any:
        """Plans and applies; all of it has to work."""
        run = self("apply", "--yes", *args)
        assert run.exit_code == 0, run.stderr + run.stdout
        return run

    def writes(self) -> list[tuple[str, str]]:
        """The (method, path) of every request so far that changes something, in any org."""
        return [request for request in self.server.requests if request[0] not in ("GET", "HEAD")]


@pytest.fixture(scope="session")
def pool() -> Iterator[urllib3.PoolManager]:
    manager = urllib3.PoolManager(maxsize=16)
    yield manager
    manager.clear()


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    """One server for the tests of a module; each API key is an org of its own there. Its clock goes on by a second
    with each look at it: times of the API are whole seconds for some kinds."""
    with Sandbox(None, rate_limit=10**9, clock=itertools.count(1_700_000_000.0).__next__) as running:
        yield running


@pytest.fixture
def orgs(server: Sandbox, pool: urllib3.PoolManager, ddops: Callable[..., Any]) -> Orgs:
    number = next(_NUMBERS)
    keys = {
        "DD_API_KEY": f"main-api-key-{number}",
        "DD_APP_KEY": f"main-app-key-{number}",
        "PARTNER_API_KEY": f"partner-api-key-{number}",
        "PARTNER_APP_KEY": f"partner-app-key-{number}",
    }
    server.requests.clear()
    return Orgs(
        server=server,
        run=ddops,
        env={"DDOPS_API_URL": server.url, **keys},
        main=Ui(server.url, pool, keys["DD_API_KEY"], keys["DD_APP_KEY"]),
        partner=Ui(server.url, pool, keys["PARTNER_API_KEY"], keys["PARTNER_APP_KEY"]),
    )
