"""When a call that failed is made again, and after how long."""

from __future__ import annotations

import random
from collections.abc import Callable

from ddops.org.http.answer import Answer
from ddops.org.http.limits import MOST_SECONDS, header_seconds

TRIES = 4
"""How often one call is made at most."""
TRIES_WHEN_LIMITED = 8
"""The same where a rate limit refuses it: the workers vie for what refills, and nobody may lose four times in a row."""

AGAIN = frozenset({0, 408, 429, 500, 502, 503, 504, 507, 509, 512})
"""What passes: no answer, a time-out, a rate limit, an error of the server or of its edge; 512 is an overflow of the
request queue (reference: API behaviour, error bodies, rate limits)."""

LAG_SECONDS = 3.0
"""How long we give a list that lags behind a create (reference: API behaviour, reads, caching, consistency)."""


def pause(answer: Answer, tries: int) -> float:
    """Seconds to wait after the `tries`th try, which got `answer`.

    A rate limit says when it refills; the calls that wait for it come back spread over a second. Anything else is
    given 1, 2, 4, … seconds, or what `Retry-After` says.
    """
    if answer.status == 429:
        reset = header_seconds(answer.headers, "x-ratelimit-reset")
        if reset is None:
            reset = header_seconds(answer.headers, "retry-after")
        if reset is not None:
            return min(reset + random.random(), MOST_SECONDS)
    backoff = float(2 ** (tries - 1))
    return min(max(backoff, header_seconds(answer.headers, "retry-after") or 0.0), MOST_SECONDS)


class Retry:
    """Makes calls until they succeed or trying again is no use. `sleep` takes seconds; `tell` is given a line to read
    before each wait."""

    def __init__(self, sleep: Callable[[float], None], tell: Callable[[str], None]) -> None:
        self._sleep = sleep
        self._tell = tell

    def run(self, call: Callable[[], Answer], what: str, look: Callable[[], Answer | None] | None = None) -> Answer:
        """The answer of the first call that succeeded or was refused for good, else of the last.

        A call that does something new each time it is made (a create) comes with `look`, which finds out whether a
        call whose answer was lost worked after all, and then answers in its place.
        """
        tries = 0
        while True:
            tries += 1
            answer = call()
            unsure = look is not None and not answer.did_nothing
            done = tries >= (TRIES_WHEN_LIMITED if answer.status == 429 else TRIES)
            if answer.status not in AGAIN or (done and not unsure):
                return answer
            self.wait(max(pause(answer, tries), LAG_SECONDS if unsure else 0.0), f"{what}: {answer.reason}")
            if unsure and look is not None and (found := look()) is not None:
                return found
            if done:
                return answer

    def wait(self, seconds: float, why: str) -> None:
        """Says why, and waits."""
        self._tell(f"{why}; waiting {seconds:.0f} s")
        self._sleep(seconds)
