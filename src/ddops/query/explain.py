"""A query in one sentence: what it watches and when it alerts."""

from __future__ import annotations

from functools import singledispatch

from ddops.query.algorithms import Algorithm, algorithm
from ddops.query.phrases import COMPARED, condition, group_by, monitors, ordinal, watched
from ddops.query.queries import (
    CompositeQuery,
    EventQuery,
    FormulaQuery,
    MetricQuery,
    Query,
    ServiceCheckQuery,
    SloQuery,
    Threshold,
    plain,
)
from ddops.query.window import Window

_EVENTS = {
    "events": "events",
    "logs": "logs",
    "rum": "RUM events",
    "trace-analytics": "spans",
    "audits": "audit events",
    "ci-pipelines": "CI pipeline events",
    "ci-tests": "CI test events",
    "database-monitoring": "database events",
    "network-performance": "network flows",
    "network-path": "network path events",
    "llm-observability": "LLM events",
    "processes": "processes",
}
_OVERALL = {"avg": "average", "sum": "sum", "min": "minimum", "max": "maximum", "percentile": "value"}
_EACH_POINT = {
    ("min", ">"): "at all times",
    ("min", "<"): "at least once",
    ("max", ">"): "at least once",
    ("max", "<"): "at all times",
}
"""What the time aggregators `min` and `max` come to (docs: monitors/guide/monitor_aggregators)."""


@singledispatch
def explain(query: Query) -> str:
    """One sentence, in plain English."""
    return "The synthetic test that the monitor belongs to decides when it alerts."


@explain.register
def _(query: MetricQuery) -> str:
    each = group_by(query.group_by)
    found = algorithm(query.expression)
    if found is not None:
        return f"Alerts{each} when {_algorithm(query, found)}."
    what, over, limit = watched(query.expression), _over(query.window), _limit(query.end)
    if query.change:
        return f"Alerts{each} when {_change(query, what)}."
    times = _EACH_POINT.get((query.aggregator, query.end.comparator[0]))
    if times and query.end.comparator not in ("==", "!="):
        return f"Alerts{each} when {what} is {limit} {times} {_during(query.window)}."
    return f"Alerts{each} when the {_OVERALL[query.aggregator]} {over} of {what} is {limit}."


def _change(query: MetricQuery, what: str) -> str:
    assert query.change is not None
    relative = "relative change, in percent," if query.change.function == "pct_change" else "change"
    before = f"{query.change.shift.words} before"
    of = f"the {_OVERALL[query.aggregator]} {_over(query.window)} of {what}"
    return f"the {relative} of {of}, compared with {before}, is {_limit(query.end)}"


def _algorithm(query: MetricQuery, found: Algorithm) -> str:
    what = watched(found.watched)
    deviations = f"{found.tolerance:g} deviations" if found.tolerance is not None else "its band"
    if found.name == "anomalies":
        side = {"above": "above", "below": "below"}.get(found.options.get("direction", ""), "outside")
        over = found.alert_window or query.window
        share = f"{query.threshold * 100:g}%" if query.threshold is not None else "a changing share"
        least = "at least " if query.comparator == ">=" else "more than " if query.comparator == ">" else ""
        band = f"{side} the expected band ({found.method}, {deviations})"
        return f"{least}{share} of the points {_over(over)} of {what} are {band}"
    if found.name == "outliers":
        tolerance = f", tolerance {found.tolerance:g}" if found.tolerance is not None else ""
        return f"one group of {what} behaves unlike the others {_over(query.window)} ({found.method}{tolerance})"
    model = f"({found.method}, {deviations})"
    return f"{what} is forecast {model} to be {_limit(query.end)} {_over(query.window)}"


@explain.register
def _(query: EventQuery) -> str:
    events = _EVENTS.get(query.source_name, "new errors" if query.method("new") else "errors")
    search = query.quoted.value.strip()
    matching = f"{events} that match `{search}`" if search not in ("", "*") else f"all {events}"
    if query.indexes and query.indexes != ("*",):
        matching += f" in the index {' or '.join(query.indexes)}"
    if over := query.arguments("over"):
        matching += f" on {' and '.join(over)}"
    number = _number(query.aggregator, query.measure)
    value = f"the {number} {matching} {_over(query.evaluation)}"
    return f"Alerts{group_by(query.group_by)} when {value} is {_limit(query.end)}."


def _number(aggregator: str, measure: str | None) -> str:
    if aggregator == "count":
        return "number of"
    if aggregator == "cardinality":
        return f"number of different {measure} of"
    if aggregator.startswith("p"):
        return f"{ordinal(aggregator.lstrip('pc'))} percentile of {measure} of"
    return f"{_OVERALL.get(aggregator, aggregator)} of {measure} of"


@explain.register
def _(query: FormulaQuery) -> str:
    limit = _limit(query.end)
    value = f"`{query.expression}`"
    if rollup := query.arguments("rollup"):
        value = f"the {_OVERALL.get(rollup[0], rollup[0])} of {value}"
    value = f"{value} {_over(query.evaluation)}"
    if change := query.method("change"):
        value = f"the {plain(change.arguments[0])} change of {value}"
    elif query.method("anomaly"):
        value = f"the anomaly of {value}"
    elif query.method("forecast"):
        value = f"the forecast of {value}"
    return f"Alerts{group_by(query.group_by)} when {value} is {limit}, with the queries of options.variables."


@explain.register
def _(query: ServiceCheckQuery) -> str:
    over = " and ".join(tag for tag in query.arguments("over") if tag != "*")
    check = f"the check {query.check.value}{f' on {over}' if over else ''}"
    if excluded := query.arguments("exclude"):
        check = f"{check}, without {' and '.join(excluded)},"
    runs = "in its last run" if query.last == 1 else f"in its last {query.last} runs"
    counted = "percentages" if query.percentage else "counts"
    each = group_by(query.group_by)
    return f"Alerts{each} when {check} fails {runs}: the {counted} stand in options.thresholds."


@explain.register
def _(query: CompositeQuery) -> str:
    return f"Alerts when {condition(query.condition, monitors)}."


@explain.register
def _(query: SloQuery) -> str:
    target = f"the error budget of the SLO {query.slo.value} over {query.over.words}"
    if query.long_window is None or query.short_window is None:
        return f"Alerts when the used share of {target} is {_limit(query.end)} percent."
    both = f"both over the last {query.long_window.words} and over the last {query.short_window.words}"
    return f"Alerts when the burn rate of {target} is {_limit(query.end)}, {both}."


def _limit(end: Threshold) -> str:
    limit = end.limit if end.value is not None else "the threshold of options.thresholds.critical_query"
    return f"{COMPARED[end.comparator]} {limit}"


def _over(window: Window | None) -> str:
    if window is None:
        return "over its window"
    if window.kind == "current":
        return f"since the start of the {window.words[2:]}"
    if window.kind == "next":
        return f"within the next {window.words}"
    return f"over the last {window.words}"


def _during(window: Window) -> str:
    return _over(window).replace("over the last", "during the last")
