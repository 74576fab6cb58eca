"""A backtest as a picture: what the metric did, and the thresholds over it, in SVG that stands in a page.

The geometry is in a picture of its own that is stretched to the width there is; texts stand beside it at shares of the
width, so that they are as large in a narrow window as in a wide one. Colours, dashes and sizes are classes, whose rules
the page's style sheet has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ddops.backtest.contract import Backtest, Condition, Curve
from ddops.backtest.crossings import states
from ddops.report.escape import marked_up
from ddops.report.scale import Scale, amount, scale, times
from ddops.report.words import line

SIDE = 1000
"""Units of the geometry, in both directions."""
COLOURS = 6
"""Of curves; beyond them a curve is dashed as well."""
_BASE = 91.0
"""Per cent of the height at which the axis of time is."""
_LABEL = 6.5
"""Per cent of the height that a line of text takes."""
_EM = 0.62
"""Ems that a character of a tick takes, at most."""
_GAP = 1.5
"""Times the usual distance of two points, beyond which there is a hole between them."""
_LONGEST_NAME = 40
_SHORT_UNIT = 3
"""Characters of a unit that stands at each tick; a longer one stands with the thresholds."""


def plot(backtest: Backtest, name: str) -> str:
    """The picture, whose accessible name is `name`; empty where there is nothing to draw."""
    return "".join(_Plot(backtest).html(name)) if backtest.curves else ""


def key(index: int) -> str:
    """How the curve of this number is drawn, for a legend."""
    line = f'<line class="{_curve(index)}" x1="0" y1="50%" x2="100%" y2="50%"/>'
    return f'<svg class="key" aria-hidden="true">{line}</svg>'


def _curve(index: int) -> str:
    return f"curve c{index % COLOURS} d{index // COLOURS % 2}"


@dataclass(frozen=True, slots=True)
class _Level:
    """A threshold: `style` is the class of its line and its text."""

    value: float
    label: str
    style: str


class _Plot:
    def __init__(self, backtest: Backtest) -> None:
        self.about = backtest
        self.levels = list(_levels(backtest))
        self.values = [value for curve in backtest.curves for _, value in curve.points if math.isfinite(value)]
        self.scale: Scale = scale([*self.values, *(level.value for level in self.levels)])
        self.ticks = self.scale.ticks(backtest.unit if len(backtest.unit) <= _SHORT_UNIT else "")
        self.condition = backtest.after or backtest.before
        self.alerts = [self._alerts(curve) for curve in backtest.curves]

    def html(self, name: str) -> Iterator[str]:
        yield f'<div class="plot" role="img" aria-label="{_text(f"{name}{self._reach()}")}">'
        yield from self._axis()
        yield "<svg>"
        yield f'<svg viewBox="0 0 {SIDE} {SIDE}" width="100%" height="{_BASE}%" preserveAspectRatio="none">'
        yield from self._ground()
        for index, curve in reversed([*enumerate(self.about.curves)]):
            yield from self._drawn(curve, index)
        for level in self.levels:
            y = self._y(level.value)
            yield f'<line class="level {level.style}" x1="0" y1="{y}" x2="{SIDE}" y2="{y}"/>'
        yield from self.alerts
        yield "</svg>"
        yield from self._labels()
        yield "</svg></div>"

    def _reach(self) -> str:
        """What the picture shows beside the sentence, for who does not see it."""
        if not self.values:
            return ""
        least, most = (amount(end, self.about.unit) for end in (min(self.values), max(self.values)))
        return f" The values are from {least} to {most}."

    def _axis(self) -> Iterator[str]:
        """The axis of values, as wide as the longest of them."""
        yield f'<svg width="{_EM * max(len(text) for _, text in self.ticks):.2f}em">'
        for value, text in self.ticks:
            y = min(max(self._percent(value), _LABEL / 2), _BASE)
            yield f'<text class="tick" x="100%" y="{y:.2f}%" dy=".35em" text-anchor="end">{_text(text)}</text>'
        yield "</svg>"

    def _ground(self) -> Iterator[str]:
        """The side that alerts, and the lines that ticks stand on."""
        critical = math.nan if self.condition is None else self.condition.thresholds.get("critical", math.nan)
        if self.condition is not None and not math.isnan(critical):
            y = self._y(critical)
            top, height = (0, y) if self.condition.comparator in (">", ">=") else (y, SIDE - y)
            yield f'<rect class="zone" x="0" y="{top}" width="{SIDE}" height="{height}"/>'
        for value, _ in self.ticks:
            y = self._y(value)
            yield f'<line class="rule" x1="0" y1="{y}" x2="{SIDE}" y2="{y}"/>'
        for at, _ in times(self.about.start, self.about.end):
            x = self._x(at)
            yield f'<line class="rule" x1="{x}" y1="0" x2="{x}" y2="{SIDE}"/>'

    def _drawn(self, curve: Curve, index: int) -> Iterator[str]:
        """The curve with its holes; a point between two of them is a dot."""
        stretches = list(self._stretches(curve))
        if not stretches:
            return
        values = [value for _, value in curve.points if math.isfinite(value)]
        least, most, last = (amount(value, self.about.unit) for value in (min(values), max(values), values[-1]))
        title = f"{_shortened(curve.scope)}: least {least}, most {most}, last {last}"
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in one) for one in stretches if len(one) > 1)
        dots = "".join(_dot(one[0]) for one in stretches if len(one) == 1)
        calm = "" if self.alerts[index] or not any(self.alerts) else ' class="calm"'
        yield f"<g{calm}><title>{_text(title)}</title>"
        yield f'<path class="{_curve(index)}" d="{path}"/>' if path else ""
        yield f'<path class="{_curve(index)} dot" d="{dots}"/>' if dots else ""
        yield "</g>"

    def _stretches(self, curve: Curve) -> Iterator[list[tuple[int, int]]]:
        """The places of the curve's points, parted where there is a hole between two of them."""
        stretch: list[tuple[int, int]] = []
        last = 0
        for at, value in curve.points:
            place = self._place(at, value)
            if place is None:
                continue
            if stretch and 0 < _GAP * self.about.window < at - last:
                yield stretch
                stretch = []
            stretch.append(place)
            last = at
        if stretch:
            yield stretch

    def _alerts(self, curve: Curve) -> str:
        """A dot for each evaluation that alerts, by what the plan makes of the monitor."""
        found = zip(curve.points, states(curve, self.condition), strict=False)
        places = [self._place(*point) for point, state in found if state == "critical"]
        dots = "".join(_dot(place) for place in places if place is not None)
        return f'<path class="alert" d="{dots}"/>' if dots else ""

    def _labels(self) -> Iterator[str]:
        for index, (at, text) in enumerate(times(self.about.start, self.about.end)):
            share = self._x(at) / SIDE
            # Every other one makes room where the window is narrow.
            style = "tick minor" if index % 2 else "tick"
            anchor = "start" if share < 0.02 else "end" if share > 0.98 else "middle"
            yield f'<text class="{style}" x="{share:.2%}" y="99%" text-anchor="{anchor}">{_text(text)}</text>'
        ranked = sorted(self.levels, key=lambda level: -level.value)
        places = _spread([self._percent(level.value) for level in ranked])
        for level, y in zip(ranked, places, strict=True):
            label = _text(f"{_shortened(level.label)} {amount(level.value, self.about.unit)}")
            yield f'<text class="{level.style}" x="100%" y="{y:.2f}%" dy="-.3em" text-anchor="end">{label}</text>'

    def _place(self, at: int, value: float) -> tuple[int, int] | None:
        """Where a point is drawn: at the time of the evaluation, which is when its window ends."""
        at += self.about.window
        is_shown = math.isfinite(value) and self.about.start <= at <= self.about.end
        return (self._x(at), self._y(value)) if is_shown else None

    def _x(self, at: int) -> int:
        return round(SIDE * (at - self.about.start) / max(self.about.end - self.about.start, 1))

    def _y(self, value: float) -> int:
        return round(SIDE * (1 - self.scale.share(value)))

    def _percent(self, value: float) -> float:
        return _BASE * (1 - self.scale.share(value))


def _dot(place: tuple[int, int]) -> str:
    """A line without length, which its round ends make a dot."""
    return f"M{place[0]} {place[1]}h0"


def _levels(backtest: Backtest) -> Iterator[_Level]:
    """The thresholds of the plan, and those that were otherwise."""
    now, then = _given(backtest.after), _given(backtest.before)
    for name, value in now.items():
        yield _Level(value, name.replace("_", " "), _style(name, ""))
    for name, value in then.items():
        if now.get(name) != value:
            yield _Level(value, f"{name.replace('_', ' ')} was", _style(name, " was"))


def _style(name: str, more: str) -> str:
    severity = "warning" if name.startswith("warning") else "critical"
    return f"{severity}{' recovery' if name.endswith('_recovery') else ''}{more}"


def _given(condition: Condition | None) -> Mapping[str, float]:
    thresholds = condition.thresholds if condition is not None else {}
    return {name: value for name, value in thresholds.items() if math.isfinite(value)}


def _spread(places: Sequence[float]) -> list[float]:
    """Places of labels, from the top down, that do not lie on each other, as near to their own as they can be."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + _LABEL if found else _LABEL - 1))
    bottom = _BASE
    for index in reversed(range(len(found))):
        found[index] = min(found[index], bottom)
        bottom = found[index] - _LABEL
    return [max(place, 0.0) for place in found]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"


def _text(value: object) -> str:
    return marked_up(line(value))
