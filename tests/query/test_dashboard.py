"""The queries of dashboards, which store more than a monitor takes."""

import pytest

from ddops.query.condition import TemplateVariable
from ddops.query.dashboard import parse_formula, parse_metric, parse_search
from ddops.query.queries import variables
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import series

METRICS = [
    "avg:system.cpu.user{$env,$host.value,env:$env.value} by {host}",
    "sum:aws.cost.amortized{*} by {aws_product}.rollup(sum, monthly)",
    "a.b{!pod:x,$env}.as_count().rollup(avg, 60)",
    "histogram:trace.Load{*}",
    "avg:a{group:} by {resource}",
    "avg:a{(x NOT IN (b,c)) AND $env}",
    "top(avg:a{*} by {b}, 10, 'mean', 'desc'), avg:b{*} / 1000",
    "default_zero(avg:a{*}) * 1000",
]
FORMULAS = {
    "100 * query1 / (query2 + 1)": ("query1", "query2"),
    "top(a, 10, 'mean', 'desc')": ("a",),
    "percentile(query1, 'p90', {*})": ("query1",),
    "derivative(query1) * (-1) * 512": ("query1",),
    "reduce(rollup(rollup(q, 'max', 10), 'avg', 86400), 'max')": ("q",),
}
SEARCHES = ["", "*", "$env service:$service.value", "(a:b OR c) -@d:[400 TO 499]", '@x:>=2 NOT "a b"', "*:(*x OR y*)"]


@pytest.mark.parametrize("query", METRICS)
def test_metric_queries(query):
    graph = parse_metric(query)
    assert (str(graph), graph.canonical) == (query, query)


def test_spaces_in_a_scope():
    graph = parse_metric("avg:a{env: prod , $x}+b{ * }")
    assert graph.canonical == "avg:a{env:prod,$x} + b{*}"
    first, second = series(graph)
    assert [node.name for node in first.walk() if isinstance(node, TemplateVariable)] == ["x"]
    assert (first.aggregator, second.aggregator) == ("avg", None)


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas(text):
    formula = parse_formula(text)
    assert str(formula) == text
    assert variables(formula) == FORMULAS[text]


@pytest.mark.parametrize("text", SEARCHES)
def test_searches(text):
    assert str(parse_search(text)) == text


@pytest.mark.parametrize(
    ("parser", "text", "column"),
    [
        (parse_metric, "", 1),
        (parse_metric, "avg:a", 6),
        (parse_metric, "avg:a{*},", 10),
        (parse_metric, "mean:a{*}", 1),
        (parse_metric, "env:prod", 1),
        (parse_metric, "avg:a{*} > 5", 10),
        (parse_formula, "query1 /", 9),
        (parse_formula, "query1 query2", 8),
        (parse_formula, "avg:a{*}", 1),
        (parse_search, "a OR", 5),
        (parse_search, "(a", 3),
        (parse_search, 'a "b', 3),
    ],
)
def test_refused(parser, text, column):
    with pytest.raises(QuerySyntaxError) as refused:
        parser(text)
    assert refused.value.column == column
