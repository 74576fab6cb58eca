"""How most queries end: a comparator and a number."""

from __future__ import annotations

from ddops.query.queries import Threshold
from ddops.query.tokens import Cursor
from ddops.query.tree import Number, Word

COMPARATORS = (">", ">=", "<", "<=", "==", "!=")
DYNAMIC = "threshold"
"""Stands for the number where `options.thresholds.critical_query` gives it (reference: monitor queries, 5)."""


def threshold(cursor: Cursor, comparators: tuple[str, ...] = COMPARATORS, before: str = "an operator or ") -> Threshold:
    """Parses the end of a query and that nothing follows. `before` is what else could stand here.

    Raises QuerySyntaxError.
    """
    expected = f"{before}a comparator ({' '.join(comparators)})"
    token = cursor.take("comparator", expected)
    comparator = token.group()
    if comparator not in comparators:
        cursor.refuse(token.start(), f"expected a comparator ({' '.join(comparators)}), not '{comparator}'")
    limit = _limit(cursor)
    cursor.take("end", "the end of the query after the threshold")
    return Threshold(comparator, limit, span=(token.start(), limit.span[1]))


def _limit(cursor: Cursor) -> Number | Word:
    start = cursor.start
    sign = "-" if cursor.kind == "-" else ""
    if sign:
        cursor.at += 1
    elif cursor.kind == "word" and cursor.token.group() == DYNAMIC:
        token = cursor.next()
        return Word(DYNAMIC, span=token.span())
    if cursor.kind == "stray" and cursor.token.group() == ".":
        cursor.refuse(cursor.start, "expected the threshold, a number; below one it is written with its zero: 0.5")
    token = cursor.take("number", "the threshold, a number")
    return Number(sign + token.group(), span=(start, token.end()))
