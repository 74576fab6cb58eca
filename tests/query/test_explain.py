import pytest

from ddops.query.explain import explain
from ddops.query.monitor import parse
from tests.query.queries import ACCEPTED

SENTENCES = [
    (
        "query alert",
        "avg(last_5m):avg:system.cpu.user{env:prod,!team:x} by {host} > 90",
        "Alerts for each host when the average over the last 5 minutes of the average of system.cpu.user where "
        "env:prod and not team:x is above 90.",
    ),
    (
        "query alert",
        "min(last_1h):p95:a{*} by {host,az} <= 3",
        "Alerts for each host and az when the 95th percentile of a is at or below 3 at least once "
        "during the last 1 hour.",
    ),
    (
        "query alert",
        "max(last_1h):max:a{*} < 3",
        "Alerts when the maximum of a is below 3 at all times during the last 1 hour.",
    ),
    (
        "query alert",
        "sum(current_1d):sum:a{*}.as_count() == 3",
        "Alerts when the sum since the start of the day of `sum:a{*}.as_count()` is equal to 3.",
    ),
    (
        "query alert",
        "pct_change(avg(last_5m),1h_ago):avg:a{*} < -50",
        "Alerts when the relative change, in percent, of the average over the last 5 minutes of the average of a, "
        "compared with 1 hour before, is below -50.",
    ),
    (
        "query alert",
        "avg(last_4h):anomalies(avg:a{*}, 'agile', 2, direction='above', alert_window='last_15m') >= 0.75",
        "Alerts when at least 75% of the points over the last 15 minutes of the average of a are above the expected "
        "band (agile, 2 deviations).",
    ),
    (
        "query alert",
        "avg(last_30m):outliers(avg:a{*} by {host}, 'DBSCAN', 3) > 0",
        "Alerts for each host when one group of the average of a behaves unlike the others over the last 30 minutes "
        "(DBSCAN, tolerance 3).",
    ),
    (
        "query alert",
        "max(next_1w):forecast(avg:a{*}, 'linear', 1) >= 80",
        "Alerts when the average of a is forecast (linear, 1 deviations) to be at or above 80 within the next 1 week.",
    ),
    (
        "log alert",
        'logs("service:web").index("main").rollup("cardinality", "@usr.id").by("host").last("5m") > 2',
        "Alerts for each host when the number of different @usr.id of logs that match `service:web` in the index main "
        "over the last 5 minutes is above 2.",
    ),
    (
        "event-v2 alert",
        'events("a:b").rollup("sum", "@evt.size").current("1h") > 2',
        "Alerts when the sum of @evt.size of events that match `a:b` since the start of the hour is above 2.",
    ),
    (
        "rum alert",
        'rum("*").rollup("pc95", "@d").last("1d") > 2',
        "Alerts when the 95th percentile of @d of all RUM events over the last 1 day is above 2.",
    ),
    (
        "process alert",
        "processes('java').over('env:prod').rollup('count').last('10m') < 1",
        "Alerts when the number of processes that match `java` on env:prod over the last 10 minutes is below 1.",
    ),
    (
        "service check",
        '"a.b".over("env:x").by("*").last(3).count_by_status()',
        "Alerts for each known group when the check a.b on env:x fails in its last 3 runs: the counts stand in "
        "options.thresholds.",
    ),
    (
        "composite",
        "(1 && !2) || ${monitor:a}",
        "Alerts when (monitor 1 alerts and not monitor 2 alerts) or monitor ${monitor:a} alerts.",
    ),
    (
        "slo alert",
        'burn_rate("abc").over("30d").long_window("1h").short_window("5m") > 14.4',
        "Alerts when the burn rate of the error budget of the SLO abc over 30 days is above 14.4, both over the last 1 "
        "hour and over the last 5 minutes.",
    ),
    (
        "slo alert",
        'error_budget("abc").over("7d") > 75',
        "Alerts when the used share of the error budget of the SLO abc over 7 days is above 75 percent.",
    ),
    (
        "cost alert",
        'formula("q").last("7d").change("relative") > 10',
        "Alerts when the relative change of `q` over the last 7 days is above 10, with the queries of "
        "options.variables.",
    ),
]


@pytest.mark.parametrize(("type", "query", "sentence"), SENTENCES)
def test_one_sentence(type, query, sentence):
    assert explain(parse(type, query)) == sentence


@pytest.mark.parametrize(("type", "query"), [(type, query) for type, all in ACCEPTED.items() for query in all])
def test_every_query_has_one(type, query):
    sentence = explain(parse(type, query))
    assert sentence.endswith(".")
    assert "\n" not in sentence
