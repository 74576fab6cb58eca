"""HTTP to GitHub's REST API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
import urllib3
from urllib3.exceptions import HTTPError

from ddops import __version__
from ddops.errors import ApiError, UsageError

Json = Any
API = "https://api.github.com"
VERSION = "2022-11-28"
PAGE = 100
"""Objects of a list in one answer; GitHub gives no more (its documentation, using pagination)."""
MOST_PAGES = 100
CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0

_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?::\d+)?(?:/[\w.-]+)*|http://(?:127\.0\.0\.1|localhost)(?::\d+)?", re.I)
_REPOSITORY = re.compile(r"(?!\.+/)[\w.-]+/(?!\.+$)[\w.-]+", re.ASCII)


class GitHub:
    """One repository. The token is in no message; redirects, which would carry it elsewhere, are not followed."""

    def __init__(self, repository: str, token: str, url: str = API) -> None:
        """`repository` is OWNER/NAME, `url` where the API is (`GITHUB_API_URL`). Raises UsageError for what is none."""
        if not _REPOSITORY.fullmatch(repository):
            raise UsageError(f"'{repository}' is no repository; one reads OWNER/NAME")
        if not _ADDRESS.fullmatch(url):
            raise UsageError("GITHUB_API_URL would be given the token; it must be https://HOST, or on this machine")
        self._base = f"{url}/repos/{repository}"
        self._token = token
        # Only calls that can be made twice are tried again, and never a refusal.
        self._pool = urllib3.PoolManager(
            retries=urllib3.Retry(
                total=2,
                redirect=False,
                allowed_methods={"GET", "PATCH"},
                status_forcelist={502, 503, 504},
                backoff_factor=0.5,
                raise_on_status=False,
                respect_retry_after_header=False,
            ),
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {token}",
                "User-Agent": f"ddops/{__version__}",
                "X-GitHub-Api-Version": VERSION,
            },
        )

    def get(self, path: str) -> Json:
        return self._call("GET", path)

    def all(self, path: str, query: Mapping[str, str] | None = None) -> Iterator[Json]:
        """The objects of a list, page by page."""
        for page in range(1, MOST_PAGES + 1):
            parameters = urlencode({**(query or {}), "per_page": PAGE, "page": page})
            found = self._call("GET", f"{path}?{parameters}")
            if not isinstance(found, list):
                raise ApiError("the answer is no list, so this is hardly GitHub's API", status=200, path=path)
            yield from found
            if len(found) < PAGE:
                return

    def create(self, path: str, body: Json) -> Json:
        return self._call("POST", path, body)

    def update(self, path: str, body: Json) -> Json:
        return self._call("PATCH", path, body)

    def _call(self, method: str, path: str, body: Json = None) -> Json:
        data = None if body is None else orjson.dumps(body)
        where = path.partition("?")[0]
        try:
            answer = self._pool.request(method, self._base + path, body=data, redirect=False)
        except HTTPError as error:
            raise ApiError(
                f"GitHub could not be reached ({type(error).__name__})", status=0, method=method, path=where
            ) from None
        if 300 <= answer.status < 400:
            raise ApiError("a redirect, which is not followed", status=answer.status, method=method, path=where)
        try:
            found = orjson.loads(answer.data)
        except orjson.JSONDecodeError:
            found = None
        if answer.status >= 400 or found is None:
            reason = self._reason(answer.status, answer.headers, found)
            raise ApiError(reason, status=answer.status, method=method, path=where)
        return found

    def _reason(self, status: int, headers: Mapping[str, str], answer: Json) -> str:
        said = str(answer.get("message") or "") if isinstance(answer, dict) else ""
        said = (said or "no reason given").replace(self._token, "[token]")
        # How GitHub says that there were too many calls (its documentation, rate limits for the REST API).
        limited = headers.get("retry-after") is not None or headers.get("x-ratelimit-remaining") == "0"
        if status == 429 or (status == 403 and limited):
            return f"{said}; these were too many calls for now, so run the job again later"
        hint = {
            401: "; GITHUB_TOKEN is no token that GitHub takes",
            403: "; the job needs `permissions: {pull-requests: write, issues: write}`, which no run for a fork has",
            404: "; is the repository right, and may the token see it?",
        }
        return said + hint.get(status, "")
