"""Service checks: `"http.can_connect".over("env:prod").by("host","url").last(3).count_by_status()`.

Reference: monitor queries, 3.
"""

from __future__ import annotations

from ddops.query import chain
from ddops.query.chain import Check
from ddops.query.expression import text as quoted
from ddops.query.queries import ServiceCheckQuery
from ddops.query.tokens import Cursor
from ddops.query.tree import Method, Number

MOST_RUNS = 100
"""Of `.last(n)` (reference: monitor queries, 3)."""
STATUSES = ("count_by_status", "pct_by_status")


def _last(cursor: Cursor, found: Method) -> None:
    given = found.arguments[0] if len(found.arguments) == 1 else None
    if not isinstance(given, Number) or not given.text.isdecimal() or not 1 <= int(given.text[:4]) <= MOST_RUNS:
        place = given or found
        cursor.refuse(place.span[0], f"expected how many check runs count, 1 to {MOST_RUNS}: `.last(3)`")


_CALLS: dict[str, Check] = {
    "over": chain.texts,
    "exclude": chain.texts,
    "by": chain.texts,
    "last": _last,
    "count_by_status": chain.nothing,
    "pct_by_status": chain.nothing,
}


def check(text: str) -> ServiceCheckQuery:
    """The calls stand in any order before the last, which says how statuses are counted.

    Raises QuerySyntaxError."""
    cursor = Cursor(text)
    start = cursor.start
    if cursor.kind != "string":
        cursor.fail('the name of a check in quotes, such as `"http.can_connect"`')
    name = quoted(cursor)
    if not name.value.strip():
        cursor.refuse(start, "expected the name of a check between the quotes")
    methods = chain.calls(cursor, _CALLS)
    chain.needs(cursor, methods, "last", example=".last(3)")
    chain.needs(cursor, methods, *STATUSES, example=".count_by_status()")
    for one in methods[:-1]:
        if one.name in STATUSES:
            cursor.refuse(one.span[1], f"expected the end of the query after `.{one.name}()`")
    if cursor.kind == "comparator":
        cursor.refuse(cursor.start, "a service check has no comparator: its thresholds stand in options.thresholds")
    cursor.take("end", "the end of the query")
    return ServiceCheckQuery(methods, name, span=(start, methods[-1].span[1]))
