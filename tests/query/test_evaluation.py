"""What to ask an org for the past of a monitor."""

from math import isfinite

import pytest
from hypothesis import given

from ddops.query.dashboard import parse_metric
from ddops.query.evaluation import Evaluation, evaluation
from ddops.query.tree import Method, Number
from tests.query import test_recordings
from tests.query.queries import ACCEPTED, METRIC_QUERY

FORMULA = 'formula("100 * a / default_zero(b)").last("10m") > 5'
A = {"name": "a", "data_source": "metrics", "query": "sum:a{*} by {h}.as_count()", "aggregator": "sum"}
B = {**A, "name": "b", "query": "sum:b{*} + sum:c{*}"}


@pytest.mark.parametrize(
    ("query", "asked", "interval"),
    [
        # A window is a rollup, exactly.
        ("sum(last_5m):sum:a{b:c}.as_count() > 50", "sum:a{b:c}.as_count().rollup(sum, 300)", 300),
        ("max(last_1h):max:a{*}.fill(zero) >= 1", "max:a{*}.rollup(max, 3600).fill(zero)", 3600),
        ("min(last_1d):min:a{*} by {h} < 14", "min:a{*} by {h}.rollup(min, 86400)", 86400),
        ("percentile(last_15m):p99.9:a{*} > 1", "p99.9:a{*}.rollup(900)", 900),
        # Arithmetic over counts is done once, on the totals of the window.
        (
            "sum(last_5m):100 * default_zero(sum:a{*}.as_count()) / (sum:b{*}.as_count() + 1) > 5",
            "100 * default_zero(sum:a{*}.as_count().rollup(sum, 300)) / (sum:b{*}.as_count().rollup(sum, 300) + 1)",
            300,
        ),
        ("avg(last_5m):sum:a{*}.as_count() / sum:b{*}.as_count() > 5", None, 300),
        ("sum(last_5m):sum:a{*}.as_count() * is_greater(sum:b{*}.as_count(), 20) > 5", None, 300),
        # A rollup of the query's own that is a part of the window, or all of it.
        ("sum(last_1d):sum:a{*}.as_count().rollup(sum, 3600) > 5", "sum:a{*}.as_count().rollup(sum, 86400)", 86400),
        ("max(last_1h):max:a{*}.rollup('max', 60) > 5", "max:a{*}.rollup(max, 3600)", 3600),
        ("avg(last_1h):max:a{*}.rollup(max, 3600) > 5", "max:a{*}.rollup(max, 3600)", 3600),
        # A count that is 0 where nothing was counted.
        ("sum(last_5m):default_zero(sum:a{*}.as_count()) < 1", None, 300),
        ("sum(last_5m):sum:a{*}.as_count().fill(zero) < 1", None, 300),
        # A maximum of less something is less its minimum.
        ("max(last_5m):100 - min:a{*} > 5", "100 - min:a{*}.rollup(min, 300)", 300),
        ("min(last_5m):-2 * max:a{*} < 5", "-2 * max:a{*}.rollup(max, 300)", 300),
        ("min(last_5m):-(1 - min:a{*}) < 5", "-(1 - min:a{*}.rollup(min, 300))", 300),
    ],
)
def test_each_point_is_what_the_monitor_compares(query, asked, interval):
    found = evaluation("query alert", query)
    assert isinstance(found, Evaluation)
    assert asked in (None, found.query)
    assert (found.interval, found.doubts, found.exact) == (interval, (), True)


@pytest.mark.parametrize(
    ("query", "asked", "doubt"),
    [
        ("avg(last_5m):avg:a{*} / avg:b{*} > 1", "avg:a{*}.rollup(avg, 300) / avg:b{*}.rollup(avg, 300)", "each point"),
        ("max(last_5m):max:a{*} - min:b{*} > 1", "max:a{*}.rollup(max, 300) - min:b{*}.rollup(min, 300)", "each point"),
        # An average of series is one of what is there.
        (
            "avg(last_10m):avg:a{*} by {h} > 50",
            "avg:a{*} by {h}.rollup(avg, 600)",
            "the average of those that are there",
        ),
        ("avg(last_10m):sum:a{*} > 50", "sum:a{*}.rollup(avg, 600)", "the sum of those that are there"),
        ("avg(last_1h):100 - avg:a{*} * 2 / 3 > 50", "100 - avg:a{*}.rollup(avg, 3600) * 2 / 3", "come and go"),
        ("avg(last_5m):-avg:a{*} + exclude_null(avg:b{*}) > 1", None, "come and go"),
        ("avg(last_5m):avg:a{*} - hour_before(avg:a{*}) > 1", None, "come and go"),
        ("avg(last_1h):avg:a{*}.rollup(avg) > 5", "avg:a{*}.rollup(avg, 3600)", "come and go"),
        ("sum(last_5m):avg:a{*}.as_count() > 1", "avg:a{*}.as_count().rollup(sum, 300)", "come and go"),
        ("sum(last_5m):sum:a{*}.as_count() / avg:b{*} > 1", None, "no count"),
        # A count of nothing is nothing, and may be 0.
        ("sum(last_5m):sum:a{*}.as_count() < 1", "sum:a{*}.as_count().rollup(sum, 300)", "a count of 0, which alerts"),
        ("sum(last_5m):-sum:a{*}.as_count() >= -1", None, "a count of 0, which alerts"),
        ("avg(last_5m):abs(avg:a{*}) > 1", "abs(avg:a{*}.rollup(avg, 300))", "each point"),
        ("avg(last_5m):max:a{*} by {h} > 1", "max:a{*} by {h}.rollup(avg, 300)", "takes the max first"),
        ("sum(last_5m):sum:a{*} > 1", "sum:a{*}.rollup(sum, 300)", "no count"),
        ("max(last_5m):sum:a{*}.as_count() > 1", "sum:a{*}.as_count().rollup(max, 300)", "one count"),
        ("avg(last_5m):p95:a{*} > 1", "p95:a{*}.rollup(300)", "percentile of a whole window"),
        ("avg(last_1h):avg:a{*}.rollup(max, 300) > 1", "avg:a{*}.rollup(max, 300)", "over 300 seconds"),
        ("avg(last_5m):avg:a{*}.rollup(avg, 600) > 1", "avg:a{*}.rollup(avg, 600)", "longer than the window"),
        ("avg(last_5m):max:a{*}.rollup(max) > 1", "max:a{*}.rollup(max, 300)", "is the max of a window"),
        ("avg(last_5m):top(avg:a{*} by {h}, 5, 'mean', 'desc') > 1", None, "rank first"),
    ],
)
def test_where_a_point_may_be_something_else_it_says_why(query, asked, doubt):
    found = evaluation("query alert", query)
    assert isinstance(found, Evaluation)
    assert asked in (None, found.query)
    assert not found.exact
    assert any(doubt in one for one in found.doubts)


@pytest.mark.parametrize(
    ("type", "query", "reason"),
    [
        ("query alert", "change(avg(last_5m),last_1h):avg:a{*} > 1", "its threshold is for a change"),
        ("query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2) >= 1", "its threshold is for anomalies()"),
        ("query alert", "avg(last_4h):outliers(avg:a{*} by {h}, 'mad', 2) > 0", "its threshold is for outliers()"),
        ("query alert", "max(next_1w):forecast(avg:a{*}, 'linear', 1) > 0", "its threshold is for forecast()"),
        ("query alert", "avg(current_1d):avg:a{*} > 1", "its window grows"),
        ("query alert", "avg(last_5m):avg:a{*} == 1", "it compares for equality"),
        ("query alert", "avg(last_5m):avg:a{*} > threshold", "its threshold is a query of its own"),
        ("query alert", "avg(last_5m):avg:a{*} > 1e999", "its threshold is out of all reach"),
        ("query alert", "avg(last_5m):diff(avg:a{*}) > 1", "what diff() gives depends on the interval"),
        ("query alert", "sum(last_5m):per_minute(sum:a{*}.as_count()) > 1", "what per_minute() gives"),
        ("query alert", "sum(last_5m):sum:a{*}.as_rate() > 1", "the sum of its rates"),
        ("query alert", "sum(last_5m):avg:a{*} / avg:b{*} > 1", "it adds up what it computes"),
        ("query alert", "sum(last_5m):avg:a{*} + 5 > 1", "it adds up what it computes"),
        ("query alert", "sum(last_1h):avg:a{*}.rollup(max, 60) > 1", "it adds up several rollups"),
        ("query alert", "avg(last_1h):avg:a{*}.rollup(max, 60) - avg:a{*}.rollup(max, 300) > 1", "its metrics have"),
        ("query alert", "avg(last_1h):(avg:a{*} + avg:b{*}).rollup(sum, 60) > 1", "it aggregates what it computed"),
        ("query alert", "max(last_1h):p95:a{*} + avg:b{*} by {h} > query", "its query cannot be read"),
        ("query alert", "percentile(last_1h):avg:a{*} > 1", "no rollup is a percentile of avg"),
        ("composite", "1 && 2", "it combines other monitors"),
        ("slo alert", 'error_budget("a").over("7d") > 75', "it watches an error budget"),
        ("service check", '"a".over("*").by("*").last(2).count_by_status()', "it watches the results of a check"),
        ("log alert", 'logs("*").index("*").rollup("count").last("5m") > 1', "it watches events"),
        ("synthetics alert", "no_query", "a synthetic test decides"),
        ("no alert", "x", "its query cannot be read"),
    ],
)
def test_what_no_plot_can_show_has_a_reason(type, query, reason):
    found = evaluation(type, query)
    assert isinstance(found, str)
    assert found.startswith(reason)


def test_a_formula_over_metrics():
    found = evaluation("query alert", FORMULA, [A, B])
    assert isinstance(found, Evaluation)
    counts = "sum:a{*} by {h}.as_count().rollup(sum, 600)"
    others = "(sum:b{*}.rollup(sum, 600) + sum:c{*}.rollup(sum, 600))"
    assert found.query == f"100 * {counts} / default_zero({others})"
    assert (found.interval, found.comparator, found.critical, found.exact) == (600, ">", 5, False)


@pytest.mark.parametrize(
    ("query", "variables", "reason"),
    [
        (FORMULA, [], "it watches no metric"),
        (FORMULA, [A, {**B, "data_source": "logs"}], "it watches something else than metrics"),
        (FORMULA, [A, {**B, "query": 7}], "it watches something else than metrics"),
        (FORMULA, [A, {**B, "aggregator": "percentile"}], "no rollup is the percentile"),
        (FORMULA, [A, {**B, "query": "avg:a{*}, avg:b{*}"}], "one of its queries is several"),
        (FORMULA, [A, {**B, "query": "nonsense"}], "its query cannot be read"),
        (FORMULA, [A, {**B, "aggregator": "max", "query": "avg:a{*}.rollup(sum, 60)"}], "its metrics have"),
        ('formula("ewma_5(a)").last("10m") > 5', [A], "what ewma_5() gives"),
        ('formula("a").current("1d") > 5', [A], "its window grows"),
        ('formula("a").last("1d").change("relative") > 5', [A], "its threshold is not for"),
    ],
)
def test_a_formula_that_no_plot_can_show(query, variables, reason):
    found = evaluation("query alert", query, variables)
    assert isinstance(found, str)
    assert found.startswith(reason)


def test_a_formula_whose_queries_are_not_aggregated_says_what_is_taken():
    found = evaluation("query alert", 'formula("a").last("5m") < 5', [{**A, "aggregator": None}])
    assert isinstance(found, Evaluation)
    assert any("takes the average" in one for one in found.doubts)
    found = evaluation("query alert", 'formula("a").rollup("sum").last("5m") > 5', [{**A, "aggregator": None}])
    assert isinstance(found, Evaluation)
    assert (found.query, found.exact) == ("sum:a{*} by {h}.as_count().rollup(sum, 300)", True)


def holds(found: Evaluation | str) -> None:
    """A reason, or a query that can be asked: every series of it is rolled up to the interval."""
    if isinstance(found, str):
        assert found
        return
    graph = parse_metric(found.query)
    rollups = [node for node in graph.walk() if isinstance(node, Method) and node.name == "rollup"]
    assert rollups
    for one in rollups:
        (seconds,) = [given.value for given in one.arguments if isinstance(given, Number)]
        assert seconds == found.interval > 0
    assert isfinite(found.critical)


@given(METRIC_QUERY)
def test_every_query_gives_one_that_can_be_asked_or_a_reason(query):
    holds(evaluation("query alert", query))


@pytest.mark.parametrize(("type", "query"), [(type, query) for type, found in ACCEPTED.items() for query in found])
def test_every_type_gives_a_query_that_can_be_asked_or_a_reason(type, query):
    holds(evaluation(type, query))


@pytest.mark.skipif(not test_recordings.RECORDED.is_dir(), reason="there are no recordings here")
def test_recorded_monitors():
    found = {*((type, query) for type, query, _, _ in test_recordings.sent()), *test_recordings.shipped()}
    told = [evaluation(type, query) for type, query in found]
    for one in told:
        holds(one)
    assert {isinstance(one, str) for one in told} == {True, False}
