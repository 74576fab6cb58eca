"""Monitors of events and their like: `logs("status:error").index("main").rollup("count").by("host").last("5m") > 10`.

Reference: monitor queries, 4 and 6.
"""

from __future__ import annotations

import re

from ddops.query import chain
from ddops.query.chain import Check
from ddops.query.ending import threshold
from ddops.query.expression import text as quoted
from ddops.query.queries import EventQuery
from ddops.query.search import search_within
from ddops.query.syntax import one_of, shown
from ddops.query.tokens import Cursor
from ddops.query.tree import Method

# Types over events, with the words that their queries may begin with.
SOURCES: dict[str, tuple[str, ...]] = {
    "event-v2 alert": ("events",),
    # The old type: no longer created, still read.
    "event alert": ("events",),
    "log alert": ("logs",),
    "rum alert": ("rum",),
    "trace-analytics alert": ("trace-analytics",),
    "error-tracking alert": (
        "error-tracking",
        "error-tracking-rum",
        "error-tracking-traces",
        "error-tracking-logs",
    ),
    "ci-pipelines alert": ("ci-pipelines",),
    "ci-tests alert": ("ci-tests",),
    "audit alert": ("audits",),
    "database-monitoring alert": ("database-monitoring",),
    "network-performance alert": ("network-performance",),
    "network-path alert": ("network-path",),
    "llm-observability alert": ("llm-observability",),
    "process alert": ("processes",),
}

HEAD = re.compile(r"\s*([A-Za-z][\w-]*)\s*\(", re.ASCII)

_CALLS: dict[str, Check] = {
    "rollup": chain.rollup,
    "by": chain.names,
    "last": chain.time(("m", "h", "d", "w", "mo")),
    "current": chain.time(("h", "d", "mo")),
    "index": chain.texts,
    "storage": chain.texts,
}
_ERRORS: dict[str, Check] = {
    **_CALLS,
    "source": chain.only(("all", "browser", "mobile", "backend")),
    "new": chain.nothing,
    "impact": chain.nothing,
}
_PROCESSES: dict[str, Check] = {
    "over": chain.texts,
    "rollup": chain.rollup,
    "by": chain.names,
    "last": chain.time(("s", "m", "h", "d")),
}


def event(text: str, sources: tuple[str, ...]) -> EventQuery:
    """Parses a query that begins with one of `sources`. Raises QuerySyntaxError."""
    head = HEAD.match(text)
    if head is None or head[1] not in sources:
        cursor = Cursor(text)
        words = one_of(f'`{source}("…")`' for source in (*sources, "formula"))
        found = shown(head[1]) if head else shown(cursor.token.group())
        # The server's own words name the operator alone where a query is none at all (recorded).
        ending = "and ends in a comparator and a number"
        cursor.refuse(cursor.start, f"expected a query that begins with {words} {ending}, not {found}")
    cursor = Cursor(text, head.end())
    if cursor.kind != "string":
        cursor.fail("the search in quotes")
    wanted = quoted(cursor)
    cursor.take(")", '`)` after the search; a quote inside it is written `\\"`')
    source = head[1]
    inside = (wanted.span[0] + len(wanted.quote), wanted.span[1] - len(wanted.quote))
    condition = search_within(text, inside)
    is_error = source.startswith("error-tracking")
    methods = chain.calls(cursor, _PROCESSES if source == "processes" else _ERRORS if is_error else _CALLS)
    if not is_error:
        chain.needs(cursor, methods, "rollup", example='.rollup("count")')
    chain.needs(cursor, methods, "last", "current", example='.last("5m")')
    _check_counts(cursor, source, methods)
    end = threshold(cursor, before="a call or ")
    return EventQuery(methods, source, wanted, condition, end, span=(head.start(1), end.span[1]))


def _check_counts(cursor: Cursor, source: str, methods: tuple[Method, ...]) -> None:
    names = {one.name for one in methods}
    if source == "error-tracking" and {"new", "impact"} <= names:
        later = next(one for one in reversed(methods) if one.name in ("new", "impact"))
        cursor.refuse(later.span[0], "`.new()` and `.impact()` exclude each other")
