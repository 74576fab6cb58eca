"""Queries for the tests of this folder: what Datadog takes, what it refuses, and made-up ones."""

from hypothesis import strategies as st

ACCEPTED = {
    "query alert": [
        "avg(last_5m):avg:system.cpu.user{*} by {host} > 90",
        "avg(last_5m):100 - avg:system.cpu.idle{*} by {host} > 90",
        "percentile(last_15m):p99.9:trace.web.request{env:prod} by {service} >= 1.5e-3",
        "min(current_1mo):count:a.b{!env:dev,team:x} < -5",
        "sum(last_10m):sum:a{*}.as_count() / sum:b{*}.as_count() * 100 != 0",
        "avg(last_5m):(avg:a{*} + avg:b{*}) / 2 - -1 == 3",
        "avg(last_5m):avg:a{env:prod AND NOT (team:x OR az IN (a,b)) AND az NOT IN (c)} > 1",
        "avg(last_5m):avg:a{env:prod or not env:dev and az not in (c)} > 1",
        "avg(last_5m):avg:a{url:https://x.example/z?a=b&c=*,node:*-prod-*,example} > 1",
        "avg(last_1w):sum:a{*} by {host}.as_rate().fill(zero, 0).rollup(sum, 300) > threshold",
        "avg(last_5m):ewma_20(top(avg:a{*} by {b}, 10, 'mean', 'desc')) > 1",
        "avg(last_5m):timeshift(avg:a{*}, -3600) - week_before(avg:a{*}) > 1",
        "avg(last_5m):((sum:a{*} / sum:b{*}) * 100) * is_greater(sum:b{*}, 15) > 1",
        "change(min(last_1m),last_5m):sum:a.5xx_responses{example,framework:x} > 5",
        "pct_change(avg(last_1h),1d_ago):avg:a{*} < -50",
        "avg(last_1h):anomalies(avg:a{name:x}, 'basic', 2, direction='above') >= 1",
        "avg(last_4h):anomalies(avg:a{*} by {host} + avg:b{*} by {host}, 'agile', 3.5, direction='both', "
        "alert_window='last_15m', interval=60, count_default_zero='true', seasonality='hourly', timezone='utc') >= 0.5",
        "avg(last_30m):outliers(avg:a{*} by {host}, 'dbscan', 7) > 0",
        "avg(last_30m):outliers(avg:a{*} by {host}, 'scaledMAD', 3, 20) > 0",
        "max(next_2w):forecast(sum:a{*}.as_count(), 'linear', 2, model='reactive', interval='60m', history='1w') >= 1",
        'formula("query1").rollup("sum").last("5m") > 100',
    ],
    "metric alert": ["avg(current_1h):avg:system.load.5{*} > 0.5"],
    "service check": [
        '"ntp.in_sync".by("*").last(2).count_by_status()',
        "'a.check'.over('env:prod').by('host').last(5).count_by_status()",
        '"datadog.agent.up".over("host:a").exclude("env:dev").by("*").last(2).count_by_status()',
        '"datadog.agent.up".over("cluster-name:prod").last(1).by("*").pct_by_status()',
    ],
    "event-v2 alert": [
        'events("service:a").rollup("cardinality", "@evt.id").current("1h") > 2345',
        'events("source:watchdog env:test_env").rollup("count").by("story_key,service").last("30m") > 0',
        "events('priority:all \\\"unable to fetch:\\\"').by('hpa').rollup('count').last('1h') > 200",
    ],
    "event alert": ['events(\'status:error,warning tags: "a b"\').rollup("count").last("1h") > 10'],
    "log alert": [
        'logs("service:foo AND type:error").index("main").rollup("count").by("source,status").last("5m") > 2',
        'logs("\\"a b\\" -@k:\\"c d\\" @d:>=5 @e:(\\"x y\\" OR z*)").index("*").rollup("pc99", "@d").last("2d") >= 4.5',
        'logs("@a:[1 TO 5] NOT (x OR y\\:z) $env").rollup("cardinality", "@usr.id").last("5m") < 1',
        'logs("").rollup("count").last("5m") > 2',
        'formula("derivative(query)").last("15m") > 10000',
    ],
    "rum alert": ['rum("@type:view").rollup("avg", "@view.memory").by("version").last("1d") > 734000000'],
    "trace-analytics alert": ['trace-analytics("env:prod").rollup("count").by("*").last("5m") > 100'],
    "error-tracking alert": [
        'error-tracking("env:prod").source("all").new().rollup("count").by("issue.id").last("1d") > 0',
        'error-tracking("env:prod").source("browser").impact().last("1d") > 0',
        'error-tracking-rum("service:foo").rollup("count").by("@issue.id").last("1h") >= 1',
    ],
    "ci-pipelines alert": ['formula("query1 / query2 * 100").last("15m") >= 0.8'],
    "ci-tests alert": ['ci-tests("type:test").rollup("count").by("@test.name").last("5m") >= 1'],
    "audit alert": ['audits("status:error").rollup("cardinality", "@usr.id").last("5m") > 250'],
    "database-monitoring alert": ['database-monitoring("dbm_type:activity").rollup("count").last("5m") > 10'],
    "network-performance alert": ['network-performance("a:b").rollup("sum", "@network.bytes").last("5m") > 1000'],
    "network-path alert": ['network-path("*").index("netpath-path").rollup("count").last("15m") > 1'],
    "llm-observability alert": ['llm-observability("*").rollup("count").last("2h") > 0'],
    "process alert": ["processes('java').over('a:b').rollup('count').last('10m') > 1"],
    "composite": ["123 && 456", "(1 && !2) || !(3 || 4)", "7", "${monitor:a.prod} || ${monitor:shop/b}"],
    "slo alert": [
        'error_budget("34dbd6fc8e5a5d86b8d1d1b3e5f6a7b8").over("7d") > 75',
        'burn_rate("${slo:availability}").over("30d").long_window("1h").short_window("5m") >= 14.4',
    ],
    "cost alert": [
        'formula("q").last("7d") > 100',
        'formula("q").last("7d").change("relative", 5) > 10',
        'formula("exclude_null(query1)").last("7d").anomaly(direction="above", threshold=10) >= 5',
        'formula("q").current("1mo").forecast() > 1000',
    ],
    "data-quality alert": ['formula("query1").last("30m") > 1000'],
    "data-jobs alert": ['formula("failed_runs(run_query)").by(job_name).last(10d) > 0'],
    "synthetics alert": ["no_query"],
}
"""By type, in canonical spacing."""

SPACED = [
    ("query alert", " avg ( last_5m ) : avg:a{ env:prod , !b:c }by{ host,env } / 2*3>5\n", "avg:a{env:prod,!b:c}"),
    ("query alert", "avg(last_5m):anomalies(sum:a{*}.as_count(),'agile',2,direction='below')>=1", "'agile', 2, dir"),
    ("query alert", "avg(last_5m):avg:a{az IN ( a ,b )}.rollup( sum,60 ) > 5", "{az IN (a,b)}.rollup(sum, 60)"),
    ("composite", "( 1&&! 2 )||3", "(1 && !2) || 3"),
    ("log alert", 'logs( "a   AND b" ) .rollup("count").last( "5m" )>1', '.last("5m") > 1'),
    ("slo alert", 'error_budget( "a" ).over("7d")>5', 'error_budget("a").over("7d") > 5'),
]
"""Other spacing, and a part of the canonical form."""

NAME = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(
    lambda name: name not in ("by", "in", "or", "and", "not")
)
METRIC = st.lists(NAME, min_size=1, max_size=3).map(".".join)
NUMBER = st.one_of(st.integers(0, 10**6).map(str), st.floats(0.01, 1e6).map(lambda number: f"{number:.3f}"))
WINDOW = st.builds("last_{}{}".format, st.integers(1, 28), st.sampled_from(["m", "h", "d"]))
VALUE = st.from_regex(r"[a-z0-9*][a-z0-9_.*/-]{0,6}", fullmatch=True)
TAG = st.builds("{}:{}".format, NAME, VALUE)
SYMBOLIC = st.lists(st.builds("{}{}".format, st.sampled_from(["", "!"]), TAG), min_size=1, max_size=3).map(",".join)
MEMBERSHIP = st.builds(
    "{} {} ({})".format, NAME, st.sampled_from(["IN", "NOT IN", "not in"]), st.lists(VALUE, min_size=1).map(",".join)
)
FUNCTIONAL = st.recursive(
    TAG | MEMBERSHIP,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "OR", "or"]), inner),
        inner.map("NOT ({})".format),
    ),
    max_leaves=5,
)
SCOPE = st.one_of(st.just("*"), SYMBOLIC, FUNCTIONAL)
BY = st.one_of(st.just(""), st.lists(NAME, min_size=1, max_size=3).map(lambda keys: f" by {{{','.join(keys)}}}"))
METHODS = st.lists(
    st.sampled_from([".as_count()", ".as_rate()", ".rollup(sum, 60)", ".fill(zero)", ".weighted()"]), max_size=2
).map("".join)
SERIES = st.builds(
    "{}:{}{{{}}}{}{}".format, st.sampled_from(["avg", "sum", "max", "p95", "count"]), METRIC, SCOPE, BY, METHODS
)
EXPRESSION = st.recursive(
    SERIES,
    lambda inner: st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner | NUMBER),
        inner.map("({})".format),
        st.builds("{}({})".format, st.sampled_from(["abs", "ewma_5", "hour_before", "default_zero"]), inner),
        st.builds("clamp_max({}, {})".format, inner, NUMBER),
    ),
    max_leaves=6,
)
COMPARATOR = st.sampled_from([">", ">=", "<", "<=", "==", "!="])
METRIC_QUERY = st.builds(
    "{}({}):{} {} {}".format, st.sampled_from(["avg", "sum", "min", "max"]), WINDOW, EXPRESSION, COMPARATOR, NUMBER
)
SEARCH = st.recursive(
    st.one_of(NAME, TAG, TAG.map("-@{}".format), NAME.map('\\"{} x\\"'.format), NAME.map("@{}:[1 TO 5]".format)),
    lambda inner: st.one_of(
        st.builds("{}{}{}".format, inner, st.sampled_from([" ", " AND ", " OR "]), inner),
        inner.map("({})".format),
        st.builds("{}:({})".format, NAME, inner),
        inner.map("NOT ({})".format),
    ),
    max_leaves=6,
)
EVENT_QUERY = st.builds(
    'logs("{}").index("{}").rollup("count").by("{}").last("{}") {} {}'.format,
    *(SEARCH, NAME, st.lists(NAME, min_size=1).map(",".join), st.sampled_from(["5m", "1h", "2d"]), COMPARATOR, NUMBER),
)
COMPOSITE = st.recursive(
    st.integers(1, 10).map(str),
    lambda inner: st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from(["&&", "||"]), inner), inner.map("!({})".format)
    ),
    max_leaves=8,
)
GENERATED = st.one_of(
    st.tuples(st.just("query alert"), METRIC_QUERY),
    st.tuples(st.just("log alert"), EVENT_QUERY),
    st.tuples(st.just("composite"), COMPOSITE),
)
"""A type and a query of it, in canonical spacing."""
