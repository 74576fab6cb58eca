"""The sandbox as an HTTP server: in this process for tests and `--org sandbox`, or alone for `ddops sandbox serve`."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from ddops.sandbox.dispatch import Dispatcher
from ddops.sandbox.exchange import answer
from ddops.sandbox.store import Store

# How long a stop may wait for the serving thread to notice: short in tests, which start many.
POLL_SECONDS = 0.005
POLL_SECONDS_ALONE = 0.2
REMEMBERED_REQUESTS = 100_000


class Sandbox:
    """A local Datadog org; each API key is an org of its own.

    `database` None keeps everything in memory. `latency` seconds are added to each answer. `rate_limit` replaces the
    calls per period of every bucket. `requests` holds the (method, path without query) of the latest requests.
    """

    def __init__(
        self,
        database: Path | None,
        *,
        port: int = 0,
        latency: float = 0.0,
        clock: Callable[[], float] = time.time,
        rate_limit: int | None = None,
    ) -> None:
        self.requests: deque[tuple[str, str]] = deque(maxlen=REMEMBERED_REQUESTS)
        self._store = Store(database)
        self._thread: threading.Thread | None = None
        self._serving = False
        dispatch = Dispatcher(self._store, clock, rate_limit)
        try:
            self._server = _Server(port, dispatch, latency, self.requests)
        except BaseException:
            self._store.close()
            raise
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Serve in a thread of this process."""
        self._serving = True
        serve = self._server.serve_forever
        self._thread = threading.Thread(target=serve, args=(POLL_SECONDS,), name="ddops-sandbox", daemon=True)
        self._thread.start()

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted, or stopped by another."""
        self._serving = True
        try:
            self._server.serve_forever(POLL_SECONDS_ALONE)
        finally:
            self._serving = False
            self.stop()

    def stop(self) -> None:
        """Stop serving, drop open connections and close the database; a second call does nothing."""
        if self._serving:
            self._serving = False
            self._server.shutdown()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._server.server_close()
        self._store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, dispatch: Dispatcher, latency: float, requests: deque[tuple[str, str]]) -> None:
        self.dispatch = dispatch
        self.latency = latency
        self.requests = requests
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        # Kept-alive connections would otherwise be answered after the stop.
        super().server_close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; its thread just ends."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "ddops-sandbox"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, urlsplit(self.path).path))
        if self.server.latency:
            time.sleep(self.server.latency)
        try:
            given = self.server.dispatch(self.command, self.path, self.headers, body)
        except Exception as error:
            given = answer({"errors": [f"Internal error of the sandbox: {error!r}"]}, 500)
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        if given.status != 204:
            self.send_header("Content-Type", given.content_type)
            self.send_header("Content-Length", str(len(given.body)))
        self.end_headers()
        self.wfile.write(given.body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: whoever runs the server says what it serves."""
