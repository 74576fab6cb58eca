"""A stand-in for GitHub's REST API over HTTP: one repository with its pull requests, comments and issues.

Shapes and refusals as GitHub's documentation of the REST API has them (issues, comments, pagination, troubleshooting).
"""

import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

TOKEN = "ghs_a-token-that-nobody-may-see"
BOT = "github-actions[bot]"
REPOSITORY = "acme/monitoring"


class StandIn:
    """`heads` are the commits of pull requests, by number. `failures` are answers to give first. Without `may_write`
    the token is one of a run for a fork."""

    def __init__(self, repository: str = REPOSITORY) -> None:
        self.repository = repository
        self.may_write = True
        self.heads: dict[int, str] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.issues: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str]] = []
        self.failures: list[tuple[int, dict[str, str], bytes]] = []
        self.ids = iter(range(101, 10**6))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "StandIn":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def writes(self) -> list[tuple[str, str]]:
        return [request for request in self.requests if request[0] != "GET"]

    def comment(self, number: int, body: str, login: str = BOT) -> dict[str, Any]:
        made = {"id": next(self.ids), "body": body, "user": {"login": login}}
        made["html_url"] = f"https://github.example/{self.repository}/pull/{number}#issuecomment-{made['id']}"
        self.comments.setdefault(number, []).append(made)
        return made

    def issue(self, title: str, body: str, labels: list[str], login: str = BOT, **more: Any) -> dict[str, Any]:
        made = {"number": next(self.ids), "title": title, "body": body, "labels": labels, "state": "open"}
        made |= {
            "user": {"login": login},
            "html_url": f"https://github.example/{self.repository}/issues/{made['number']}",
        }
        self.issues.append({**made, **more})
        return self.issues[-1]

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        found = re.fullmatch(rf"/repos/{self.repository}(/.*)", path)
        calls: dict[str, Callable[..., Any]] = {
            r"GET /pulls/(\d+)": lambda number: {"number": int(number), "head": {"sha": self.heads[int(number)]}},
            r"GET /issues/(\d+)/comments": lambda number: _page(self.comments.get(int(number), []), query),
            r"POST /issues/(\d+)/comments": lambda number: self.comment(int(number), body["body"]),
            r"PATCH /issues/comments/(\d+)": lambda one: self._edit(self._comment(int(one)), body),
            r"GET /issues": lambda: _page(self._listed(query), query),
            r"POST /issues": lambda: self.issue(body["title"], body["body"], body["labels"]),
            r"PATCH /issues/(\d+)": lambda number: self._edit(self._issue(int(number)), body),
        }
        for call, answer in calls.items():
            matched = found and re.fullmatch(call, f"{method} {found[1]}")
            if matched:
                try:
                    return 201 if method == "POST" else 200, answer(*matched.groups())
                except (KeyError, StopIteration):
                    break
        return 404, {"message": "Not Found", "status": "404"}

    def _comment(self, number: int) -> dict[str, Any]:
        return next(one for found in self.comments.values() for one in found if one["id"] == number)

    def _issue(self, number: int) -> dict[str, Any]:
        return next(one for one in self.issues if one["number"] == number)

    def _edit(self, one: dict[str, Any], body: Any) -> dict[str, Any]:
        one.update(body)
        return one

    def _listed(self, query: dict[str, str]) -> list[dict[str, Any]]:
        found = [one for one in self.issues if one["state"] == query.get("state", "open")]
        return [one for one in found if query.get("labels") is None or query["labels"] in one["labels"]]

    def _handler(stand_in) -> type[BaseHTTPRequestHandler]:  # noqa: N805 (`self` is the handler inside)
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                where = urlsplit(self.path)
                stand_in.requests.append((self.command, where.path))
                body = orjson.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
                headers: dict[str, str] = {}
                if stand_in.failures:
                    status, headers, content = stand_in.failures.pop(0)
                elif self.headers["Authorization"] != f"Bearer {TOKEN}":
                    status, content = 401, orjson.dumps({"message": "Bad credentials", "status": "401"})
                elif self.command != "GET" and not stand_in.may_write:
                    refusal = {"message": "Resource not accessible by integration", "status": "403"}
                    status, content = 403, orjson.dumps(refusal)
                else:
                    query = {name: values[0] for name, values in parse_qs(where.query).items()}
                    status, answer = stand_in.answer(self.command, where.path, query, body)
                    content = orjson.dumps(answer)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_PATCH = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def _page(found: list[Any], query: dict[str, str]) -> list[Any]:
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    return found[(page - 1) * size : page * size]
