"""The org that is planned against: the sandbox in a process of its own, so that its work is not counted as ddops's."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from ddops.catalog.load import load
from ddops.compile import compile_specs
from ddops.plan.resolve import resolve
from ddops.sandbox.dispatch import Dispatcher
from ddops.sandbox.server import Sandbox
from ddops.sandbox.store import Store

API_KEY, APP_KEY = "benchmark-api-key", "benchmark-app-key"


class ServedOrg:
    """Serves the database at `url`, every answer `latency` seconds late, until the block ends."""

    def __init__(self, database: Path, latency: float) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(database, latency, theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.url: str = self._pipe.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.send(None)
        self._process.join()

    def requests(self) -> int:
        """How many requests came since this was last asked."""
        self._pipe.send("requests")
        return int(self._pipe.recv())


def fill(root: Path, database: Path) -> None:
    """Has the database hold what the workspace at `root` asks for, as a first `ddops apply` would."""
    # A process that has held all of it would make the ones that it starts look as large.
    process = multiprocessing.get_context("spawn").Process(target=_fill, args=(root, database))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("the org could not be filled")


def _serve(database: Path, latency: float, pipe: Connection) -> None:
    with Sandbox(database, latency=latency) as sandbox:
        pipe.send(sandbox.url)
        while pipe.recv() is not None:
            pipe.send(len(sandbox.requests))
            sandbox.requests.clear()


def _fill(root: Path, database: Path) -> None:
    """Hands the payloads to the sandbox's front door, without HTTP in between and in one transaction."""

    store = Store(database)
    dispatch = Dispatcher(store, time.time, rate_limit=10**9)
    ids: dict[Any, str] = {}
    with store.transaction():
        for resource in compile_specs(load(root)):
            body = resolve(resource.kind, resource.payload, lambda one: ids[one.target], lambda kind, id_: id_)
            headers = {"DD-API-KEY": API_KEY, "DD-APPLICATION-KEY": APP_KEY}
            answer = dispatch("POST", resource.kind.endpoint.collection, headers, orjson.dumps(body))
            if answer.status >= 300:
                raise SystemExit(f"{resource.address}: {answer.body.decode()}")
            ids[resource.address] = str(orjson.loads(answer.body)["id"])
    store.close()
