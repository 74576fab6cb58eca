"""Points that are posted, and which of them are kept."""

from __future__ import annotations

from typing import Any

import pytest

from ddops.sandbox.points import MOST_KEPT
from tests.sandbox.conftest import Client
from tests.sandbox.metrics import START, series, told


def test_a_later_point_replaces_an_earlier_one(org: Client) -> None:
    for values in ([1, 2], [5]):
        one = series("m", "", values, resources=[{"type": "host", "name": "Web-1"}, {"type": "cluster", "name": "c"}])
        assert org.call("POST", "/api/v2/series", {"series": [one]})[0] == 202
    assert told(org, "avg:m{host:web-1}") == {"host:web-1": [5, 2]}


def test_the_oldest_points_of_a_series_go(org: Client) -> None:
    last = START + MOST_KEPT + 4
    many = [{"timestamp": START + second, "value": 1} for second in range(MOST_KEPT)]
    more = [{"timestamp": last - second, "value": 1} for second in range(5)]
    for points in (many, more):
        sent = [{"metric": "m", "points": points}, {"metric": "other", "points": points[-1:]}]
        assert org.call("POST", "/api/v2/series", {"series": sent})[0] == 202
    (kept,) = told(org, "sum:m{*}.rollup(count, 86400)", START, last + 1).values()
    assert sum(filter(None, kept)) == MOST_KEPT
    assert told(org, "sum:m{*}.rollup(count, 10)", START, START + 10) == {"*": [5]}
    assert told(org, "sum:other{*}.rollup(count, 864000)", START - 864000, last + 1) == {"*": [2]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"metric": ""},
        {"metric": None},
        {"tags": "env:prod"},
        {"type": 4},
        {"type": "count"},
        {"interval": -1},
        {"interval": 10**9},
        {"unit": 5},
        {"resources": {"type": "host"}},
        {"resources": [{"type": "host", "name": 5}]},
        {"points": {"timestamp": 1}},
        {"points": [[1, 2]]},
        {"points": [{}]},
        {"points": [None]},
        {"points": [{"timestamp": 1}]},
        {"points": [{"timestamp": 1, "value": "2"}]},
        {"points": [{"timestamp": 1, "value": True}]},
        {"points": [{"timestamp": -1, "value": 1}]},
        {"points": [{"timestamp": START * 1000, "value": 1}]},
    ],
)
def test_what_is_no_series_is_refused_and_nothing_of_it_kept(org: Client, wrong: dict[str, Any]) -> None:
    good = series("m", "", [1])
    status, answer = org.call("POST", "/api/v2/series", {"series": [good, {**good, **wrong}]})
    assert status == 400
    assert answer["errors"][0].startswith("Payload is not in the expected format")
    assert told(org, "avg:m{*}") == {}
