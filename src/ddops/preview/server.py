"""One page over HTTP, on this machine alone, in a frame that loads it anew when there is another.

The page is shown as it is: what makes it live is the frame around it, so that the page needs no script and its policy
stays that of a file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
POLL_SECONDS = 0.05
"""How long a stop may wait for the serving thread to notice."""
PATIENCE = 10.0
"""Seconds after which a frame that hears nothing is told that the server is still there: a browser that left is only
noticed by a write to it."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:"
"""Of the frame: all of it comes from this server."""
_STATIC = {
    "/": ("frame.html", "text/html"),
    "/frame.js": ("frame.js", "text/javascript"),
    "/frame.css": ("frame.css", "text/css"),
}
PAGE = "/page"
EVENTS = "/events"


class Preview:
    """Serves the latest page that it was given to `show`. `waiting()` says to whoever looks that one is being made."""

    def __init__(self, port: int = 0) -> None:
        """`port` 0 takes a free one. Raises OSError where another program has it."""
        self._page = ""
        self._state = ""
        self._version = 0
        self._ended = False
        self._news = threading.Condition()
        self._server = _Server((HOST, port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._server.server_port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser on this machine calls the server. A name that somebody else made lead here is not among them:
        the page would be theirs to read."""
        port = self._server.server_port
        return frozenset(f"{name}:{port}" for name in (HOST, "localhost"))

    @property
    def page(self) -> str:
        return self._page

    def waiting(self) -> None:
        self._tell("waiting")

    def show(self, page: str) -> None:
        """Shows this page (a whole HTML document) from now on."""
        self._page = page
        self._tell("page")

    def _tell(self, state: str) -> None:
        with self._news:
            self._state = state
            self._version += 1
            self._news.notify_all()

    def follow(self, send: Callable[[str], None]) -> None:
        """Sends what is the state now and whenever it changes, and nothing (`""`) where it did not for a while, until
        the preview ends or `send` raises."""
        seen = 0
        while not self._ended:
            with self._news:
                if not self._ended and self._version == seen:
                    self._news.wait(PATIENCE)
                state = self._state if self._version > seen else ""
                seen = self._version
            if not self._ended:
                send(state)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._ended = True
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no news; its thread just ends."""


def _handler(preview: Preview) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "ddops-preview"
        sys_version = ""

        def do_GET(self) -> None:
            if self.headers.get("Host") not in preview.hosts:
                self._send(421, "text/plain", b"this is a preview for the machine that it runs on")
            elif self.path == PAGE:
                self._send(200, "text/html", preview.page.encode("utf-8", "backslashreplace"))
            elif self.path == EVENTS:
                self._follow()
            elif self.path in _STATIC:
                name, content_type = _STATIC[self.path]
                content = files(__package__).joinpath("static", name).read_bytes()
                self._send(200, content_type, content, {"Content-Security-Policy": POLICY})
            else:
                self._send(404, "text/plain", b"not found")

        def _send(self, status: int, content_type: str, content: bytes, headers: dict[str, str] | None = None) -> None:
            self._begin(status, content_type, {**(headers or {}), "Content-Length": str(len(content))})
            self.wfile.write(content)

        def _begin(self, status: int, content_type: str, headers: dict[str, str]) -> None:
            always = {
                "Content-Type": f"{content_type}; charset=utf-8",
                "Cache-Control": "no-store",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "SAMEORIGIN",
            }
            self.send_response(status)
            for name, value in {**always, **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def _follow(self) -> None:
            self._begin(200, "text/event-stream", {})

            def send(state: str) -> None:
                # A comment is an event of nothing (HTML standard, server-sent events).
                self.wfile.write(f"data: {state}\n\n".encode() if state else b":\n\n")

            preview.follow(send)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: whoever runs the preview says what it shows."""

    return Handler
