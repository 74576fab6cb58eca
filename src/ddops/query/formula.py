"""Formula monitors: `formula("query1 / query2 * 100").last("15m") >= 5`, with the queries in `options.variables`.

Reference: monitor queries, 5 and 9.
"""

from __future__ import annotations

from ddops.query import chain
from ddops.query.chain import Check
from ddops.query.ending import threshold
from ddops.query.event import HEAD
from ddops.query.expression import FORMULA, expression
from ddops.query.expression import text as quoted
from ddops.query.queries import FormulaQuery, plain
from ddops.query.syntax import shown
from ddops.query.tokens import Cursor
from ddops.query.tree import Expression, Method

COST_CHANGES = ("relative", "absolute")
_UNITS = ("m", "h", "d", "w", "mo")


def _change(cursor: Cursor, found: Method) -> None:
    if not found.arguments or plain(found.arguments[0]) not in COST_CHANGES:
        place = found.arguments[0] if found.arguments else found
        cursor.refuse(place.span[0], 'expected "relative" or "absolute" for `.change(…)`')


_CALLS: dict[str, Check] = {
    "rollup": chain.formula_rollup,
    "by": chain.names,
    "last": chain.time(_UNITS),
    "current": chain.time(_UNITS),
    # Of cost monitors; what a forecast is given was never recorded.
    "change": _change,
    "anomaly": chain.anything,
    "forecast": chain.anything,
}


def is_formula(text: str) -> bool:
    head = HEAD.match(text)
    return head is not None and head[1] == "formula"


def formula(text: str) -> FormulaQuery:
    """Raises QuerySyntaxError."""
    head = HEAD.match(text)
    if head is None or head[1] != "formula":
        cursor = Cursor(text)
        found = shown(head[1] if head else cursor.token.group())
        cursor.refuse(cursor.start, f'expected `formula("…")`, not {found}')
    cursor = Cursor(text, head.end())
    if cursor.kind != "string":
        cursor.fail("the formula in quotes")
    inside = quoted(cursor)
    cursor.take(")", "`)` after the formula")
    inner = Cursor(text, inside.span[0] + len(inside.quote), inside.span[1] - len(inside.quote))
    watched = within(inner)
    methods = chain.calls(cursor, _CALLS)
    chain.needs(cursor, methods, "last", "current", example='.last("5m")')
    end = threshold(cursor, before="a call or ")
    return FormulaQuery(methods, watched, inside.quote, end, span=(head.start(1), end.span[1]))


def within(cursor: Cursor) -> Expression:
    """The formula that the cursor holds, whole."""
    found = expression(cursor, FORMULA)
    cursor.take("end", "an operator or the end of the formula")
    return found
