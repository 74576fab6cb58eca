"""The axes of a plot: where a value and a time stand, and round ones to read them by."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MOST = 1e300
"""Values beyond are drawn as this one, so that the difference of two is a number too."""
_ROOM = 0.07
"""The share of the values' range that stays free above and below them."""
_TICKS = 5
_ROUND = (1, 2, 2.5, 5, 10)
_PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_PREFIXABLE = ("B", "b", "Hz", "W")
_PREFIXED = 10_000
"""Values from which an axis counts in thousands."""
_MOST_DECIMALS = 3
"""With a prefix."""
_LONGEST_UNIT = 20

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = (
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 4, 6, 12)),
    *(days * _DAY for days in (1, 2, 5, 7, 14, 30, 60, 90)),
)
_TIMES = 6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` < `high`; both are finite."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """How far up a value stands: 0 at the lowest, 1 at the highest. It is never outside of these."""
        share = (min(max(value, -MOST), MOST) - self.low) / (self.high - self.low)
        return min(max(share, 0.0), 1.0)

    def ticks(self, unit: str) -> list[tuple[float, str]]:
        """Round values with what stands beside them, the lowest first; the two ends where there are none."""
        step = _step((self.high - self.low) / _TICKS)
        values = list(self._multiples(step))
        largest = max(map(abs, values), default=0.0)
        if len(values) < 2:
            return [(end, amount(end, unit)) for end in (self.low, self.high)]
        if not 1e-6 <= largest < 1e15:
            return [(value, _with(f"{value:.3g}", unit)) for value in values]
        divisor, prefix = next((one for one in _PREFIXES if largest >= max(one[0], _PREFIXED)), (1.0, ""))
        decimals = _decimals(step / divisor)
        if decimals > _MOST_DECIMALS:  # a number that long says more without a prefix
            divisor, prefix, decimals = 1.0, "", _decimals(step)
        numbers = [_trimmed(f"{value / divisor:,.{decimals}f}") for value in values]
        return [(value, _prefixed(number, prefix, unit)) for value, number in zip(values, numbers, strict=True)]

    def _multiples(self, step: float) -> Iterator[float]:
        """Those of the step, each once; none where a number is too coarse to count by it."""
        first, last = (self.low / step, self.high / step) if step else (math.inf, math.inf)
        if math.isfinite(first) and math.isfinite(last) and last - first <= 3 * _TICKS:
            multiples = dict.fromkeys(count * step for count in range(math.ceil(first), math.floor(last) + 1))
            yield from (value for value in multiples if self.low <= value <= self.high)


def scale(values: Iterable[float]) -> Scale:
    """One that has room for these values, those that are numbers. It begins at 0 where they are not all far from it."""
    known = [min(max(value, -MOST), MOST) for value in values if not math.isnan(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if 0 < low <= high / 2:
        low = 0.0
    elif low / 2 <= high < 0:
        high = 0.0
    if low == high:
        room = abs(low) / 10 or 1.0
    else:
        room = (high - low) * _ROOM
    below = 0.0 if low == 0 and high > 0 else room
    above = 0.0 if high == 0 and low < 0 else room
    return Scale(low - below, high + above)


def amount(value: float, unit: str = "") -> str:
    """A value as people read it: `256 MB`, `0.5`, `1.2e+20`."""
    if not math.isfinite(value):
        return _with(str(value), unit)
    if value and not 1e-4 <= abs(value) < 1e12:
        return _with(f"{value:.4g}", unit)
    for divisor, prefix in _PREFIXES[:-1]:
        if abs(value) >= divisor and float(f"{value / divisor:.4g}") == value / divisor:
            return _prefixed(f"{value / divisor:.4g}", prefix, unit)
    return _with(f"{value:,.{max(4, len(str(int(abs(value)))))}g}", unit)


def moment(seconds: int) -> str:
    """A time since the epoch in UTC: `2026-11-01 10:00`; empty where no calendar has it."""
    found = _time(seconds)
    return f"{found:%Y-%m-%d %H:%M}" if found else ""


def times(start: int, end: int) -> Iterator[tuple[int, str]]:
    """Round times from `start` to `end` with what stands below them: the hour, or the day where one begins."""
    span = max(end - start, 1)
    step = next((one for one in _STEPS if span <= _TIMES * one), span // _TIMES + 1)
    for at in range(-(-start // step) * step, end + 1, step):
        found = _time(at)
        day = step >= _DAY or at % _DAY == 0
        yield at, "" if found is None else f"{found:%b} {found.day}" if day else f"{found:%H:%M}"


def _time(seconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _step(least: float) -> float:
    """A round number that is not less; 0 where it would be none."""
    if not 1e-290 < least < math.inf:
        return 0.0
    power = 10.0 ** math.floor(math.log10(least))
    return next((factor * power for factor in _ROUND if factor * power >= least), 10 * power)


def _decimals(step: float) -> int:
    """How many a multiple of the step has."""
    return len(_trimmed(f"{step:.9f}").partition(".")[2])


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _prefixed(number: str, prefix: str, unit: str) -> str:
    """`600 MB`, `600M requests`, and 0 without a prefix."""
    if number == "0":
        return _with(number, unit)
    return f"{number} {prefix}{unit}" if unit in _PREFIXABLE else _with(f"{number}{prefix}", unit)


def _with(number: str, unit: str) -> str:
    shown = unit.strip()[:_LONGEST_UNIT]
    return f"{number} {shown}" if shown else number
