"""What Datadog refuses does not parse; the error names the column and what would be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.errors import DdopsError
from ddops.query.monitor import GRAMMARS, parse
from ddops.query.syntax import QuerySyntaxError

M = "query alert"
REFUSED = [
    (M, "", 1, "expected a time aggregator such as `avg(last_5m):`, but the query ends here"),
    (M, "query", 1, "expected a time aggregator"),
    (
        M,
        "avg(last_5m):avg:a{*} by {host}",
        32,
        "an operator or a comparator (> >= < <= == !=), but the query ends here",
    ),
    (M, "avg(last_5m):avg:a{*} >", 24, "expected the threshold, a number, but the query ends here"),
    (M, "avg(last_5m):avg:a{*} 5", 23, "comparator"),
    (M, "avg(last_5m):avg:a{*} => 5", 23, "comparator"),
    (M, "avg(last_5m):avg:a{*} = 5", 23, "comparator"),
    (M, "avg(last_5m):avg:a{*} > 5 > 6", 27, "expected the end of the query"),
    (M, "avg(last_5m):avg:a{*} > 5%", 26, "expected the end of the query after the threshold, not '%'"),
    (M, "avg(last_5m):avg:a{*} > .5", 25, "written with its zero: 0.5"),
    (M, "avg(last_5m):avg:a{*} > abc", 25, "expected the threshold, a number, not 'abc'"),
    (M, "average(last_5m):avg:a{*} > 5", 1, "unknown time aggregator 'average'; did you mean 'avg'?"),
    (M, "avg(last_5m):mean:a{*} > 5", 14, "unknown aggregator 'mean'; known: avg, "),
    (M, "avg(last_5m):a{*} > 5", 14, "expected an aggregator before the metric: `avg:a`"),
    (M, "avg(last_5x):avg:a{*} > 5", 5, "expected a window such as last_5m"),
    (M, "avg(5m):avg:a{*} > 5", 5, "expected a window"),
    (M, "avg(last_0m):avg:a{*} > 5", 5, "expected a window"),
    (M, "avg(current_1w):avg:a{*} > 5", 5, "expected a window"),
    (M, "avg(last_2mo):avg:a{*} > 5", 5, "longer than a month"),
    (M, "avg(last_5m)avg:a{*} > 5", 13, "expected `:`"),
    (M, "avg(last_5m):avg:a > 5", 20, "expected the scope of the metric"),
    (M, "avg(last_5m):avg:1a{*} > 5", 18, "expected the name of a metric"),
    (M, "avg(last_5m):avg:a{* > 5", 19, "a `{` without its `}`"),
    (M, "avg(last_5m):avg:a{*}} > 5", 22, "a `}` without its `{`"),
    (M, "avg(last_5m):(avg:a{*} > 5", 24, "expected `)` or an operator"),
    (M, "avg(last_5m):avg:a{*}) > 5", 22, "not ')'"),
    (M, "avg(last_5m:avg:a{*} > 5", 12, "expected `)`"),
    (M, "avg(last_5m):avg:a{} > 5", 20, "an empty scope; `{*}` stands for everything"),
    (M, "avg(last_5m):avg:a{b:c,} > 5", 24, "expected a tag such as `env:prod`, but the scope ends here"),
    (M, "avg(last_5m):avg:a{env=prod} > 5", 20, "'env=prod' is no tag"),
    (M, "avg(last_5m):avg:a{b:c AND} > 5", 27, "expected a tag"),
    (M, "avg(last_5m):avg:a{b:c d:e} > 5", 24, "expected `,`, AND or OR, not 'd:e'"),
    (M, "avg(last_5m):avg:a{b IN c} > 5", 25, "expected `(` and the values"),
    (M, "avg(last_5m):avg:a{b:c AND !d:e} > 5", 28, "cannot stand in one scope"),
    (M, "avg(last_5m):avg:a{$env} > 5", 20, "only dashboards have them"),
    (M, "avg(last_5m):avg:a{env:$env.value} > 5", 20, "only dashboards have them"),
    (M, "avg(last_5m):avg:a{*} by host > 5", 23, "not 'by'"),
    (M, "avg(last_5m):avg:a{*} by {} > 5", 27, "expected a tag key to group by"),
    (M, "avg(last_5m):avg:a{*} + > 5", 25, "expected a metric"),
    (M, "avg(last_5m):avg:a{*} avg:b{*} > 5", 23, "expected an operator"),
    (M, "avg(last_5m):5 > 3", 14, "there are only numbers"),
    (M, "avg(last_5m):avg:a{*}.as_cout() > 5", 22, "unknown method 'as_cout'; did you mean 'as_count'?"),
    (M, "avg(last_5m):avg:a{*}.rollup(mean, 60) > 5", 30, "unknown aggregator 'mean'"),
    (M, "avg(last_5m):avg:a{*}.fill(5x) > 5", 28, "expected how to fill: linear, last, zero or null"),
    (M, "avg(last_5m):avg:a{*}.as_count(1) > 5", 32, "takes no arguments"),
    (M, "avg(last_5m):anomolies(avg:a{*}, 'basic', 2) >= 1", 14, "did you mean 'anomalies'?"),
    (M, "avg(last_5m):anomalies(avg:a{*}, 'fancy', 2) >= 1", 34, "'basic', 'agile' or 'robust', not 'fancy'"),
    (M, "avg(last_5m):anomalies(avg:a{*}) >= 1", 14, "expected the algorithm of anomalies"),
    (M, "avg(last_5m):anomalies(avg:a{*}, 'basic', 2, way='up') >= 1", 46, "has no keyword 'way'; it takes direction"),
    (M, "avg(last_5m):anomalies(avg:a{*}, 'basic', 2, direction='up') >= 1", 56, "'both', 'above' or 'below'"),
    (M, "avg(last_5m):anomalies(avg:a{*}, 'basic', 2, alert_window='5m') >= 1", 59, "such as 'last_15m'"),
    (M, "avg(last_5m):anomalies(avg:a{*}, 'basic', 'two') >= 1", 43, "expected a number for anomalies"),
    (M, "avg(last_5m):anomalies(avg:a{*} 'basic', 2) >= 1", 33, "expected `,` or `)`"),
    (M, "change(avg(last_5m)):avg:a{*} > 5", 20, "expected `,` and what to compare with"),
    (M, "change(avg(last_5m),5m):avg:a{*} > 5", 21, "expected a shift such as last_1h or 1h_ago"),
    (M, 'logs("x").rollup("count").last("5m") > 1', 1, "unknown time aggregator 'logs'"),
    (M, "avg(last_5m):avg:a{*} > 5 'x", 27, "a quote `'` without its end"),
    (M, f"avg(last_5m):avg:{'a' * 201}{{*}} > 5", 18, "at most 200 characters, not 201"),
    ("log alert", "query", 1, 'begins with `logs("…")` or `formula("…")` and ends in a comparator'),
    ("log alert", 'logs("x").rollup("count").last("5m")', 37, "a call or a comparator"),
    (
        "log alert",
        'logs("x").rollup("count") > 5',
        27,
        'expected `.last(…)` or `.current(…)`, for example `.last("5m")`',
    ),
    ("log alert", 'logs("x").last("5m") > 5', 22, "expected `.rollup(…)`"),
    ("log alert", 'logs("x").rollup("cont").last("5m") > 5', 19, "did you mean 'count'?"),
    ("log alert", 'logs("x").rollup("avg").last("5m") > 5', 23, "expected the measure"),
    ("log alert", 'logs("x").rollup("cardinality").last("5m") > 5', 31, "expected the facet"),
    ("log alert", 'logs("x").rollup("count").last("5x") > 5', 32, 'expected a window such as "5m"'),
    ("log alert", 'logs("x").rollup("count").last("5m").last("5m") > 5', 37, "stands here twice"),
    (
        "log alert",
        'logs("x").indx("*").rollup("count").last("5m") > 5',
        10,
        "unknown call 'indx'; did you mean 'index'?",
    ),
    ("log alert", 'logs("x").rollup("count").by("").last("5m") > 5', 30, "expected a name"),
    ("log alert", 'logs("x").index(main).rollup("count").last("5m") > 5', 17, "expected a quoted text, not 'main'"),
    ("log alert", 'logs(x).rollup("count").last("5m") > 5', 6, "expected the search in quotes"),
    ("log alert", 'logs("-"x"").rollup("count").last("5m") > 5', 9, 'a quote inside it is written `\\"`'),
    ("log alert", 'logs("(x").rollup("count").last("5m") > 5', 9, "expected `)` or a term, but the search ends here"),
    ("log alert", 'logs("x)").rollup("count").last("5m") > 5', 8, "not ')'"),
    ("log alert", 'logs("a AND").rollup("count").last("5m") > 5', 12, "expected a term"),
    ("log alert", 'logs("\\"a\\" OR OR b").rollup("count").last("5m") > 5', 16, "expected a term"),
    ("log alert", 'logs("a \\"b").rollup("count").last("5m") > 5', 10, 'a quote `"` without its end'),
    ("log alert", 'events("x").rollup("count").last("5m") > 5', 1, "not 'events'"),
    (
        "error-tracking alert",
        'error-tracking("x").source("cat").last("1d") > 5',
        28,
        '"all", "browser", "mobile" or "backend"',
    ),
    ("error-tracking alert", 'error-tracking("x").new().impact().last("1d") > 5', 26, "exclude each other"),
    ("process alert", "processes('x').over('a').rollup('count') > 1", 42, "expected `.last(…)`"),
    ("service check", '"a".by("*").last(200).count_by_status()', 18, "how many check runs count, 1 to 100"),
    ("service check", '"a".by("*").count_by_status()', 30, "expected `.last(…)`"),
    ("service check", '"a".by("*").last(2)', 20, "expected `.count_by_status(…)` or `.pct_by_status(…)`"),
    ("service check", '"a".count_by_status().last(2)', 22, "expected the end of the query"),
    ("service check", '"a".by("*").last(2).count_by_status() > 2', 39, "its thresholds stand in options.thresholds"),
    ("service check", "a.by('*').last(2).count_by_status()", 1, "expected the name of a check in quotes"),
    ("service check", '"a".over(*).last(2).count_by_status()', 10, "expected an argument"),
    ("composite", "", 1, "expected the id of a monitor"),
    ("composite", "1 &&", 5, "expected the id of a monitor"),
    ("composite", "1 & 2", 3, "expected `&&`, `||` or the end of the query, not '&'"),
    ("composite", "1 and 2", 3, "expected `&&`, `||`"),
    ("composite", "(1 || 2", 8, "expected `)`"),
    ("composite", "1 || 2)", 7, "expected `&&`, `||`"),
    ("composite", "1.5 && 2", 1, "expected the id of a monitor"),
    ("composite", "${slo:a}", 1, "expected a reference to a monitor"),
    ("composite", " || ".join(map(str, range(11))), 1, "at most 10 monitors, not 11"),
    ("slo alert", 'error_budget("a").over("7d")', 29, "a comparator (> >=)"),
    ("slo alert", 'error_budget("a").over("8d") > 5', 24, 'expected "7d", "30d" or "90d"'),
    ("slo alert", 'error_budget("a").over("7d") < 5', 30, "expected a comparator (> >=), not '<'"),
    ("slo alert", 'error_budget("a b").over("7d") > 5', 14, "expected the id of an SLO"),
    ("slo alert", 'burn_rate("a").over("7d") > 5', 27, "expected `.long_window(…)`"),
    ("slo alert", 'burnrate("a").over("7d") > 5', 1, "not 'burnrate'"),
    ("cost alert", 'formula("q").last("7d")', 24, "a comparator"),
    ("cost alert", 'formula("q +").last("7d") > 1', 13, "expected the name of a query"),
    ("cost alert", 'formula("q").rollup("sum") > 1', 28, "expected `.last(…)` or `.current(…)`"),
    ("cost alert", 'formula("q").last("7d").change("x") > 1', 32, '"relative" or "absolute"'),
    ("cost alert", "avg(last_5m):avg:a{*} > 1", 1, 'expected `formula("…")`, not '),
    ("synthetics alert", "x", 1, "`no_query`"),
    ("quer alert", "x", 1, "unknown type of monitor 'quer alert'; did you mean 'query alert'?"),
]


@pytest.mark.parametrize(("type", "query", "column", "problem"), REFUSED)
def test_it_is_refused_at_the_column(type, query, column, problem):
    with pytest.raises(QuerySyntaxError) as refused:
        parse(type, query)
    assert problem in refused.value.problem
    assert refused.value.column == column
    assert str(refused.value) == f"column {column}: {refused.value.problem}"
    assert isinstance(refused.value, DdopsError)


def test_the_caret_stands_under_the_column():
    with pytest.raises(QuerySyntaxError) as refused:
        parse(M, "avg(last_5m):avg:a{*}\n\tby {host}\n\t>> 5")
    error = refused.value
    assert (error.line, error.column, error.place) == (3, 3, "line 3, column 3")
    assert error.caret().splitlines() == ["   >> 5", "    ^", f"line 3, column 3: {error.problem}"]


def test_a_long_line_is_cut_around_the_caret():
    with pytest.raises(QuerySyntaxError) as refused:
        parse(M, "avg(last_5m):" + "avg:some.metric{*} + " * 100 + "? + avg:a{*}" + " + avg:a{*}" * 100)
    line, caret, _ = refused.value.caret().splitlines()
    assert line[caret.index("^")] == "?"
    assert len(line) < 200


MANY = 10_000
HOSTILE = [
    (M, "avg(last_5m):" + "(" * MANY + "avg:a{*}" + ")" * MANY + " > 1"),
    (M, "avg(last_5m):" + "abs(" * MANY + "avg:a{*}" + ")" * MANY + " > 1"),
    (M, "avg(last_5m):" + "-" * MANY + "avg:a{*} > 1"),
    (M, "avg(last_5m):avg:a{" + "(" * MANY + "a:b" + ")" * MANY + "} > 1"),
    (M, "avg(last_5m):avg:a{" + "NOT " * MANY + "a:b} > 1"),
    ("composite", "(" * MANY + "1" + ")" * MANY),
    ("composite", "!" * MANY + "1"),
    ("log alert", 'logs("' + "(" * MANY + "x" + ")" * MANY + '").rollup("count").last("5m") > 1'),
    ("log alert", 'logs("' + "a:(" * MANY + "x" + ")" * MANY + '").rollup("count").last("5m") > 1'),
    ("log alert", 'logs("' + "-" * MANY + 'x").rollup("count").last("5m") > 1'),
]


@pytest.mark.parametrize(("type", "query"), HOSTILE)
def test_deep_nesting_is_refused(type, query):
    with pytest.raises(QuerySyntaxError, match="nested too deep: more than 64 levels"):
        parse(type, query)


LONG = [
    (M, "avg(last_5m):avg:a{*}" + " + avg:a{*}" * MANY + " > 1"),
    (M, "avg(last_5m):avg:a{" + "a:b," * MANY + "c} > 1"),
    ("log alert", 'logs("' + "[" * MANY + '").rollup("count").last("5m") > 1'),
    ("log alert", 'logs("' + "a:" * MANY + '").rollup("count").last("5m") > 1'),
    ("log alert", 'logs("' + "[a TO " * MANY + '").rollup("count").last("5m") > 1'),
    ("log alert", 'logs("' + '\\"' * MANY + '").rollup("count").last("5m") > 1'),
    ("composite", "1||" * MANY + "1"),
]


@pytest.mark.parametrize(("type", "query"), LONG)
def test_length_is_no_depth(type, query):
    tree = parse(type, query)
    assert parse(type, tree.canonical) == tree
    assert hash(tree)


WORDS = """avg ( ) last_5m : a{*} { } by , + - > 5 " ' \\ . .last( ! AND NOT IN $ ${ && || [ ] formula logs * é"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\x00", " TO "])


@given(st.sampled_from(sorted(GRAMMARS)), st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_parses_or_is_refused(type, text):
    try:
        tree = parse(type, text)
    except QuerySyntaxError as refused:
        error = refused
    else:
        assert parse(type, tree.canonical) == tree
        return
    assert 0 <= error.position <= len(text)
    assert "^" in error.caret()


@given(PIECES.flatmap(lambda piece: st.tuples(st.just(piece), st.integers(0, 120), st.integers(0, 4))))
def test_a_damaged_query_parses_or_is_refused(damage):
    piece, place, length = damage
    query = 'logs("service:web (@a:[1 TO 5] OR -\\"x y\\")").index("*").rollup("count").by("a,b").last("5m") > 5'
    try:
        tree = parse("log alert", query[:place] + piece + query[place + length :])
    except QuerySyntaxError:
        return
    assert parse("log alert", tree.canonical) == tree
