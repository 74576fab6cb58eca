"""What metric queries give of the points that were posted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.conftest import KEYS, Client
from tests.sandbox.metrics import COUNT, HOUR, RATE, START, asked, series, told

POSTED = [
    series("cpu", "env:prod host:a", [1, 3, 5, 7]),
    series("cpu", "env:prod host:b", [10, 20, None, 40]),
    series("cpu", "env:dev host:c", [100, 100, 100, 100]),
    series("cpu", "role:bare canary", [0, 0, 0, 1]),
    series("hits", "host:a", [6, 12, None, 60], type=COUNT, unit="hit"),
    series("hits", "host:b", [60, 60, 60, 60], type=COUNT, unit="hit"),
    series("speed", "host:a", [2, 4, 6, 8], type=RATE, interval=60, unit="request"),
    series("faults", "host:a", [3, None, 3, 0], type=COUNT),
    series("gaps", "host:a", [4, None, None, 10, None], every=120),
    series("signs", "x:y", [-4, 8, 0, -1]),
    series("both", "team:red team:blue", [5]),
]


@pytest.fixture(scope="module")
def past(sandbox: Any, pool: Any) -> Client:
    org = Client(sandbox.url, pool, next(KEYS))
    assert org.call("POST", "/api/v2/series", {"series": POSTED}) == (202, {"errors": []})
    return org


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Space: each bucket of all series, or of each group.
        ("avg:signs{*}", {"*": [-4, 8, 0, -1]}),
        ("signs{*}", {"*": [-4, 8, 0, -1]}),
        ("sum:cpu{env:prod}", {"env:prod": [11, 23, 5, 47]}),
        ("avg:cpu{env:prod}", {"env:prod": [5.5, 11.5, 5, 23.5]}),
        ("min:cpu{env:prod}", {"env:prod": [1, 3, 5, 7]}),
        ("max:cpu{env:prod}", {"env:prod": [10, 20, 5, 40]}),
        ("count:cpu{env:prod}", {"env:prod": [2, 2, 1, 2]}),
        (
            "sum:cpu{env:prod} by {host}",
            {"env:prod,host:a": [1, 3, 5, 7], "env:prod,host:b": [10, 20, 40]},
        ),
        (
            "sum:cpu{*} by {env,host}.rollup(max, 3600)",
            {"env:prod,host:a": [7], "env:prod,host:b": [40], "env:dev,host:c": [100], "env:N/A,host:N/A": [1]},
        ),
        ("exclude_null(max:cpu{*} by {env}.rollup(max, 3600))", {"env:prod": [40], "env:dev": [100]}),
        ("sum:both{*} by {team}", {"team:red": [5], "team:blue": [5]}),
        # Scopes.
        ("max:cpu{host:a}", {"host:a": [1, 3, 5, 7]}),
        ("max:cpu{HOST:A}", {"HOST:A": [1, 3, 5, 7]}),
        ("max:cpu{canary}", {"canary": [0, 0, 0, 1]}),
        ("max:cpu{env:prod,host:b}", {"env:prod,host:b": [10, 20, 40]}),
        ("max:cpu{env:*,!host:a,!host:c}", {"!host:a,!host:c,env:*": [10, 20, 40]}),
        ("max:cpu{env:p*d}", {"env:p*d": [10, 20, 5, 40]}),
        ("max:cpu{env:p?od}", {}),
        ("max:cpu{host:a OR host:c}", {"host:a OR host:c": [100, 100, 100, 100]}),
        ("max:cpu{env:prod AND NOT host:b}", {"NOT host:b,env:prod": [1, 3, 5, 7]}),
        ("max:cpu{(host:a OR host:b) AND env:dev}", {}),
        ("max:cpu{host IN (a, b)}", {"host IN (a,b)": [10, 20, 5, 40]}),
        ("max:cpu{host IN (\"a\", 'x*')}", {"host IN (\"a\",'x*')": [1, 3, 5, 7]}),
        ("max:cpu{env:prod AND host NOT IN (a)}", {"env:prod,host NOT IN (a)": [10, 20, 40]}),
        ("max:cpu{env:nowhere}", {}),
        ("max:nothing{*}", {}),
        # Time: the average of a bucket, or what a rollup says.
        ("avg:cpu{host:a}.rollup(120)", {"host:a": [2, 6]}),
        ("avg:cpu{host:a}.rollup('sum', 120)", {"host:a": [4, 12]}),
        ("avg:cpu{host:a}.rollup(min)", {"host:a": [1, 3, 5, 7]}),
        ("avg:cpu{host:a}.rollup(count, 180)", {"host:a": [3, 1]}),
        # First over time, then over space: the greatest mean, not the mean of the greatest.
        ("max:cpu{env:prod}.rollup(avg, 240)", {"env:prod": [70 / 3]}),
        ("avg:cpu{env:prod}.rollup(max, 240)", {"env:prod": [23.5]}),
        # Counts and rates.
        ("sum:hits{*}.rollup(avg, 240)", {"*": [86]}),
        ("sum:hits{*}.as_count().rollup(240)", {"*": [318]}),
        ("sum:hits{*}.as_rate().rollup(240)", {"*": [318 / 240]}),
        ("sum:speed{*}.rollup(240)", {"*": [5]}),
        ("sum:speed{*}.as_rate().rollup(240)", {"*": [5]}),
        ("sum:speed{*}.as_count().rollup(240)", {"*": [1200]}),
        ("sum:speed{*}.as_count()", {"*": [120, 240, 360, 480]}),
        ("sum:cpu{host:a}.as_count().rollup(240)", {"host:a": [4]}),
        ("avg:hits{host:b}.as_count().weighted()", {"host:b": [60, 60, 60, 60]}),
        ("max:hits{host:b}.as_count().rollup(max, 240)", {"host:b": [60]}),
        # Gaps.
        ("avg:gaps{*}", {"*": [4, 10]}),
        ("avg:gaps{*}.rollup(120).fill(linear, 400)", {"*": [4, 6, 8, 10]}),
        ("avg:gaps{*}.rollup(120).fill(linear)", {"*": [4, 10]}),
        ("avg:gaps{*}.rollup(120).fill(last, 120)", {"*": [4, 4, 10, 10]}),
        ("avg:gaps{*}.rollup(900).fill(zero)", {"*": [7, 0, 0, 0]}),
        ("avg:gaps{*}.rollup(900).fill(2)", {"*": [7, 2, 2, 2]}),
        ("avg:gaps{*}.rollup(900).fill(null)", {"*": [7]}),
        ("default_zero(avg:gaps{*}.rollup(900))", {"*": [7, 0, 0, 0]}),
        ("default_zero(avg:nothing{*})", {}),
        # Arithmetic.
        ("avg:signs{*} + 1", {"*": [-3, 9, 1, 0]}),
        ("10 - avg:signs{*}", {"*": [14, 2, 10, 11]}),
        ("-avg:signs{*}", {"*": [4, -8, 0, 1]}),
        ("2 * (avg:signs{*} - 1 + 3 * 2) / 4", {"*": [0.5, 6.5, 2.5, 2]}),
        ("avg:signs{*} * -0.5", {"*": [2, -4, 0, 0.5]}),
        ("8 / avg:signs{*}", {"*": [-2, 1, None, -8]}),
        (
            "sum:faults{*}.as_count() / sum:hits{*}.as_count() * 100",
            {"*": [3 / 66 * 100, None, 3 / 60 * 100, 0]},
        ),
        (
            "sum:cpu{env:prod} by {host} / sum:cpu{env:prod}",
            {
                "env:prod,host:a": [1 / 11, 3 / 23, 1, 7 / 47],
                "env:prod,host:b": [10 / 11, 20 / 23, None, 40 / 47],
            },
        ),
        (
            "sum:cpu{*} by {host} - sum:hits{*} by {host}",
            {"host:a": [-5, -9, None, -53], "host:b": [-50, -40, None, -20]},
        ),
        ("max:cpu{host:a} by {env,host} + max:cpu{host:a} by {host}", {"env:prod,host:a": [2, 6, 10, 14]}),
        # Functions.
        ("abs(avg:signs{*})", {"*": [4, 8, 0, 1]}),
        ("log2(avg:signs{*})", {"*": [None, 3, None, None]}),
        ("log10(avg:cpu{env:dev})", {"env:dev": [2, 2, 2, 2]}),
        ("clamp_min(avg:signs{*}, -1)", {"*": [-1, 8, 0, -1]}),
        ("clamp_max(avg:signs{*}, 0)", {"*": [-4, 0, 0, -1]}),
        ("cutoff_min(avg:signs{*}, 0)", {"*": [None, 8, 0, None]}),
        ("cutoff_max(avg:signs{*}, 0)", {"*": [-4, None, 0, -1]}),
        ("cumsum(avg:signs{*})", {"*": [-4, 4, 4, 3]}),
        ("diff(avg:signs{*})", {"*": [12, -8, -1]}),
        ("abs(diff(avg:signs{*}) * 2)", {"*": [24, 16, 2]}),
    ],
)
def test_what_a_query_gives(past: Client, query: str, expected: dict[str, list[float | None]]) -> None:
    found = told(past, query)
    assert found.keys() == expected.keys()
    for scope, values in found.items():
        assert values == pytest.approx(expected[scope]), scope


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("avg:cpu", "Error parsing query: unable to parse avg:cpu: column 8: expected the scope of the metric"),
        ("avg:cpu{*} by {host", "Error parsing query"),
        ("sum(rate(cpu[5m]))", "Error parsing query"),
        ("avg:cpu{$env}", "$env has no value here: put one in its place"),
        ("avg:cpu{env:$env}", "env:$env holds a template variable: put its value in its place"),
        ("p95:cpu{*}", "keeps no distributions; it aggregates by avg, sum, min, max or count"),
        ("anomalies(avg:cpu{*}, 'basic', 2)", "does not work out anomalies(…); it knows abs, clamp_max"),
        ("abs(avg:cpu{*}, 2)", "abs(…) takes a query alone"),
        ("clamp_min(avg:cpu{*})", "clamp_min(…) takes a query and a number"),
        ("abs(5)", "abs(5): expected a metric query in abs(…)"),
        ("abs('cpu')", "expected a metric query in abs(…)"),
        ("1 + 2 * 3", "1 + 2 * 3 names no metric"),
        ("1 / 0 * avg:cpu{*}", "1 / 0 has no value"),
        ("avg:cpu{*}.rollup(p95, 60)", "a rollup is by avg, sum, min, max or count"),
        ("avg:cpu{*}.rollup(avg, 0)", "a rollup takes a method and whole seconds"),
        ("avg:cpu{*}.rollup(avg, 1.5)", "a rollup takes a method and whole seconds"),
        ("avg:cpu{*}.rollup(1e3)", "a rollup takes a method and whole seconds"),
        ("avg:cpu{*}.fill(most)", "a gap is filled with linear, last, zero or null, or a number"),
        ("avg:cpu{*}.fill()", "a gap is filled with linear"),
        ("avg:cpu{*}.fill(last, soon)", "so many whole seconds"),
        ("avg:cpu{*}.nonsense()", "the sandbox knows .as_count(), .as_rate(), .rollup(), .fill() or .weighted()"),
        ("(avg:cpu{*} + 1).rollup(60)", "rolls up and groups series alone"),
    ],
)
def test_what_is_refused_with_a_reason(past: Client, query: str, words: str) -> None:
    answer = asked(past, query)
    assert (answer["status"], answer["series"], answer["query"]) == ("error", [], query)
    assert words in answer["error"]


def test_the_whole_answer(past: Client) -> None:
    """The fields are those of the reference's example, and of answers that were published since."""
    query = "sum:hits{host:*} by {host}.as_rate(), avg:nothing{*}, max:signs{*}"
    answer = asked(past, query, START - 37, START + HOUR)
    first, *_, last = answer.pop("series")
    assert answer == {
        "status": "ok",
        "res_type": "time_series",
        "resp_version": 1,
        "query": query,
        "from_date": (START - 37) * 1000,
        "to_date": (START + HOUR) * 1000,
        "values": [],
        "times": [],
        "message": "",
        "group_by": ["host"],
    }
    assert first == {
        "metric": "hits",
        "display_name": "hits",
        "expression": "sum:hits{host:a,host:*}.as_rate()",
        "scope": "host:*,host:a",
        "tag_set": ["host:a"],
        "query_index": 0,
        "aggr": "sum",
        "interval": 30,
        "length": 3,
        "start": START * 1000,
        "end": (START + 180 + 30) * 1000 - 1000,
        "attributes": {},
        "unit": [
            {"family": "cache", "name": "hit", "plural": "hits", "short_name": None, "scale_factor": 1.0},
            {"family": "time", "name": "second", "plural": "seconds", "short_name": "s", "scale_factor": 1.0},
        ],
        "pointlist": [[START * 1000, 0.2], [(START + 60) * 1000, 0.4], [(START + 180) * 1000, 2.0]],
    }
    assert (last["query_index"], last["unit"], last["scope"], last["tag_set"]) == (2, None, "*", [])


@pytest.mark.parametrize(
    ("points", "span", "interval", "start", "end", "value"),
    [
        ([(1580741887, 1.0)], (1580741287, 1580742487), 5, 1580741885000, 1580741889000, 1.0),
        ([(1580518061, 1.0)], (1580454461, 1580574461), 600, 1580517600000, 1580518199000, 1.0),
        ([(1580514401, 1.0), (1580514461, 2.0)], (1580454461, 1580574461), 600, 1580514000000, 1580514599000, 1.5),
    ],
)
def test_as_datadog_answered(
    org: Client,
    points: list[tuple[int, float]],
    span: tuple[int, int],
    interval: int,
    start: int,
    end: int,
    value: float,
) -> None:
    """What the cassettes of datadogpy's tests show (TestDatadog.test_metrics, test_metrics_simple), names shortened."""
    sent = {"metric": "test.metric", "resources": [{"type": "host", "name": "test.host"}]}
    timed = [{"timestamp": at, "value": value} for at, value in points]
    assert org.call("POST", "/api/v2/series", {"series": [{**sent, "points": timed}]})[0] == 202
    assert asked(org, "test.metric{host:test.host}", *span) == {
        "status": "ok",
        "res_type": "time_series",
        "resp_version": 1,
        "query": "test.metric{host:test.host}",
        "message": "",
        "group_by": [],
        "from_date": span[0] * 1000,
        "to_date": span[1] * 1000,
        "values": [],  # newer answers have these two
        "times": [],
        "series": [
            {
                "metric": "test.metric",
                "display_name": "test.metric",
                "expression": "test.metric{host:test.host}",
                "scope": "host:test.host",
                "tag_set": [],  # newer answers have it
                "query_index": 0,
                "aggr": None,
                "interval": interval,
                "length": 1,
                "start": start,
                "end": end,
                "attributes": {},
                "unit": None,
                "pointlist": [[start, value]],
            }
        ],
    }


def test_the_expression_of_arithmetic(past: Client) -> None:
    (found,) = asked(past, "abs(sum:hits{host:a}.as_count() / sum:faults{*}) * 100")["series"]
    assert found["expression"] == "(abs((sum:hits{host:a}.as_count() / sum:faults{*})) * 100)"
    assert (found["metric"], found["aggr"], found["unit"]) == ("(abs((hits / faults)) * 100)", "sum", None)


@pytest.mark.parametrize(
    ("query", "unit", "per"),
    [
        ("sum:hits{*}.as_count()", "hit", None),
        ("sum:hits{*} + 1", "hit", None),
        ("sum:hits{*} - sum:hits{host:a}", "hit", None),
        ("sum:speed{*}", "request", "second"),
        ("sum:speed{*}.as_count()", "request", None),
        ("1 / sum:hits{*}", None, None),
        ("sum:hits{*} + sum:speed{*}", None, None),
        ("sum:hits{*} / sum:hits{*}", None, None),
    ],
)
def test_units(past: Client, query: str, unit: str | None, per: str | None) -> None:
    (found,) = asked(past, query)["series"]
    names = [None if one is None else one["name"] for one in found["unit"] or [None, None]]
    assert names == [unit, per]


@pytest.mark.parametrize(
    ("span", "rollup", "interval"),
    [
        (600, "", 2),
        (1200, "", 5),
        (HOUR, "", 20),
        (4 * HOUR, "", 30),
        (24 * HOUR, "", 300),
        (120_000, "", 600),
        (7 * 24 * HOUR, "", HOUR),
        (30 * 24 * HOUR, "", 4 * HOUR),
        (300 * 24 * HOUR, "", 24 * HOUR),
        (5000 * 24 * HOUR, "", 4 * 24 * HOUR),
        (HOUR, ".rollup(avg, 7)", 7),
        (30 * 24 * HOUR, ".rollup(sum, 20)", 4 * HOUR),
    ],
)
def test_the_interval_grows_with_the_span(past: Client, span: int, rollup: str, interval: int) -> None:
    (found,) = asked(past, f"avg:cpu{{env:dev}}{rollup}", START, START + span)["series"]
    assert found["interval"] == interval


def test_counts_that_come_seldom_make_wide_buckets(past: Client) -> None:
    (found,) = asked(past, "sum:speed{*}.as_rate()", START, START + 600)["series"]
    assert (found["interval"], [value for _, value in found["pointlist"]]) == (60, [2, 4, 6, 8])


def test_buckets_are_aligned_to_the_epoch_and_begin_in_the_span(past: Client) -> None:
    (found,) = asked(past, "avg:cpu{host:a}.rollup(max, 120)", START + 1, START + 180)["series"]
    assert found["pointlist"] == [[(START + 120) * 1000, 5]], "the point at the end of the span is not in it"


def test_a_metric_is_an_orgs_own(past: Client, org: Client) -> None:
    assert told(org, "avg:cpu{*}") == {}


@pytest.mark.parametrize(
    "parameters",
    [
        {"to": 2, "query": "avg:m{*}"},
        {"from": 1, "query": "avg:m{*}"},
        {"from": 1, "to": 2},
        {"from": 1, "to": 2, "query": " "},
        {"from": 2, "to": 2, "query": "avg:m{*}"},
        {"from": "now", "to": 2, "query": "avg:m{*}"},
        {"from": "nan", "to": 2, "query": "avg:m{*}"},
        {"from": -5, "to": 2, "query": "avg:m{*}"},
        {"from": 1, "to": START * 1000, "query": "avg:m{*}"},
    ],
)
def test_what_is_no_question(org: Client, parameters: dict[str, Any]) -> None:
    status, answer = org.call("GET", "/api/v1/query", **parameters)
    assert (status, [*answer]) == (400, ["errors"])


def test_parts_of_a_second_are_dropped(org: Client) -> None:
    answer = asked(org, "avg:m{*}", f"{START}.927099", f"{START + 60}.5")  # type: ignore[arg-type]
    assert (answer["from_date"], answer["to_date"]) == (START * 1000, (START + 60) * 1000)


WORDS = [
    *("avg:", "sum:", "count:", "p99:", "cpu{", "hits{*}", "cpu{env:prod}", "nothing{*}", "{", "}", "*", "host:a"),
    *("env:*", "!", ",", " AND ", " OR ", " NOT ", " IN ", " by {host}", " by {env,host}", "$env", "[", "?"),
    *(
        ".rollup(",
        ".rollup(sum, 60)",
        ".fill(",
        ".as_count()",
        ".as_rate()",
        "linear",
        "zero",
        "'x'",
        "60",
        "-1",
        "1e9",
    ),
    *("(", ")", " + ", " - ", " * ", " / ", "0", "abs(", "default_zero(", "cutoff_min(", "top(", "x=1"),
]


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_makes_the_sandbox_stumble(past: Client, words: list[str]) -> None:
    query = "".join(words)
    status, answer = past.call("GET", "/api/v1/query", **{"from": START, "to": START + HOUR, "query": query})
    if query.strip():
        assert (status, answer["status"]) in [(200, "ok"), (200, "error")], answer
    else:
        assert status == 400


POINTS = st.dictionaries(st.integers(0, 40), st.integers(-1000, 1000).map(float), min_size=1, max_size=12)
FLEETS = st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), POINTS, min_size=1)


@given(fleet=FLEETS, interval=st.sampled_from([60, 120, 600, 1800]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_add_up_to_the_whole(
    sandbox: Any, pool: Any, fleet: dict[tuple[str, str], dict[int, float]], interval: int
) -> None:
    """Whatever the points and the buckets: groups' sums are the sum of all, and the least and greatest are theirs."""
    org = Client(sandbox.url, pool, next(KEYS))
    sent = [
        {
            "metric": "m",
            "type": COUNT,
            "tags": [f"env:{env}", f"host:{host}"],
            "points": [{"timestamp": START + 60 * minute, "value": value} for minute, value in points.items()],
        }
        for (env, host), points in fleet.items()
    ]
    assert org.call("POST", "/api/v2/series", {"series": sent})[0] == 202

    def by_time(query: str) -> dict[float, list[float]]:
        found: dict[float, list[float]] = {}
        for one in asked(org, query)["series"]:
            for at, value in one["pointlist"]:
                found.setdefault(at, []).append(value)
        return found

    suffix = f".as_count().rollup({interval})"
    whole = {at: value for at, (value,) in by_time(f"sum:m{{*}}{suffix}").items()}
    assert sum(whole.values()) == pytest.approx(sum(sum(points.values()) for points in fleet.values()))
    for keys in ("env", "host", "env,host"):
        groups = by_time(f"sum:m{{*}} by {{{keys}}}{suffix}")
        assert {at: sum(values) for at, values in groups.items()} == pytest.approx(whole)
    for name, pick in (("min", min), ("max", max)):
        groups = by_time(f"{name}:m{{*}} by {{env}}.rollup({name}, {interval})")
        every = by_time(f"{name}:m{{*}}.rollup({name}, {interval})")
        assert {at: pick(values) for at, values in groups.items()} == {at: value for at, (value,) in every.items()}
    kept, dropped = (by_time(f"sum:m{{{scope}}}{suffix}") for scope in ("env:a", "!env:a"))
    together = {at: sum(kept.get(at, [])) + sum(dropped.get(at, [])) for at in kept.keys() | dropped.keys()}
    assert together == pytest.approx(whole)
