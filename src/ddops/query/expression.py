"""Arithmetic over series (metric queries) or over names of queries (formulas), with functions and methods.

Reference: monitor queries, 2.1 and 2.10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from ddops.query import functions
from ddops.query.filter import scope
from ddops.query.syntax import not_known, one_of, shown
from ddops.query.tokens import (
    BRACES_INSIDE,
    BY_KEYS,
    METHOD_NAME,
    SERIES_AGGREGATOR,
    SERIES_METRIC,
    SERIES_SCOPE,
    Cursor,
)
from ddops.query.tree import (
    Argument,
    Arithmetic,
    Call,
    Expression,
    GroupBy,
    Keyword,
    Method,
    Negative,
    Number,
    Parenthesis,
    Scope,
    Series,
    Text,
    Word,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an expression may hold. `operand` names an operand in errors."""

    series: bool
    monitor: bool
    operand: str


MONITOR = Dialect(True, True, "a metric such as `avg:system.cpu.user{*}`")
DASHBOARD = Dialect(True, False, "a metric such as `avg:system.cpu.user{*}`")
FORMULA = Dialect(False, False, "the name of a query")

_MULTIPLY = ("*", "/")
_OPERATORS = frozenset("+-*/")
_LONGEST_METRIC = 200
_KEY = re.compile(r"[\w.\-/@:*$#\\]+")


def expression(cursor: Cursor, dialect: Dialect) -> Expression:
    """Parses as far as an expression goes. Raises QuerySyntaxError."""
    first = _term(cursor, dialect)
    if cursor.kinds[cursor.at] not in _OPERATORS:
        return first
    operands, operators = [first], []
    while cursor.kinds[cursor.at] in _OPERATORS:
        operators.append(cursor.kinds[cursor.at])
        cursor.at += 1
        operands.append(_term(cursor, dialect))
    return _grouped(operands, operators)


def _grouped(operands: list[Expression], operators: list[str]) -> Expression:
    """`*` and `/` bind before `+` and `-`."""
    if all(operator in _MULTIPLY for operator in operators) or not any(operator in _MULTIPLY for operator in operators):
        return _arithmetic(operands, operators)
    terms: list[Expression] = []
    outer: list[str] = []
    factors, inner = [operands[0]], []
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator in _MULTIPLY:
            factors.append(operand)
            inner.append(operator)
        else:
            terms.append(_arithmetic(factors, inner))
            outer.append(operator)
            factors, inner = [operand], []
    return _arithmetic([*terms, _arithmetic(factors, inner)], outer)


def _arithmetic(operands: list[Expression], operators: list[str]) -> Expression:
    if not operators:
        return operands[0]
    return Arithmetic(tuple(operands), tuple(operators), span=(operands[0].span[0], operands[-1].span[1]))


def _term(cursor: Cursor, dialect: Dialect) -> Expression:
    kind = cursor.kinds[cursor.at]
    if kind == "series" and dialect.series:
        return _series(cursor, dialect)
    if kind == "number":
        token = cursor.next()
        return Number(token.group(), span=token.span())
    if kind == "word":
        if cursor.kinds[cursor.at + 1] == "(":
            return _call(cursor, dialect)
        if not dialect.series:
            token = cursor.next()
            return Word(token.group(), span=token.span())
        _no_series(cursor, dialect)
    if kind == "(":
        return _parenthesis(cursor, dialect)
    if kind != "-":
        cursor.fail(f"{dialect.operand}, a number, a function or `(`")
    return _negative(cursor, dialect)


def _series(cursor: Cursor, dialect: Dialect) -> Series:
    token = cursor.next()
    aggregator, metric = token[SERIES_AGGREGATOR], token[SERIES_METRIC]
    if aggregator is None:
        # A dashboard may leave it out (shipped ones do).
        if dialect.monitor:
            cursor.refuse(
                token.start(), f"expected an aggregator before the metric: `avg:{metric}`, or sum, min, max, count, p95"
            )
    elif not functions.is_space_aggregator(aggregator):
        cursor.refuse(token.start(), not_known("aggregator", aggregator, (*functions.SPACE_AGGREGATORS, "p95")))
    if len(metric) > _LONGEST_METRIC:
        cursor.refuse(
            token.start(SERIES_METRIC), f"a metric's name has at most {_LONGEST_METRIC} characters, not {len(metric)}"
        )
    inside = token.span(SERIES_SCOPE)
    filtered = scope(cursor.text, (inside[0] - 1, inside[1] + 1), monitor=dialect.monitor)
    by = _by(cursor)
    methods = _methods(cursor, dialect) if cursor.kinds[cursor.at] == "method" else ()
    return Series(aggregator, metric, filtered, by, methods, span=(token.start(), cursor.done))


def _no_series(cursor: Cursor, dialect: Dialect) -> NoReturn:
    """Says what a word lacks to be a series."""
    word, after = cursor.token.group(), cursor.kinds[cursor.at + 1]
    if after == ":":
        if not functions.is_space_aggregator(word):
            cursor.refuse(cursor.start, not_known("aggregator", word, (*functions.SPACE_AGGREGATORS, "p95")))
        cursor.at += 2
        if cursor.kind == "word" and cursor.kinds[cursor.at + 1] not in ("braces", "by"):
            cursor.at += 1
            cursor.fail("the scope of the metric: `{*}` or `{env:prod}`")
        cursor.fail("the name of a metric and its scope, such as `system.cpu.user{*}`")
    if "." in word:
        cursor.refuse(cursor.start, f"expected an aggregator and a scope around the metric: `avg:{word[:60]}{{*}}`")
    cursor.fail(f"{dialect.operand}, a number, a function or `(`")


def _by(cursor: Cursor) -> GroupBy | None:
    if cursor.kinds[cursor.at] != "by":
        return None
    token = cursor.next()
    keys = tuple(key.strip() for key in token[BY_KEYS].split(","))
    for key in keys:
        if not _KEY.fullmatch(key):
            problem = f"{shown(key)} is no tag key" if key else "expected a tag key to group by"
            cursor.refuse(token.start(BY_KEYS), problem)
    return GroupBy(keys, span=token.span())


def _call(cursor: Cursor, dialect: Dialect) -> Call:
    name = cursor.next()
    function = name.group()
    if dialect.monitor and not functions.is_function(function):
        cursor.refuse(name.start(), not_known("function", function, functions.FUNCTIONS))
    cursor.enter()
    cursor.at += 1
    found = [_first(cursor, dialect)]
    while cursor.kinds[cursor.at] == ",":
        cursor.at += 1
        found.append(argument(cursor, dialect))
    cursor.take(")", "`,` or `)`")
    cursor.depth -= 1
    by = _by(cursor)
    methods = _methods(cursor, dialect) if cursor.kinds[cursor.at] == "method" else ()
    return Call(function, tuple(found), methods, by, span=(name.start(), cursor.done))


def _first(cursor: Cursor, dialect: Dialect) -> Argument:
    """A function of a monitor works on an expression."""
    return expression(cursor, dialect) if dialect.monitor else argument(cursor, dialect)


def _parenthesis(cursor: Cursor, dialect: Dialect) -> Parenthesis:
    opening = cursor.token
    cursor.enter()
    cursor.at += 1
    inner = expression(cursor, dialect)
    cursor.take(")", "`)` or an operator")
    cursor.depth -= 1
    by = _by(cursor)
    methods = _methods(cursor, dialect) if cursor.kinds[cursor.at] == "method" else ()
    return Parenthesis(inner, methods, by, span=(opening.start(), cursor.done))


def _negative(cursor: Cursor, dialect: Dialect) -> Expression:
    sign = cursor.token
    cursor.enter()
    cursor.at += 1
    operand = _term(cursor, dialect)
    cursor.depth -= 1
    span = (sign.start(), operand.span[1])
    if isinstance(operand, Number) and not operand.text.startswith("-"):
        return Number(f"-{operand.text}", span=span)
    return Negative(operand, span=span)


def argument(cursor: Cursor, dialect: Dialect) -> Argument:
    """One argument of a function: an expression, a text, a bare word, `name=value`, or a scope."""
    kind = cursor.kinds[cursor.at]
    if kind == "string":
        return text(cursor)
    if kind == "word":
        after = cursor.kinds[cursor.at + 1]
        if after == "=":
            return _keyword(cursor)
        if after in (",", ")"):
            token = cursor.next()
            return Word(token.group(), span=token.span())
    if kind == "braces":
        # `percentile(query1, 'p90', { * })`, seen in a dashboard.
        token = cursor.next()
        found = scope(cursor.text, (token.start(BRACES_INSIDE) - 1, token.end()), monitor=dialect.monitor)
        return Scope(found.condition, span=token.span())
    return expression(cursor, dialect)


def text(cursor: Cursor) -> Text:
    token = cursor.next()
    written = token.group()
    quote = written[:2] if written[0] == "\\" else written[0]
    return Text(written[len(quote) : -len(quote)], quote, span=token.span())


def value(cursor: Cursor, expected: str) -> Number | Text | Word:
    """A plain value: a number with its sign, a text, a bare word, a window such as `10d`."""
    kind = cursor.kinds[cursor.at]
    if kind == "string":
        return text(cursor)
    start = cursor.start
    if kind == "-":
        cursor.at += 1
        token = cursor.take("number", "a number")
        return Number(f"-{token.group()}", span=(start, token.end()))
    if kind not in ("number", "word", "span"):
        cursor.fail(expected)
    token = cursor.next()
    plain = Number if kind == "number" else Word
    return plain(token.group(), span=token.span())


def _keyword(cursor: Cursor) -> Keyword:
    name = cursor.next()
    cursor.at += 1
    found = value(cursor, f"the value of {name.group()}")
    return Keyword(name.group(), found, span=(name.start(), found.span[1]))


def method(cursor: Cursor) -> Method:
    """`.name(arguments)`; the cursor stands on it."""
    token = cursor.next()
    found: list[Argument] = []
    if cursor.kinds[cursor.at] != ")":
        while True:
            keyword = cursor.kinds[cursor.at] == "word" and cursor.kinds[cursor.at + 1] == "="
            found.append(_keyword(cursor) if keyword else value(cursor, "an argument or `)`"))
            if cursor.kinds[cursor.at] != ",":
                break
            cursor.at += 1
    closing = cursor.take(")", "`,` or `)`")
    return Method(token[METHOD_NAME], tuple(found), span=(token.start(), closing.end()))


def _methods(cursor: Cursor, dialect: Dialect) -> tuple[Method, ...]:
    found = []
    while cursor.kinds[cursor.at] == "method":
        one = method(cursor)
        if dialect.monitor:
            _check_method(cursor, one)
        found.append(one)
    return tuple(found)


def _check_method(cursor: Cursor, found: Method) -> None:
    if found.name not in functions.METHODS:
        cursor.refuse(found.span[0], not_known("method", found.name, functions.METHODS))
    if found.name == "fill":
        first = found.arguments[0] if found.arguments else None
        if not isinstance(first, Number) and (first is None or _bare(first) not in functions.FILLS):
            cursor.refuse(first.span[0] if first else found.span[0], f"expected how to fill: {one_of(functions.FILLS)}")
    elif found.name == "rollup" and found.arguments:
        first = found.arguments[0]
        if not isinstance(first, Number) and not functions.is_space_aggregator(_bare(first)):
            cursor.refuse(first.span[0], not_known("aggregator", _bare(first), functions.SPACE_AGGREGATORS))
    elif found.name != "rollup" and found.arguments:
        cursor.refuse(found.arguments[0].span[0], f"`.{found.name}()` takes no arguments")


def _bare(node: Argument) -> str:
    return node.value if isinstance(node, Text) else str(node)
