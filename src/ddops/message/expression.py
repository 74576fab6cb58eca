"""The arithmetic of `{{eval "…"}}` (reference: notifications, variables)."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

Value = float | int | str

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d*)?|\.\d+)|((?:\[[^\]]*\]|[A-Za-z_@])(?:[\w.@]|\[[^\]]*\])*)|([-+*/^%(),]))")
_END = ""
MOST_NESTED = 50


def _humanized(units: tuple[str, ...], base: float) -> Callable[..., str]:
    def humanized(value: float, step: float = base, digits: float = 2) -> str:
        size = abs(value)
        power = 0
        while step > 1 and size >= step and power < len(units) - 1:
            size, power = size / step, power + 1
        return f"{math.copysign(size, value):.{int(digits)}f} {units[power]}"

    return humanized


@dataclass(frozen=True, slots=True)
class _Function:
    call: Callable[..., Value] | None
    most: int = 1


FUNCTIONS: Mapping[str, _Function] = {
    **{
        name: _Function(getattr(math, name))
        for name in (
            *("trunc", "ceil", "floor", "exp", "log10", "sin", "cos", "tan", "asin", "acos", "atan"),
            *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
        )
    },
    "atan2": _Function(math.atan2, 2),
    "abs": _Function(abs),
    "int": _Function(int),
    "float": _Function(float),
    "round": _Function(lambda value, digits=0: round(value, int(digits)), 2),
    "sgn": _Function(lambda value: (value > 0) - (value < 0)),
    "to_bool": _Function(lambda value: "true" if value else "false"),
    "humanize_bytes": _Function(_humanized(("B", "KB", "MB", "GB", "TB", "PB"), 1000), 3),
    "humanize_bits": _Function(_humanized(("b", "Kb", "Mb", "Gb", "Tb", "Pb"), 1000), 3),
    # The manual names it and does not say what it gives.
    "dec": _Function(None, 2),
}
"""The functions, and how many arguments each takes at most; the manual shows the `humanize_…` with three."""

_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": math.fmod,
    "^": operator.pow,
}


@dataclass(frozen=True, slots=True)
class Name:
    path: str


@dataclass(frozen=True, slots=True)
class Apply:
    """An operator or a function, and what it is applied to."""

    name: str
    arguments: tuple[Expression, ...]


Expression = float | Name | Apply
Wrong = tuple[str, str | None, tuple[str, ...]]
"""What is wrong: a message, or a sort of word, the word and the known ones."""


class _Malformed(Exception):
    def __init__(self, message: str, word: str | None = None, known: tuple[str, ...] = ()) -> None:
        self.wrong: Wrong = (message, word, known)


def faults(text: str) -> Iterator[Wrong]:
    """What is wrong with an expression; the first thing, as the rest cannot be read then."""
    try:
        _parsed(text)
    except _Malformed as error:
        yield error.wrong


def names(text: str) -> tuple[str, ...]:
    """The variables of an expression, none where it cannot be read."""
    try:
        return tuple(_names(_parsed(text)))
    except _Malformed:
        return ()


def evaluate(text: str, lookup: Callable[[str], str | None]) -> str | None:
    """The value as a message shows it; None where a variable is not known or no number, and where there is no value."""
    try:
        found = _value(_parsed(text), lookup)
        return found if isinstance(found, str) else number(found)
    except (_Malformed, ArithmeticError, ValueError, TypeError):
        return None


def number(value: float) -> str:
    """A number as people write it: without a point where it is whole."""
    if isinstance(value, complex) or not math.isfinite(value):
        raise ValueError(value)
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(round(value, 10))


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Name):
        yield expression.path
    elif isinstance(expression, Apply):
        for argument in expression.arguments:
            yield from _names(argument)


def _value(expression: Expression, lookup: Callable[[str], str | None]) -> Value:
    if isinstance(expression, Name):
        return float(lookup(expression.path) or "")
    if not isinstance(expression, Apply):
        return expression
    values = [_value(argument, lookup) for argument in expression.arguments]
    if expression.name in _OPERATORS:
        return _OPERATORS[expression.name](*values)  # type: ignore[arg-type]
    call = FUNCTIONS[expression.name].call
    if call is None:
        raise ValueError(expression.name)
    return call(*values)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Expression:
    return _Reader(text).whole()


class _Reader:
    """Sums of products of powers, by recursive descent."""

    def __init__(self, text: str) -> None:
        self.tokens = list(self._tokens(text))
        self.at = 0
        self.depth = 0

    def _tokens(self, text: str) -> Iterator[str]:
        at, text = 0, text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise _Malformed(f"`{text[at:].strip()[:20]}` means nothing in an expression")
            yield match.group().strip()
            at = match.end()
        yield _END

    def whole(self) -> Expression:
        found = self.sum()
        if self.next != _END:
            raise _Malformed(f"`{self.next}` is not expected here")
        return found

    @property
    def next(self) -> str:
        return self.tokens[self.at]

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def sum(self) -> Expression:
        return self._chain(("+", "-"), self.product)

    def product(self) -> Expression:
        return self._chain(("*", "/", "%"), self.power)

    def _chain(self, operators: tuple[str, ...], part: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > 3 * MOST_NESTED:
            raise _Malformed(f"nested deeper than {MOST_NESTED} parentheses")
        found, length = part(), 0
        while self.next in operators:
            length += 1
            if length > 10 * MOST_NESTED:
                raise _Malformed("a chain of too many operators")
            found = Apply(self.take(), (found, part()))
        self.depth -= 1
        return found

    def power(self) -> Expression:
        self.depth += 1
        if self.depth > 3 * MOST_NESTED:
            raise _Malformed(f"nested deeper than {MOST_NESTED} parentheses")
        if self.next in ("-", "+"):
            found: Expression = Apply(self.take(), (0, self.power()))
        else:
            found = self.atom()
            if self.next == "^":
                found = Apply(self.take(), (found, self.power()))
        self.depth -= 1
        return found

    def atom(self) -> Expression:
        token = self.take() if self.next != _END else ""
        if token == "(":
            found = self.sum()
            self.expect(")")
            return found
        if token[:1].isdigit() or (token[:1] == "." and token[1:2].isdigit()):
            return float(token)
        if not token or token in "+-*/^%(),":
            raise _Malformed(f"a value is missing before `{token}`" if token else "a value is missing at the end")
        return self.call(token) if self.next == "(" else Name(token)

    def call(self, name: str) -> Expression:
        if name not in FUNCTIONS:
            raise _Malformed("function", name, tuple(FUNCTIONS))
        self.take()
        arguments = [self.sum()]
        while self.next == ",":
            self.take()
            arguments.append(self.sum())
        self.expect(")")
        most = FUNCTIONS[name].most
        least = 2 if name == "atan2" else 1
        if not least <= len(arguments) <= most:
            raise _Malformed(f"`{name}` takes {most if least == most else f'{least} to {most}'} arguments")
        return Apply(name, tuple(arguments))

    def expect(self, token: str) -> None:
        if self.next != token:
            raise _Malformed(f"a `{token}` is missing")
        self.take()
