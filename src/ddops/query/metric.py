"""Metric monitors: `avg(last_5m):avg:system.cpu.user{*} by {host} > 90`, and with `change(…)`.

Reference: monitor queries, 2.
"""

from __future__ import annotations

from ddops.query import algorithms
from ddops.query.ending import threshold
from ddops.query.expression import MONITOR, expression
from ddops.query.functions import TIME_AGGREGATORS
from ddops.query.queries import Change, MetricQuery
from ddops.query.syntax import not_known, shown
from ddops.query.tokens import Cursor
from ddops.query.tree import Series
from ddops.query.window import SECONDS, Window, window

CHANGES = ("change", "pct_change")
LONGEST = SECONDS["mo"] + SECONDS["d"]
"""Seconds of an evaluation window: the UI goes up to a month, of 31 days at most (docs: monitors/types/metric)."""
_LAST = "a window such as last_5m, last_1h, current_1d or next_1w"


def metric(text: str) -> MetricQuery:
    """Raises QuerySyntaxError."""
    cursor = Cursor(text)
    start = cursor.start
    word = cursor.take("word", "a time aggregator such as `avg(last_5m):`")
    change: Change | None = None
    if word.group() in CHANGES:
        cursor.take("(", "`(`")
        aggregator, over = _aggregated(cursor, cursor.take("word", "a time aggregator: avg, sum, min or max").group())
        cursor.take(",", "`,` and what to compare with")
        shift = _window(cursor, ("last", "ago"), "a shift such as last_1h or 1h_ago")
        closing = cursor.take(")", "`)`")
        change = Change(word.group(), shift, span=(start, closing.end()))
    else:
        aggregator, over = _aggregated(cursor, word.group())
    cursor.take(":", "`:`")
    watched = expression(cursor, MONITOR)
    end = threshold(cursor)
    if not any(isinstance(node, Series) for node in watched.walk()):
        cursor.refuse(watched.span[0], "expected a metric such as `avg:system.cpu.user{*}`, there are only numbers")
    algorithms.check(text, watched)
    return MetricQuery(aggregator, over, watched, end, change, span=(start, end.span[1]))


def _aggregated(cursor: Cursor, aggregator: str) -> tuple[str, Window]:
    if aggregator not in TIME_AGGREGATORS:
        place = cursor.tokens[cursor.at - 1].start()
        if cursor.kind != "(":
            cursor.refuse(place, f"expected a time aggregator such as `avg(last_5m):`, not {shown(aggregator)}")
        cursor.refuse(place, not_known("time aggregator", aggregator, (*TIME_AGGREGATORS, *CHANGES)))
    cursor.take("(", "`(` and a window")
    over = _window(cursor, ("last", "current", "next"), _LAST)
    cursor.take(")", "`)`")
    if over.kind == "last" and over.seconds > LONGEST:
        cursor.refuse(over.span[0], f"{over.text} is longer than a month")
    return aggregator, over


def _window(cursor: Cursor, kinds: tuple[str, ...], expected: str) -> Window:
    if cursor.kind not in ("word", "span"):
        cursor.fail(expected)
    found = window(cursor.token.group(), cursor.start)
    if found is None or found.kind not in kinds or found.unit == "s":
        cursor.fail(expected)
    cursor.at += 1
    return found
