"""A metric expression whose every point is what a monitor makes of one window: time aggregation and window become the
rollup of each series in it.

Facts: how the aggregation goes is in the reference, monitor queries, 2.3 and 2.9. A custom rollup is aligned to UNIX
time; the rollup of a percentile has an interval alone (docs: metrics/faq/rollup-for-distributions-with-percentiles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ddops.query.tree import (
    Argument,
    Arithmetic,
    Call,
    Expression,
    Keyword,
    Method,
    Negative,
    Number,
    Parenthesis,
    Scope,
    Series,
    Text,
    Word,
    series,
)

_SHIFTS = frozenset({"timeshift", "hour_before", "day_before", "week_before", "month_before", "calendar_shift"})
_LINEAR = _SHIFTS | {"exclude_null"}
"""Functions that may as well be applied to averages."""
_POINTWISE = _LINEAR | {
    *("abs", "log2", "log10", "default_zero", "fill", "clamp_min", "clamp_max", "cutoff_min", "cutoff_max"),
    *("count_nonzero", "count_not_null"),
}
"""Functions that look at one point of time, of one series or of all."""
_TRUTH = re.compile(r"is_\w+", re.ASCII)
_RANK = re.compile(r"(?:top|bottom)\w*", re.ASCII)
_PERCENTILE = re.compile(r"p\d+(?:\.\d+)?", re.ASCII)
_OPPOSITE = {"min": "max", "max": "min"}
_COMMUTING = frozenset({"sum", "min", "max"})
"""Time aggregators that are the same space aggregator before or after it, whichever points a series lacks."""
_GAPLESS = frozenset({("avg", "avg"), ("avg", "sum"), ("sum", "avg")})
"""Time and space aggregators that may change places where no series lacks a point."""
_ROLLUPS = ("avg", "sum", "min", "max")


def is_pointwise(function: str) -> bool:
    """Whether a function means the same at any interval."""
    return function in _POINTWISE or _TRUTH.fullmatch(function) is not None


class Unlike(Exception):
    """An expression that no rollup gives the evaluations of; the text says why, as a clause about the monitor."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """`interval` is the seconds from point to point. `doubts` say, each as a sentence, where a point may differ from
    what the monitor compares."""

    expression: Expression
    interval: int
    doubts: tuple[str, ...]


def rolled(expression: Expression, aggregator: str, window: int) -> Rolled:
    """The expression with rollups, for a time aggregator and a window in seconds. Raises Unlike."""
    rolling = _Rolling(expression, aggregator, window)
    found = rolling.expression(expression, 1)
    return Rolled(found, rolling.interval, tuple(dict.fromkeys(rolling.doubts)))


class _Rolling:
    def __init__(self, expression: Expression, aggregator: str, window: int) -> None:
        found = list(series(expression))
        counts = any(method.name == "as_count" for one in found for method in one.methods)
        # "Each series is first aggregated over the whole window and the arithmetic is done once on the totals".
        self.totals = counts and (aggregator == "sum" or len(found) > 1)
        self.aggregator = "sum" if self.totals else aggregator
        self.window = window
        self.doubts: list[str] = []
        self.interval = self._interval(found)
        if aggregator == "sum" and not counts and any(_has(one, "as_rate") for one in found):
            raise Unlike("the sum of its rates depends on how many points a window has")
        if self.totals or _is_linear(expression, self.aggregator):
            return
        if self.aggregator == "sum":
            raise Unlike("it adds up what it computes at each point, and how many points a window has is not known")
        self.doubts.append(
            f"The monitor takes the {self._name} of what it computes at each point; the plot computes with the "
            f"{self._name} of each metric."
        )

    @property
    def _name(self) -> str:
        return _named(self.aggregator)

    def _interval(self, found: list[Series]) -> int:
        """The window, or the interval of the query's own rollup where that is something else than a part of it."""
        own = {kept for one in found if (kept := self._kept(one)) is not None}
        if len(own) > 1:
            raise Unlike("its metrics have rollups of different intervals")
        interval = own.pop() if own else self.window
        if interval < self.window and self.aggregator == "sum":
            raise Unlike("it adds up several rollups of its own in one window")
        if interval < self.window:
            self.doubts.append(
                f"A point is one rollup of the query's own, over {interval} seconds; the monitor takes the "
                f"{self._name} of those within {self.window} seconds."
            )
        elif interval > self.window:
            self.doubts.append(
                f"The query's own rollup, over {interval} seconds, is longer than the window of {self.window}."
            )
        return interval

    def _kept(self, one: Series) -> int | None:
        """The interval of the series' own rollup where it has to stay; None where it has none, or the rollup of the
        whole window is what comes of it: a sum of sums, the maximum of maxima."""
        method, interval = _own_rollup(one)
        if interval is None or (interval <= self.window and method in (None, self.aggregator)):
            return None
        return interval

    def expression(self, node: Expression, sign: int) -> Expression:
        """`sign` is -1 where more of the node means less of the whole."""
        if isinstance(node, Series):
            return self._series(node, sign)
        if isinstance(node, Negative):
            return replace(node, operand=self.expression(node.operand, -sign))
        if isinstance(node, Arithmetic):
            return replace(node, operands=tuple(self._operands(node, sign)))
        if isinstance(node, Parenthesis):
            self._refuse_around(node)
            return replace(node, inner=self.expression(node.inner, sign))
        if isinstance(node, Call):
            return self._call(node, sign)
        return node

    def _operands(self, node: Arithmetic, sign: int) -> Iterator[Expression]:
        if "*" in node.operators or "/" in node.operators:
            turns = sum(isinstance(one, Number) and one.value < 0 for one in node.operands)
            sign = -sign if turns % 2 else sign
        for one, operator in zip(node.operands, ("+", *node.operators), strict=True):
            yield self.expression(one, -sign if operator == "-" else sign)

    def _call(self, node: Call, sign: int) -> Call:
        self._refuse_around(node)
        if _RANK.fullmatch(node.function):
            self.doubts.append("Which groups rank first is decided over all of the time shown.")
        elif not is_pointwise(node.function):
            raise Unlike(f"what {node.function}() gives depends on the interval of its points")
        return replace(node, arguments=tuple(self._argument(one, sign) for one in node.arguments))

    def _argument(self, node: Argument, sign: int) -> Argument:
        return node if isinstance(node, Text | Keyword | Scope) else self.expression(node, sign)

    def _refuse_around(self, node: Call | Parenthesis) -> None:
        if node.by is not None or any(method.name == "rollup" for method in node.methods):
            raise Unlike("it aggregates what it computed once more")

    def _series(self, node: Series, sign: int) -> Series:
        method, interval = _own_rollup(node)
        if self._kept(node) is not None:
            return node
        aggregator = self.aggregator if sign > 0 else _OPPOSITE.get(self.aggregator, self.aggregator)
        if interval is None and method not in (None, aggregator):
            # A rollup without an interval has whatever interval is asked for.
            self.doubts.append(f"A point is the {method} of a window, of which the monitor takes the {self._name}.")
            aggregator = method or aggregator
        return replace(node, methods=tuple(self._methods(node, aggregator)))

    def _methods(self, node: Series, aggregator: str) -> Iterator[Method]:
        """The series' own methods with the rollup in its place: before how gaps between its points are filled."""
        interval = Number(str(self.interval))
        if node.aggregator is not None and _PERCENTILE.fullmatch(node.aggregator):
            if aggregator != "percentile":
                self.doubts.append(
                    f"A point is the percentile of a whole window; the monitor takes the {self._name} of those in it."
                )
            rollup = Method("rollup", (interval,))
        elif aggregator in _ROLLUPS:
            self._doubt(node, aggregator)
            rollup = Method("rollup", (Word(aggregator), interval))
        else:
            raise Unlike(f"no rollup is a {aggregator} of {node.aggregator}")
        before = [one for one in node.methods if one.name not in ("rollup", "fill")]
        yield from (*before, rollup, *(one for one in node.methods if one.name == "fill"))

    def _doubt(self, node: Series, aggregator: str) -> None:
        space = node.aggregator or "avg"
        if not self.totals and _has(node, "as_count"):
            self.doubts.append("How large one count is depends on the interval at which the monitor looks.")
        elif aggregator == "sum" and not _has(node, "as_count"):
            self.doubts.append("The sum of a metric that is no count depends on how often it is reported.")
        elif (aggregator, space) in _GAPLESS:
            self.doubts.append(
                f"Where series of a group come and go within a window, the monitor takes the {_named(space)} of those "
                "that are there at each point; the plot takes that of all of them."
            )
        elif space != aggregator or space not in _COMMUTING:
            self.doubts.append(
                f"Of several series in one group the monitor takes the {space} first and the {self._name} over time "
                "then; the plot the other way round."
            )


def _named(aggregator: str) -> str:
    return {"avg": "average", "min": "minimum", "max": "maximum"}.get(aggregator, aggregator)


def _is_linear(node: Expression, aggregator: str) -> bool:
    """Whether the aggregator may be applied to the series as well as to the whole."""
    if isinstance(node, Series | Number):
        return True
    if isinstance(node, Parenthesis):
        return _is_linear(node.inner, aggregator)
    if isinstance(node, Negative):
        return _is_linear(node.operand, aggregator)
    if isinstance(node, Call):
        inner = node.arguments[0]
        if node.function not in _LINEAR or isinstance(inner, Text | Keyword | Scope):
            return False
        return _is_linear(inner, aggregator)
    if not isinstance(node, Arithmetic):
        return False
    varying = [at for at, one in enumerate(node.operands) if any(True for _ in series(one))]
    if aggregator in _OPPOSITE and len(varying) > 1:
        return False
    if "*" in node.operators or "/" in node.operators:
        divides = any(at > 0 and node.operators[at - 1] == "/" for at in varying)
        return len(varying) <= 1 and not divides and all(_is_linear(one, aggregator) for one in node.operands)
    # A sum over time adds a constant at each point.
    constant = aggregator == "sum" and len(varying) < len(node.operands)
    return not constant and all(_is_linear(one, aggregator) for one in node.operands)


def _has(one: Series, name: str) -> bool:
    return any(method.name == name for method in one.methods)


def _own_rollup(one: Series) -> tuple[str | None, int | None]:
    """Method and seconds of a series' own rollup, None for what it does not say."""
    for method in one.methods:
        if method.name == "rollup":
            numbers = [int(given.value) for given in method.arguments if isinstance(given, Number)]
            words = [str(given).strip("'\"") for given in method.arguments if not isinstance(given, Number)]
            return (words[0] if words else None), (numbers[0] if numbers and numbers[0] > 0 else None)
    return None, None
