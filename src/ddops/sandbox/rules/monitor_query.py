"""What a monitor's query must look like for each type, and what can be read off it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ddops.sandbox.exchange import Json, refuse

METRIC_TYPES = frozenset({"metric alert", "query alert"})
# Types over events, with the functions that their queries may begin with; every one also takes formula("…").
EVENT_SOURCES: dict[str, tuple[str, ...]] = {
    "event-v2 alert": ("events",),
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
}
FORMULA_TYPES = frozenset({"cost alert", "data-quality alert", "data-jobs alert"})
TYPES = (
    METRIC_TYPES | FORMULA_TYPES | EVENT_SOURCES.keys() | {"service check", "process alert", "composite", "slo alert"}
)
REFERENCE_TABLE_SOURCES = frozenset({"aggregate_augmented_query", "aggregate_filtered_query"})
INVALID = "The value provided for parameter 'query' is invalid"
# The text ends in a space where no operator was found at all (recorded for a log alert whose query is `query`).
NO_OPERATOR = f"{INVALID}: invalid operator specified: "

QUOTATION = re.compile(r"""\"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
COMPARISON = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*(threshold|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*$")
WINDOW = r"(?:(?:last|next)_\d+(?:mo|[smhdw])|current_1(?:mo|[hdw]))"
AGGREGATOR = r"(?:avg|sum|min|max|count|percentile|p\d+(?:\.\d+)?)"
SHIFT = r"(?:last_\d+(?:mo|[smhdw])|\d+[mhdw]_ago)"
METRIC_HEAD = re.compile(
    rf"(?:{AGGREGATOR}\({WINDOW}\)|(?:change|pct_change)\({AGGREGATOR}\({WINDOW}\)\s*,\s*{SHIFT}\)):\s*(.+)$", re.DOTALL
)
SERIES = re.compile(r"[a-z][\w.]*:[A-Za-z][\w.]*\{[^{}]*\}")
EVENT_TAIL = re.compile(r"\.last\(\s*(['\"]?)(\d+[smhdw]o?)\1\s*\)")
SCOPES = r"""(?:\.(?:over|exclude|by)\((?:[^()"']|"[^"]*"|'[^']*')*\))*"""
SERVICE_CHECK = re.compile(
    rf"""(['"])(?P<check>[\w.\-]+)\1{SCOPES}\.last\((?P<last>\d+)\){SCOPES}\.(?:count|pct)_by_status\(\)$"""
)
COMPOSITE_TOKEN = re.compile(r"\s*(\d+|&&|\|\||[!()])")
QUOTED = r"""["'](?P<{}>\w+)["']"""
SLO_QUERY = re.compile(
    rf"error_budget\({QUOTED.format('slo')}\)\.over\({QUOTED.format('budget_over')}\)$"
    rf"|burn_rate\({QUOTED.format('burning')}\)\.over\({QUOTED.format('over')}\)"
    rf"\.long_window\({QUOTED.format('long')}\)\.short_window\({QUOTED.format('short')}\)$"
)
GROUPING = re.compile(r"\bby\s*\{([^{}]*)\}|\.by\(([^()]*)\)")
# Checks that come from the Agent itself; all others are custom checks, which need a grouping.
AGENT_CHECKS = frozenset({"datadog.agent.up", "datadog.agent.check_status", "ntp.in_sync", "process.up"})


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was accepted; `threshold` None where it ends in no number."""

    text: str
    comparator: str | None = None
    threshold: float | None = None
    last: int | None = None
    monitors: tuple[str, ...] = ()
    slos: tuple[str, ...] = ()
    burn_rate_over: str | None = None


def read(type: str, query: Any) -> Query:
    """Check a query as far as the API is known to, and take it apart."""
    if not isinstance(query, str) or not query.strip():
        refuse(400, INVALID)
    text = query.strip()
    if type == "composite":
        return _composite(text)
    if type == "service check":
        return _service_check(text)
    comparison = COMPARISON.search(text)
    if comparison is None:
        refuse(400, NO_OPERATOR if type in EVENT_SOURCES else INVALID)
    head = text[: comparison.start()]
    if not _balanced(head):
        refuse(400, INVALID)
    number = None if comparison[2] == "threshold" else float(comparison[2])
    if type == "slo alert":
        return _slo(text, head, comparison[1], number)
    if type in METRIC_TYPES:
        _metric(head)
    elif type == "process alert":
        _event(head, ("processes",))
    else:
        _event(head, EVENT_SOURCES.get(type, ()))
    return Query(text, comparison[1], number)


def group_keys(text: str, variables: Any = None) -> list[str]:
    """The keys that a query, or its variables, group by."""
    keys: dict[str, None] = {}
    for match in GROUPING.finditer(_without_search(text)):
        for part in (match[1] or match[2] or "").split(","):
            if key := part.strip().strip("'\""):
                keys[key] = None
    for variable in variables or ():
        # A grouping over reference tables makes no multi alert (recorded).
        if variable.get("data_source") in REFERENCE_TABLE_SOURCES:
            continue
        for group in variable.get("group_by") or ():
            if isinstance(group, dict) and group.get("facet"):
                keys[str(group["facet"])] = None
    return list(keys)


def _without_search(text: str) -> str:
    """Drop the search of an event query, in which `.by(` would mean nothing; a service check begins with its name."""
    if text.startswith(("'", '"')):
        return text
    head, parenthesis, rest = text.partition("(")
    quotation = QUOTATION.match(rest)
    return text if quotation is None else f"{head}{parenthesis}{rest[quotation.end() :]}"


def _metric(head: str) -> None:
    if head.startswith("formula("):
        _event(head, ())
    elif not (match := METRIC_HEAD.match(head)) or not SERIES.search(match[1]):
        refuse(400, INVALID)


def _event(head: str, sources: tuple[str, ...]) -> None:
    if not any(head.startswith(f"{source}(") for source in (*sources, "formula")):
        refuse(400, INVALID)
    if not EVENT_TAIL.search(head) and ".current(" not in head:
        refuse(400, INVALID)


def _service_check(text: str) -> Query:
    match = SERVICE_CHECK.match(text)
    if match is None:
        refuse(400, INVALID)
    if ".by(" not in text and match["check"] not in AGENT_CHECKS:
        refuse(400, "A grouping must be specified for custom checks")
    return Query(text, last=int(match["last"]))


def _composite(text: str) -> Query:
    position, depth, wants_operand = 0, 0, True
    ids: dict[str, None] = {}
    while position < len(text):
        match = COMPOSITE_TOKEN.match(text, position)
        if match is None or (wants_operand is (match[1] in ("&&", "||", ")"))):
            refuse(400, INVALID)
        token, position = match[1], match.end()
        if token.isdigit():
            ids[token] = None
        wants_operand = token in ("&&", "||", "(", "!")
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth < 0:
            refuse(400, INVALID)
    if wants_operand or depth:
        refuse(400, INVALID)
    return Query(text, monitors=tuple(ids))


def _slo(text: str, head: str, comparator: str, number: float | None) -> Query:
    match = SLO_QUERY.match(head)
    if match is None:
        refuse(400, INVALID)
    return Query(text, comparator, number, slos=(match["slo"] or match["burning"],), burn_rate_over=match["over"])


def _balanced(text: str) -> bool:
    """Whether quotes and brackets match."""
    bare = QUOTATION.sub("", text)
    closing = {")": "(", "}": "{", "]": "["}
    stack: list[str] = []
    for character in bare:
        if character in "({[":
            stack.append(character)
        elif character in closing and (not stack or stack.pop() != closing[character]):
            return False
    return not stack and '"' not in bare


def stored_type(type: str, text: str, options: Json) -> str:
    """The server itself picks between the two names of a metric monitor (recorded).

    A metric alert over `current_1mo` becomes a query alert; a query alert over reference tables a metric alert.
    """
    if type == "metric alert" and "(current_1mo)" in text:
        return "query alert"
    sources = {variable.get("data_source") for variable in options.get("variables") or ()}
    if type == "query alert" and sources & REFERENCE_TABLE_SOURCES:
        return "metric alert"
    return type
