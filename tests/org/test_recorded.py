"""The client against what Datadog itself answered, replayed without a network.

The recordings are not part of the project: set DDOPS_RECORDED to their folder, or these tests are skipped.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
import vcr  # type: ignore[import-untyped]
import yaml

from ddops.catalog.config import OrgConfig
from ddops.errors import ApiError
from ddops.org.site import api_url
from tests.org.conftest import DASHBOARD, MONITOR, SLO
from tests.org.test_read import everything, small

HERE = Path(__file__)
CASSETTES = Path(os.environ.get("DDOPS_RECORDED", HERE.parents[3] / "shared" / "recorded")) / "cassettes"
HOST = "https://api.datadoghq.com"
PAGING = DASHBOARD.endpoint.paging
assert PAGING is not None
FIRST_PAGE = {("offset", "0"), ("start", "0"), ("count", str(PAGING.most))}
KINDS = {kind.endpoint.collection: kind for kind in (MONITOR, DASHBOARD, SLO)}

pytestmark = pytest.mark.skipif(not CASSETTES.is_dir(), reason="the recordings are not here")


def recorded_calls(cassette):
    """The calls of a cassette that are the client's own: (method, kind, id, sent, status, answered)."""
    calls = []
    for interaction in yaml.load(cassette.read_text(), yaml.CSafeLoader)["interactions"]:
        request, response = interaction["request"], interaction["response"]
        path = re.fullmatch(rf"{HOST}(/api/v1/\w+)(?:/([\w-]*[\d-][\w-]*))?", request["uri"])
        if not path or path[1] not in KINDS or (request["method"] == "POST") != (path[2] is None):
            return []
        sent = orjson.loads(request["body"]) if request["body"] else None
        if path[2] is None and isinstance(sent, dict) and "dashboards" in sent:
            return []
        answered = orjson.loads(response["body"]["string"])
        calls.append((request["method"], KINDS[path[1]], path[2], sent, response["status"]["code"], answered))
    return calls


ALL = {path.stem: recorded_calls(path) for path in sorted(CASSETTES.glob("*.yaml"))} if CASSETTES.is_dir() else {}
CALLS = {name: calls for name, calls in ALL.items() if calls}


def parameters(request):
    """The query without what a recorded call for the first page may leave out: where it starts, and how long it is."""
    return sorted(pair for pair in parse_qsl(urlsplit(request.uri).query) if pair not in FIRST_PAGE)


def same(one, other):
    assert parameters(one) == parameters(other)


def same_json(one, other):
    assert orjson.loads(one.body or b"null") == orjson.loads(other.body or b"null")


@pytest.fixture
def replay(connect):
    """Plays a cassette; what it does not hold is an error, and never a call."""
    recorder = vcr.VCR(record_mode="none", match_on=["method", "scheme", "host", "port", "path", "parameters", "json"])
    recorder.register_matcher("parameters", same)
    recorder.register_matcher("json", same_json)
    org = connect(api_url(OrgConfig(name="acme")), workers=1)

    def play(name):
        return org, recorder.use_cassette(str(CASSETTES / f"{name}.yaml"))

    return play


def do(org, method, kind, id_, sent):
    match method:
        case "POST":
            return org.create(kind, sent)
        case "GET":
            return org.get(kind, id_)
        case "PUT":
            return org.update(kind, id_, sent)
        case _:
            return org.delete(kind, id_)


def unwrapped(kind, answered):
    body = kind.endpoint.wire.unwrap(answered)
    return body[0] if isinstance(body, list) else body


@pytest.mark.parametrize("name", CALLS)
def test_the_recorded_calls_give_what_was_recorded(replay, name):
    org, cassette = replay(name)
    with cassette as tape:
        for method, kind, id_, sent, status, answered in CALLS[name]:
            if status < 400:
                expected = None if method == "DELETE" else unwrapped(kind, answered)
                assert do(org, method, kind, id_, sent) == expected
            elif status == 404 and method in ("GET", "DELETE"):
                assert do(org, method, kind, id_, sent) is None
            else:
                with pytest.raises(ApiError) as refused:
                    do(org, method, kind, id_, sent)
                assert refused.value.status == status
                assert answered["errors"][0].strip() in refused.value.reason
        assert tape.all_played


@pytest.mark.skipif(not CASSETTES.is_dir(), reason="the recordings are not here")
def test_each_way_of_calling_is_recorded_for_each_kind():
    ways = {(kind.name, method) for calls in CALLS.values() for method, kind, *_ in calls}
    assert ways == {(kind.name, method) for kind in KINDS.values() for method in ("POST", "GET", "PUT", "DELETE")}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("test_get_all_monitors_returns_ok_response_with_pagination", MONITOR),
        ("test_get_all_slos_returns_ok_response_with_pagination", SLO),
    ],
)
def test_the_recorded_pages_are_read_as_one_list(replay, name, kind):
    org, cassette = replay(name)
    with cassette as tape:
        bodies = org.read([small(kind, 2)], everything)[kind.name]
        assert tape.all_played
    assert len(bodies) == 3
    assert [body["id"] for body in bodies] == sorted(body["id"] for body in bodies)


def test_the_recorded_summaries_lead_to_bodies(replay):
    """The list's summaries say which dashboards to read; this cassette holds no read of one, so none is wanted."""
    org, cassette = replay("test_get_all_dashboards_returns_ok_response")
    query: Mapping[str, Any] = {"filter[shared]": "false"}
    kind = replace(DASHBOARD, endpoint=replace(DASHBOARD.endpoint, list_query=query))
    seen = []
    with cassette:
        assert org.read([kind], lambda kind, summary: seen.append(summary)) == {"dashboard": []}
    assert [summary["id"] for summary in seen] == ["npw-6di-usv"]
    assert DASHBOARD.endpoint.modified in seen[0]
