"""The time that a query is over, and the buckets that its points are rolled up in."""

from __future__ import annotations

from dataclasses import dataclass

MOST_POINTS = 1500
"""Of a line (reference: API behaviour, other reads useful for checks)."""

DAY = 86_400

# (longest span, interval), in seconds. Seen in answers: 2 for 10 minutes, 5 for 20, 300 for a day, 600 for 33 hours and
# for two days; the others are from the reference (API behaviour, other reads useful for checks).
_BY_LENGTH = (
    (600, 2),
    (1200, 5),
    (1800, 10),
    (3600, 20),
    (4 * 3600, 30),
    (12 * 3600, 120),
    (DAY, 300),
    (2 * DAY, 600),
    (7 * DAY, 3600),
    (31 * DAY, 4 * 3600),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds since the epoch; `end` is not among them."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        return self.end - self.start

    def interval(self, asked: int | None) -> int:
        """Seconds of a bucket, where `.rollup()` asks for so many; what would make too many points is widened."""
        if asked is not None and self.seconds <= asked * MOST_POINTS:
            return asked
        widest = DAY * -(-self.seconds // (DAY * MOST_POINTS))
        return next((interval for longest, interval in _BY_LENGTH if self.seconds <= longest), widest)

    def buckets(self, interval: int) -> range:
        """The times at which buckets begin: those in the span that are aligned to the epoch (recorded: 24 hours from
        1641343852 in buckets of 300 s begin at 1641344100; reference: API behaviour, query endpoints)."""
        return range(-(-self.start // interval) * interval, self.end, interval)
