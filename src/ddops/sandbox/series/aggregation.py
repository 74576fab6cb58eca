"""One series of a query, `sum:requests{env:prod} by {host}.as_count()`: first over time, then over space."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from ddops.query.syntax import one_of
from ddops.query.tree import Series
from ddops.sandbox.points import COUNT, RATE, Points, Sent
from ddops.sandbox.series.fill import filled
from ddops.sandbox.series.functions import NOT_AVAILABLE
from ddops.sandbox.series.line import Line, NotServed
from ddops.sandbox.series.reading import Reading, reading
from ddops.sandbox.series.scope import parts, taken_by
from ddops.sandbox.series.span import Span

AGGREGATORS: dict[str, Callable[[Sequence[float]], float]] = {
    "avg": lambda values: sum(values) / len(values),
    "sum": sum,
    "min": min,
    "max": max,
    "count": len,
}


def aggregated(node: Series, points: Points, span: Span) -> Iterator[Line]:
    """A line for each group that was sent a point. Raises NotServed for what the sandbox does not know."""
    aggregate = AGGREGATORS.get(node.aggregator or "avg")
    if aggregate is None:
        raise NotServed(f"{node}: the sandbox keeps no distributions; it aggregates by {one_of(AGGREGATORS)}")
    taken, read = taken_by(node.scope.condition), reading(node.methods)
    found = {number: sent for number, sent in points.of(node.metric) if taken(frozenset(sent.tags))}
    interval = _interval(read, found.values(), span)
    groups: defaultdict[frozenset[str], list[Mapping[int, float]]] = defaultdict(list)
    for number, sent in found.items():
        rolled_up = _rolled_up(points, number, sent, read, interval, span)
        for group in _groups(sent, node.by.keys if node.by else ()):
            groups[group].append(rolled_up)
    scope = parts(node.scope.condition)
    for group, members in groups.items():
        yield Line(
            metric=node.metric,
            expression=_expression(node, group, scope),
            aggregator=node.aggregator,
            group=group,
            scope=scope,
            interval=interval,
            unit=next((sent.unit for sent in found.values() if sent.unit), ""),
            per="second" if any(_is_rate(read, sent) for sent in found.values()) else "",
            points=_over_space(members, aggregate),
        )


def _interval(read: Reading, found: Iterable[Sent], span: Span) -> int:
    """Counts and rates that come less often than the span's interval make it wider (seen in kedacore/keda#3954: 10 s
    over a minute)."""
    interval = span.interval(read.seconds)
    if read.seconds is not None:
        return interval
    return max([interval, *(sent.interval for sent in found if read.form and sent.type in (COUNT, RATE))])


def _rolled_up(points: Points, number: int, sent: Sent, read: Reading, interval: int, span: Span) -> dict[int, float]:
    """One series over time. `.as_count()` and `.as_rate()` sum, and mean nothing for gauges; a rate is of a second
    (docs: metrics/custom_metrics/type_modifiers)."""
    changes = read.form and sent.type in (COUNT, RATE)
    method = read.method or ("sum" if changes else "avg")
    times = span.buckets(interval)
    values = points.rolled_up(number, method, interval, times.start, span.end)
    if changes and method == "sum":
        factor = (sent.interval or 1) if sent.type == RATE else 1
        divisor = interval if read.form == "rate" else 1
        values = {at: value * factor / divisor for at, value in values.items()}
    return filled(values, read.fill, times) if read.fill else values


def _over_space(
    members: Iterable[Mapping[int, float]], aggregate: Callable[[Sequence[float]], float]
) -> dict[int, float | None]:
    buckets: defaultdict[int, list[float]] = defaultdict(list)
    for points in members:
        for at, value in points.items():
            buckets[at].append(value)
    return {at: float(aggregate(buckets[at])) for at in sorted(buckets)}


def _is_rate(read: Reading, sent: Sent) -> bool:
    return (sent.type == RATE and not read.form) or (sent.type in (COUNT, RATE) and read.form == "rate")


def _groups(sent: Sent, keys: Iterable[str]) -> Iterable[frozenset[str]]:
    """The groups that a series is in: one, or one for each of several values that it has of a key."""
    wanted = [f"{key.lower()}:" for key in keys]
    choices = [[tag for tag in sent.tags if tag.startswith(key)] or [f"{key}{NOT_AVAILABLE}"] for key in wanted]
    return map(frozenset, product(*choices))


def _expression(node: Series, group: frozenset[str], scope: frozenset[str]) -> str:
    """The query of one group alone: its tags, then the scope."""
    inside = ",".join([*sorted(group), *sorted(scope - group)]) or "*"
    head = f"{node.aggregator}:" if node.aggregator else ""
    return f"{head}{node.metric}{{{inside}}}{''.join(map(str, node.methods))}"
