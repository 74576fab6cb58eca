"""Waiting for a rate limit to refill rather than running into it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from ddops.org.http.answer import Answer

MOST_SECONDS = 60.0
"""The longest wait before one call, whatever the server says."""


class RateLimits:
    """What the answers' headers said of the org's limits; shared by all threads.

    A limit is counted per named bucket. Which bucket a call falls into is only known from its answer, so calls are
    told apart by `call`, a method and a path without ids (reference: API behaviour, rate limits).
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._bucket: dict[str, str] = {}
        self._refilled_at: dict[str, float] = {}

    def wait(self, call: str) -> float:
        """How many seconds to wait before a call, 0 where its bucket has calls left."""
        with self._lock:
            refilled_at = self._refilled_at.get(self._bucket.get(call, call), 0.0)
            return min(max(refilled_at - self._clock(), 0.0), MOST_SECONDS)

    def note(self, call: str, answer: Answer) -> None:
        """Takes in what an answer says of its bucket."""
        remaining = header_seconds(answer.headers, "x-ratelimit-remaining")
        reset = header_seconds(answer.headers, "x-ratelimit-reset")
        if remaining is None or reset is None:
            return
        with self._lock:
            bucket = self._bucket.setdefault(call, answer.headers.get("x-ratelimit-name") or call)
            if remaining <= 0:
                self._refilled_at[bucket] = self._clock() + reset
            # Answers overtake each other: one with calls left does not open a bucket that has run empty; time does.


def header_seconds(headers: Mapping[str, str], name: str) -> float | None:
    """A header's number that is 0 or more, None where it is absent or something else."""
    text = headers.get(name, "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
