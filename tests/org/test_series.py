"""A metric's past, as the client reads it."""

import pytest
import urllib3

from ddops.errors import ApiError, NothingSent
from ddops.org.contract import Series
from tests.org.conftest import API_KEY, APP_KEY
from tests.org.scripted import HANG_UP, Reply, in_turn

PATH = "/api/v1/query"
PERCENT = {"family": "percentage", "id": 17, "name": "percent", "plural": "percent", "short_name": "%"}
HIT = {"family": "cache", "id": 39, "name": "hit", "plural": "hits", "short_name": None}


def one(**fields):
    """A series of an answer; what the client has no use for is left as the API writes it."""
    return {
        "metric": "m",
        "display_name": "m",
        "expression": "avg:m{*}",
        "scope": "*",
        "tag_set": [],
        "interval": 300,
        "unit": None,
        "pointlist": [[1641344100000.0, 1.5]],
        **fields,
    }


def answer(*series, **fields):
    return Reply(200, {"status": "ok", "res_type": "time_series", "series": series, "message": "", **fields})


@pytest.mark.parametrize(
    "query",
    [
        "avg:system.cpu.user{*}",
        "sum:a.b{env:prod,!team:x} by {host,env}.as_count() / sum:c{*} * 100",
        "max:a{url:https://x.example/?a=b&c=d#e AND node:*-prod-*}+5%",
        "avg:a{k:ü},\n avg:b{*}",
    ],
)
def test_the_call_and_its_encoding(scripted, query):
    server, org = scripted(lambda asked: answer())
    assert org.series(query, 1641343852, 1641430252) == ()
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("GET", PATH)
    assert asked.query == {"from": "1641343852", "to": "1641430252", "query": query}
    assert not {" ", "{", "}", "\n"} & {*asked.target}


def test_scopes_points_and_nulls(scripted):
    pointlist = [[1641344100000.0, 91.5], [1641344400000.0, None], [1641344700000, 0]]
    _, org = scripted(lambda asked: answer(one(scope="host:a,env:prod", pointlist=pointlist), one(pointlist=[])))
    assert org.series("q", 1, 2) == (
        Series("host:a,env:prod", ((1641344100, 91.5), (1641344700, 0.0)), ""),
        Series("*", (), ""),
    )


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (None, ""),
        ([], ""),
        ([None, None], ""),
        ([PERCENT, None], "%"),
        ([PERCENT], "%"),
        ([HIT, PERCENT], "hits"),
        ([{"name": "hit"}, None], "hit"),
        ([{}, None], ""),
    ],
)
def test_units(scripted, unit, name):
    _, org = scripted(lambda asked: answer(one(unit=unit)))
    assert org.series("q", 1, 2)[0].unit == name


REFUSED = "Error parsing query: \nunable to parse avg:m: Rule 'scope_expr' didn't match at '' (line 1, column 6)."


@pytest.mark.parametrize(
    ("reply", "status", "words"),
    [
        (
            Reply(200, {"status": "error", "error": REFUSED, "message": None, "series": []}),
            400,
            "unable to parse avg:m",
        ),
        (Reply(200, {"status": "error", "error": "", "message": "too much"}), 400, "too much"),
        (Reply(200, {"status": "error"}), 400, "the query is refused"),
        (Reply(400, {"status": "error", "error": REFUSED}), 400, "unable to parse avg:m"),
        (Reply(400, {"errors": [REFUSED]}), 400, "unable to parse avg:m"),
        (Reply(403, {"errors": ["Forbidden"]}), 403, "Forbidden; check that DD_API_KEY"),
        (Reply(200, {"status": "error", "error": f"bad {API_KEY} {APP_KEY}"}), 400, r"bad \[key\] \[key\]"),
    ],
)
def test_a_refusal_is_told_in_the_orgs_words(scripted, reply, status, words):
    server, org = scripted(lambda asked: reply)
    with pytest.raises(ApiError, match=words) as refused:
        org.series("avg:m", 1, 2)
    assert refused.value.status == status
    assert str(refused.value).startswith(f"GET {PATH}: {status} ")
    assert "\n" not in str(refused.value)
    assert len(server.asked) == 1, "a refusal is not asked for again"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>welcome</html>",
        b"[]",
        {},
        {"series": None},
        {"series": [5]},
        {"series": [{"scope": "*"}]},
        {"series": [one(pointlist=[5])]},
        {"series": [one(pointlist=[["x", 1]])]},
        {"series": [one(pointlist=[[1, "x"]])]},
        {"series": [one(pointlist=[[1, {}]])]},
        {"series": [one(unit=[5])]},
    ],
)
def test_what_is_no_answer(scripted, body):
    _, org = scripted(lambda asked: Reply(200, body))
    with pytest.raises(ApiError, match="the answer is not"):
        org.series("avg:m{*}", 1, 2)


def test_an_answer_that_is_lost_is_asked_for_again(scripted, naps):
    server, org = scripted(in_turn(HANG_UP, Reply(503, {}), answer(one())))
    assert len(org.series("avg:m{*}", 1, 2)) == 1
    assert server.calls == [f"GET {PATH}"] * 3
    assert len(naps) == 2


def test_the_rate_limit_is_waited_for(scripted, naps):
    """It is counted for an hour, and no wait is longer than a minute."""
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "30", "X-RateLimit-Name": "query"}
    _, org = scripted(in_turn(Reply(200, answer().body, headers), answer()))
    org.series("avg:m{*}", 1, 2)
    org.series("avg:m{*}", 1, 2)
    assert naps == [30]
    _, org = scripted(lambda asked: Reply(429, {"errors": ["Rate limit of 600 requests in 3600 seconds reached."]}))
    with pytest.raises(NothingSent, match="Rate limit of 600"):
        org.series("avg:m{*}", 1, 2)


START = 1_700_006_400
SENT = {
    "metric": "shop.errors",
    "type": 1,
    "unit": "error",
    "points": [{"timestamp": START + 60 * minute, "value": minute} for minute in range(3)],
}


def test_against_the_sandbox(org, sandbox):
    hosts = [{**SENT, "tags": ["env:prod"], "resources": [{"type": "host", "name": name}]} for name in ("a", "b")]
    headers = {"DD-API-KEY": API_KEY}
    assert (
        urllib3.request("POST", f"{sandbox.url}/api/v2/series", json={"series": hosts}, headers=headers).status == 202
    )
    values = ((START, 0.0), (START + 60, 1.0), (START + 120, 2.0))
    query = "sum:shop.errors{env:prod} by {host}.as_count().rollup(60)"
    assert org.series(query, START, START + 3600) == (
        Series("env:prod,host:a", values, "err"),
        Series("env:prod,host:b", values, "err"),
    )
    (rate,) = org.series("100 * (sum:shop.errors{*} / sum:shop.errors{*})", START, START + 3600)
    assert rate == Series("*", ((START + 60, 100.0), (START + 120, 100.0)), "")
    assert org.series("avg:nobody.sends.it{*}", START, START + 3600) == ()
    with pytest.raises(ApiError, match="400 Error parsing query: unable to parse sum:shop"):
        org.series("sum:shop", START, START + 3600)
