"""SLO alerts: `error_budget("ID").over("30d") > 75` and
`burn_rate("ID").over("30d").long_window("1h").short_window("5m") > 14.4`. Reference: monitor queries, 8."""

from __future__ import annotations

import re

from ddops.query import chain
from ddops.query.chain import Check
from ddops.query.ending import threshold
from ddops.query.event import HEAD
from ddops.query.expression import text as quoted
from ddops.query.queries import SloQuery, plain
from ddops.query.syntax import shown
from ddops.query.tokens import Cursor
from ddops.query.tree import Method
from ddops.query.window import Window, window

TARGETS = ("7d", "30d", "90d")
"""The windows that an SLO can have a target for."""
COMPARATORS = (">", ">=")
_ID = re.compile(r"[\w-]+|\$\{slo:[^{}\s]+\}", re.ASCII)
_WINDOW = chain.time(("m", "h", "d"))
_BUDGET: dict[str, Check] = {"over": chain.only(TARGETS)}
_RATE: dict[str, Check] = {**_BUDGET, "long_window": _WINDOW, "short_window": _WINDOW}
_FUNCTIONS = {"error_budget": _BUDGET, "burn_rate": _RATE}


def slo(text: str) -> SloQuery:
    """The SLO is an id, or ddops' reference `${slo:KEY}`. Raises QuerySyntaxError."""
    head = HEAD.match(text)
    if head is None or head[1] not in _FUNCTIONS:
        cursor = Cursor(text)
        found = shown(head[1] if head else cursor.token.group())
        cursor.refuse(cursor.start, f'expected `error_budget("…")` or `burn_rate("…")`, not {found}')
    cursor = Cursor(text, head.end())
    if cursor.kind != "string":
        cursor.fail("the id of an SLO in quotes")
    target = quoted(cursor)
    if not _ID.fullmatch(target.value):
        cursor.refuse(target.span[0], f"expected the id of an SLO, 32 hex digits, not {shown(target.value)}")
    cursor.take(")", "`)` after the SLO")
    known = _FUNCTIONS[head[1]]
    methods = chain.calls(cursor, known)
    for name in known:
        chain.needs(cursor, methods, name, example=f'.{name}("{"30d" if name == "over" else "1h"}")')
    windows = {one.name: _read(one) for one in methods}
    end = threshold(cursor, COMPARATORS, before="a call or ")
    span = (head.start(1), end.span[1])
    long, short = windows.get("long_window"), windows.get("short_window")
    return SloQuery(head[1], target, windows["over"], end, long, short, target.quote, span=span)


def _read(call: Method) -> Window:
    place = call.arguments[0].span[0] + 1
    found = window(plain(call.arguments[0]), place)
    assert found is not None, "the call was checked"
    return found
