"""`+`, `-`, `*` and `/` between lines and numbers, bucket by bucket."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace

from ddops.query.tree import Number
from ddops.sandbox.series.line import Line, NotServed

Value = Number | tuple[Line, ...]

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def combined(sign: str, left: Value, right: Value) -> Value:
    """What an operation gives. Two lines meet where all tags of one group are among the other's: groups meet their
    equals, and what is not grouped meets every group. Raises NotServed for a number that is divided by zero."""
    if isinstance(left, Number):
        if isinstance(right, Number):
            return _number(sign, left, right)
        lines = tuple(
            _each(line, f"({left} {sign} {{}})", lambda value: _value(sign, left.value, value)) for line in right
        )
        return tuple(replace(line, unit="", per="") for line in lines) if sign == "/" else lines
    if isinstance(right, Number):
        return tuple(
            _each(line, f"({{}} {sign} {right})", lambda value: _value(sign, value, right.value)) for line in left
        )
    pairs = ((one, other) for one in left for other in right)
    return tuple(_met(sign, one, two) for one, two in pairs if one.group <= two.group or two.group <= one.group)


def _number(sign: str, left: Number, right: Number) -> Number:
    value = _value(sign, left.value, right.value)
    if value is None:
        raise NotServed(f"{left} / {right} has no value")
    return Number(str(value))


def _each(line: Line, form: str, change: Callable[[float | None], float | None]) -> Line:
    return line.named(form, {at: change(value) for at, value in line.points.items()})


def _met(sign: str, one: Line, other: Line) -> Line:
    """A bucket that only one of them has is there, and has no value (seen in kedacore/keda#3906)."""
    keeps_unit = sign in "+-" and (one.unit, one.per) == (other.unit, other.per)
    return Line(
        metric=f"({one.metric} {sign} {other.metric})",
        expression=f"({one.expression} {sign} {other.expression})",
        aggregator=one.aggregator,
        group=one.group | other.group,
        scope=one.scope | other.scope,
        interval=max(one.interval, other.interval),
        unit=one.unit if keeps_unit else "",
        per=one.per if keeps_unit else "",
        points={
            at: _value(sign, one.points.get(at), other.points.get(at))
            for at in sorted(one.points.keys() | other.points.keys())
        },
    )


def _value(sign: str, left: float | None, right: float | None) -> float | None:
    """None where a side is missing, and for a division by zero (docs: monitors/guide/monitor-arithmetic-and-sparse-
    metrics)."""
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return _OPERATORS[sign](left, right)
