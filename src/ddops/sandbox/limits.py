"""Rate limits, counted per organisation and bucket in fixed windows."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

from ddops.sandbox.exchange import Bucket


class RateLimits:
    """Counts calls. `override` replaces the calls per period of every bucket."""

    def __init__(self, clock: Callable[[], float], override: int | None) -> None:
        self._clock = clock
        self._override = override
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, str], tuple[float, int]] = {}

    def take(self, org: str, bucket: Bucket) -> tuple[bool, dict[str, str]]:
        """Count one call. Gives whether it may go on, and the X-RateLimit headers of its answer."""
        limit = bucket.calls if self._override is None else self._override
        now = self._clock()
        with self._lock:
            start, used = self._windows.get((org, bucket.name), (now, 0))
            if not 0 <= now - start < bucket.period:
                start, used = now, 0
            allowed = used < limit
            used += allowed
            self._windows[org, bucket.name] = start, used
        return allowed, {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Period": str(bucket.period),
            "X-RateLimit-Remaining": str(limit - used),
            "X-RateLimit-Reset": str(max(1, math.ceil(start + bucket.period - now))),
            "X-RateLimit-Name": bucket.name,
        }

    def refusal(self, bucket: Bucket) -> str:
        """The text of a 429."""
        limit = bucket.calls if self._override is None else self._override
        return f"Rate limit of {limit} requests in {bucket.period} seconds reached. Please try again later."
