"""Whether another number lets more pass (looser) or less (tighter)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeGuard

from ddops.kinds.contract import Body, Json
from ddops.meaning.contract import Sense
from ddops.query.monitor import parse
from ddops.query.queries import EventQuery, FormulaQuery, MetricQuery, Query, ServiceCheckQuery, SloQuery
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import Word

_ABOVE, _BELOW = frozenset({">", ">="}), frozenset({"<", "<="})
_COMPARED = MetricQuery | EventQuery | FormulaQuery | SloQuery
_THRESHOLD = re.compile(r"options\.thresholds\.(critical|warning|unknown)")

_MORE_IS_LOOSER = {
    "synthetics_test": re.compile(r"options\.(min_failure_duration|min_location_failed|retry\.count)"),
}
_LESS_IS_LOOSER = {"slo": re.compile(r"(target|warning)_threshold")}


def read(body: Body) -> Query | None:
    """The syntax tree of a monitor's query, None where it has none or it cannot be parsed."""
    try:
        return parse(str(body.get("type")), str(body.get("query") or ""))
    except QuerySyntaxError:
        return None


def sense(kind: str, path: str, before: Json, after: Json, old: Body, new: Body) -> Sense | None:
    """What the change at `path` makes of the alerts of an object that was `old` and is `new`; None where a number says
    nothing of that, or nobody can tell: where what it is compared with changes as well."""
    if kind == "monitor" and path == "query":
        one, other = read(old), read(new)
        return _of_queries(one, other) if same_measure(old, new) else None
    if kind == "slo" and path == "thresholds":
        return _of_targets(before, after)
    if not _is_number(before) or not _is_number(after):
        return None
    if kind == "monitor" and _THRESHOLD.fullmatch(path):
        return way(before, after, old, new) if same_measure(old, new) else None
    for table, comparator in ((_MORE_IS_LOOSER, ">"), (_LESS_IS_LOOSER, "<")):
        if kind in table and table[kind].fullmatch(path):
            return _of(before, after, comparator)
    return None


def way(before: Json, after: Json, old: Body, new: Body) -> Sense | None:
    """The way in which a threshold goes, whatever it is compared with; None where the comparator changes as well, or
    one of both is no number."""
    comparator = comparator_of(old)
    if not _is_number(before) or not _is_number(after) or comparator != comparator_of(new):
        return None
    return _of(before, after, comparator)


def same_measure(old: Body, new: Body) -> bool:
    """Whether two monitors compare the same value with their thresholds: their queries differ in the last number at
    most. In another unit, or over another time, 8000 need not be more than 8."""
    one, other = read(old), read(new)
    variables = [(body.get("options") or {}).get("variables") or [] for body in (old, new)]
    return one is not None and other is not None and _measured(one) == _measured(other) and variables[0] == variables[1]


def _measured(query: Query) -> Query:
    """The query but for how much is too much."""
    if isinstance(query, ServiceCheckQuery):
        # As many runs are looked at as the highest threshold wants (reference: monitor queries, service check).
        return replace(query, methods=tuple(method for method in query.methods if method.name != "last"))
    if isinstance(query, _COMPARED):
        return replace(query, end=replace(query.end, limit=Word("threshold")))
    return query


def comparator_of(monitor: Body) -> str | None:
    """The comparator of a monitor's query: `>` for a service check, which counts failures."""
    if monitor.get("type") == "service check":
        return ">"
    found = read(monitor)
    return found.comparator if found is not None else None


def _of_queries(old: Query | None, new: Query | None) -> Sense | None:
    """Of two queries that differ in their last number alone."""
    if old is None or new is None or old.threshold is None or new.threshold is None:
        return None
    return _of(old.threshold, new.threshold, old.comparator)


def _of_targets(before: Json, after: Json) -> Sense | None:
    """Of an SLO's thresholds, one for each timeframe: None where one came or went, or they go different ways."""
    one, other = _by_timeframe(before), _by_timeframe(after)
    if one.keys() != other.keys():
        return None
    pairs = [
        (one[timeframe].get(name), other[timeframe].get(name)) for timeframe in one for name in ("target", "warning")
    ]
    found = {_of(was, will, "<") for was, will in pairs if _is_number(was) and _is_number(will) and was != will}
    return found.pop() if len(found) == 1 else None


def _by_timeframe(thresholds: Json) -> dict[str, Body]:
    items = thresholds if isinstance(thresholds, list) else ()
    return {str(item.get("timeframe")): item for item in items if isinstance(item, dict)}


def _of(before: float, after: float, comparator: str | None) -> Sense | None:
    if before == after or comparator not in _ABOVE | _BELOW:
        return None
    return "looser" if (after > before) is (comparator in _ABOVE) else "tighter"


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
