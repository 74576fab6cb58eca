"""Composites: `(123 && !456) || ${monitor:api-errors.prod}`. Reference: monitor queries, 7."""

from __future__ import annotations

from ddops.query.condition import And, Condition, Group, MonitorId, Not, Or
from ddops.query.queries import CompositeQuery
from ddops.query.tokens import Cursor

MOST_MONITORS = 10
"""Different monitors in one composite (docs: monitors/types/composite)."""
_OPERAND = "the id of a monitor, `!` or `(`"


def composite(text: str) -> CompositeQuery:
    """An id is a number, or ddops' reference `${monitor:KEY}`. Raises QuerySyntaxError."""
    cursor = Cursor(text)
    condition = _either(cursor)
    cursor.take("end", "`&&`, `||` or the end of the query")
    found = CompositeQuery(condition, span=condition.span)
    if len(found.monitors) > MOST_MONITORS:
        cursor.refuse(condition.span[0], f"a composite has at most {MOST_MONITORS} monitors, not {len(found.monitors)}")
    return found


def _either(cursor: Cursor) -> Condition:
    items = [_both(cursor)]
    while cursor.kinds[cursor.at] == "||":
        cursor.at += 1
        items.append(_both(cursor))
    if len(items) == 1:
        return items[0]
    return Or(tuple(items), ("||",) * (len(items) - 1), span=(items[0].span[0], items[-1].span[1]))


def _both(cursor: Cursor) -> Condition:
    items = [_one(cursor)]
    while cursor.kinds[cursor.at] == "&&":
        cursor.at += 1
        items.append(_one(cursor))
    if len(items) == 1:
        return items[0]
    return And(tuple(items), ("&&",) * (len(items) - 1), span=(items[0].span[0], items[-1].span[1]))


def _one(cursor: Cursor) -> Condition:
    kind, token = cursor.kinds[cursor.at], cursor.token
    text = token.group()
    if kind == "number" and text.isdecimal():
        cursor.at += 1
        return MonitorId(text, span=token.span())
    if kind == "reference":
        if not text.startswith("${monitor:") or text == "${monitor:}":
            cursor.fail("a reference to a monitor, `${monitor:KEY}`")
        cursor.at += 1
        return MonitorId(text, span=token.span())
    if kind not in ("!", "("):
        cursor.fail(_OPERAND)
    cursor.enter()
    cursor.at += 1
    found: Condition
    if kind == "!":
        item = _one(cursor)
        found = Not(item, "!", span=(token.start(), item.span[1]))
    else:
        inner = _either(cursor)
        closing = cursor.take(")", "`)`, `&&` or `||`")
        found = Group(inner, span=(token.start(), closing.end()))
    cursor.depth -= 1
    return found
