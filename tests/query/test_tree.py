"""What a linter reads off a query."""

from dataclasses import replace
from typing import Any

import pytest

from ddops.query import monitor
from ddops.query.algorithms import algorithm
from ddops.query.condition import Filter, Membership, Tag, filters
from ddops.query.tree import Arithmetic, Number, Word


def parse(type: str, query: str) -> Any:
    """The tree, whose class depends on the type."""
    return monitor.parse(type, query)


def test_a_metric_query():
    query = parse(
        "query alert",
        "pct_change(avg(last_1h),1d_ago):sum:a.b{env:prod,!team:x} by {host,env}.as_count() * 100 "
        "/ sum:c{az NOT IN (q,r)} by {host} + sum:a.b{*} >= -2.5",
    )
    assert (query.aggregator, query.window.text, query.window.seconds) == ("avg", "last_1h", 3600)
    assert (query.change.function, query.change.shift.kind, query.change.shift.seconds) == ("pct_change", "ago", 86_400)
    assert (query.comparator, query.threshold, query.end.limit.text) == (">=", -2.5, "-2.5")
    assert (query.metrics, query.group_by, query.grouped) == (("a.b", "c"), ("host", "env"), True)
    first, second, third = query.series
    assert (first.aggregator, first.metric, [str(method) for method in first.methods]) == (
        "sum",
        "a.b",
        [".as_count()"],
    )
    assert list(filters(first.scope.condition)) == [
        Filter("env", ("prod",), False, Tag("env", "prod")),
        Filter("team", ("x",), True, Tag("team", "x")),
    ]
    (member,) = filters(second.scope.condition)
    assert (member.key, member.values, member.negated) == ("az", ("q", "r"), True)
    assert isinstance(second.scope.condition, Membership)
    assert list(filters(third.scope.condition)) == []
    assert query.source(second) == "sum:c{az NOT IN (q,r)} by {host}"


def test_arithmetic_binds_as_in_school():
    expression = parse("query alert", "avg(last_5m):1 + 2 * avg:a{*} / 3 - 4 > 0").expression
    assert isinstance(expression, Arithmetic)
    assert expression.operators == ("+", "-")
    assert expression.operands[0] == Number("1")
    assert str(expression.operands[1]) == "2 * avg:a{*} / 3"


def test_anomalies():
    query = parse(
        "query alert",
        "avg(last_4h):anomalies(avg:a{*}, 'agile', 2, direction='both', alert_window='last_15m', interval=60) >= 1",
    )
    found: Any = algorithm(query.expression)
    assert (found.name, found.method, found.tolerance, found.interval) == ("anomalies", "agile", 2, 60)
    assert (found.alert_window.seconds, found.options["direction"]) == (900, "both")


def test_outliers_and_forecasts():
    query = parse("query alert", "avg(last_1h):outliers(avg:a{*} by {host}, 'MAD', 3, 20) > 0")
    found: Any = algorithm(query.expression)
    assert (found.name, found.method, found.tolerance, found.percent) == ("outliers", "MAD", 3, 20)
    query = parse("query alert", "max(next_1w):forecast(avg:a{*}, 'linear', 1, interval='60m', model='simple') > 9")
    found = algorithm(query.expression)
    assert (query.window.kind, found.interval, found.options["model"]) == ("next", 3600, "simple")
    assert algorithm(parse("query alert", "avg(last_1h):avg:a{*} > 0").expression) is None


def test_a_dynamic_threshold():
    query = parse("query alert", "avg(last_1h):avg:a{*} > threshold")
    assert (query.comparator, query.threshold, query.end.limit) == (">", None, Word("threshold"))


def test_an_event_query():
    query = parse(
        "log alert",
        'logs("service:web -@a:(\\"x y\\" OR z) @d:>=5").index("main","b").rollup("avg", "@d").by("host,env")'
        '.last("2h") < 3',
    )
    assert (query.source_name, query.indexes, query.aggregator, query.measure) == ("logs", ("main", "b"), "avg", "@d")
    assert (query.group_by, query.evaluation.seconds, query.threshold) == (("host", "env"), 7200, 3)
    assert [(one.key, one.values, one.negated) for one in filters(query.search)] == [
        ("service", ("web",), False),
        ("@a", ("x y", "z"), True),
        ("@d", (), False),
    ]
    by = query.method("by").arguments[0]
    assert query.source(by) == '"host,env"'


def test_a_formula():
    query = parse("log alert", 'formula("100 * errors / top(hits, 5)").by("a").last("1d") > 3')
    assert (query.variables, query.group_by, query.evaluation.seconds) == (("errors", "hits"), ("a",), 86_400)


def test_a_service_check():
    query = parse("service check", '"a.b".over("env:x","y:z").exclude("q:r").by("host","url").last(4).pct_by_status()')
    assert (query.check.value, query.last, query.percentage, query.group_by) == ("a.b", 4, True, ("host", "url"))
    assert (query.arguments("over"), query.arguments("exclude")) == (("env:x", "y:z"), ("q:r",))
    assert (query.comparator, query.threshold, query.evaluation) == (None, None, None)


def test_a_composite():
    assert parse("composite", "(1 && !${monitor:a}) || 1").monitors == ("1", "${monitor:a}")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_an_slo_alert(quote):
    text = 'burn_rate("${slo:a}").over("30d").long_window("1h").short_window("5m") > 14.4'.replace('"', quote)
    query = parse("slo alert", text)
    assert (query.slo.value, query.over.seconds, query.threshold) == ("${slo:a}", 2_592_000, 14.4)
    assert (query.long_window.seconds, query.short_window.seconds) == (3600, 300)
    assert query.source(query.long_window) == "1h"
    assert query.canonical == text


def test_a_changed_copy_prints_what_it_says():
    query = parse("query alert", "avg(last_5m):avg:a{*}>5")
    changed = replace(query, end=replace(query.end, limit=Number("7")))
    assert str(changed) == "avg(last_5m):avg:a{*} > 7"
    assert str(query) == "avg(last_5m):avg:a{*}>5"
