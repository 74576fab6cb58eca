"""Over which time a monitor is tried."""

from __future__ import annotations

HOUR, DAY, WEEK = 3600, 86_400, 604_800

EVALUATIONS = 288
"""How many a span holds, as near as a round one comes: enough to see a day of five minutes each."""
LEAST_EVALUATIONS = 12
"""Of a window so long that a month holds fewer."""
MOST_POINTS = 1500
"""Of one series in an answer (reference: API behaviour, 10.3)."""
KEPT = 450 * DAY
"""Points are kept for 15 months (the same)."""

_SPANS = (4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, WEEK, 2 * WEEK, 30 * DAY)


def span(interval: int, now: int) -> tuple[int, int]:
    """Start and end, in seconds since the epoch, of what to ask for, where points are `interval` seconds apart. Both
    lie where a rollup begins (rollups are aligned to the epoch), so that no evaluation is of a part of its window."""
    seconds = next((one for one in _SPANS if one >= EVALUATIONS * interval), _SPANS[-1])
    seconds = max(seconds, min(LEAST_EVALUATIONS * interval, KEPT))
    seconds = min(seconds, MOST_POINTS * interval)
    end = now - now % interval
    start = end - seconds
    return start - start % interval, end


def words(start: int, end: int) -> str:
    """How long that is, to the nearest unit that tells: `day`, `3 days`, `2 weeks`; it stands after `the last`."""
    seconds = end - start
    if seconds and seconds % WEEK == 0:
        count, unit = seconds // WEEK, "week"
    elif seconds >= DAY:
        count, unit = round(seconds / DAY), "day"
    elif seconds >= HOUR:
        count, unit = round(seconds / HOUR), "hour"
    else:
        count, unit = round(seconds / 60), "minute"
    return unit if count == 1 else f"{count} {unit}s"
