"""What a server answered to one call, and why it refused, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from ddops.kinds.contract import Json

MOST_WORDS = 200
"""How much of an answer that is not JSON is quoted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 where none came; `sent` says whether the server may have acted on the call all the same.

    `headers` have names in lower case. `body` is what a success (2xx) holds, `reason` the words of anything else.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    reason: str = ""
    sent: bool = True

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def did_nothing(self) -> bool:
        """Whether the server has certainly not acted: it was not reached, or it refused the call."""
        return not self.sent or (300 <= self.status < 500 and self.status != HTTPStatus.REQUEST_TIMEOUT)


def reason(status: int, body: Json) -> str:
    """Why a call was refused, on one line. `body` is the answer's JSON, or its text where it is not JSON.

    The shapes and their order are those of 1,413 recorded refusals (reference: API behaviour, error bodies).
    """
    words = "; ".join(dict.fromkeys(_one_line(text) for text in _texts(body) if text.strip()))
    return words.removeprefix(f"{status} ") or _phrase(status)  # the title of an edge's HTML page begins with it


def _texts(body: Json) -> Iterator[str]:
    if isinstance(body, str):
        yield _plain(body)
    elif isinstance(body, dict):
        yield from _errors(body.get("errors"))
        error = body.get("error")
        if isinstance(error, str):
            yield error
        elif isinstance(error, dict) and error.get("message"):
            yield str(error["message"])


def _errors(errors: Json) -> Iterator[str]:
    """`["text"]`, `[{"title": …, "detail": …}]`, or `{"ID": ["text"]}` (monitors' can_delete)."""
    if isinstance(errors, str):
        yield errors
    elif isinstance(errors, dict):
        for texts in errors.values():
            yield from _errors(texts)
    elif isinstance(errors, list):
        for error in errors:
            if isinstance(error, dict):
                yield str(error.get("detail") or error.get("title") or error.get("message") or error)
            else:
                yield str(error)


def _plain(text: str) -> str:
    """The beginning of a text; of an HTML page, what a reader sees of it."""
    if re.match(r"\s*<", text):
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.DOTALL | re.IGNORECASE)
        unseen = r"<(script|style|head)\b.*?</\1\s*>|<[^>]*>"
        text = title[1] if title else re.sub(unseen, " ", text[:10_000], flags=re.DOTALL | re.IGNORECASE)
    text = " ".join(text.split())
    return text if len(text) <= MOST_WORDS else text[:MOST_WORDS] + "…"


def _one_line(text: str) -> str:
    """Several problems can be joined by line breaks in one text; other control characters are not for a terminal."""
    lines = ("".join(letter for letter in line if letter.isprintable()).strip() for line in text.splitlines())
    return "; ".join(filter(None, lines))


def _phrase(status: int) -> str:
    if status == 512:  # seen where many creates ran at once (reference: API behaviour, error bodies)
        return "request queue overflow"
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no reason given"
