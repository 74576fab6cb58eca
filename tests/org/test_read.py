"""Reading whole orgs: pages side by side, bodies through the cache."""

import signal
import sqlite3
import sys
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddops.catalog.config import OrgConfig
from ddops.errors import ApiError
from ddops.kinds.contract import Paging
from ddops.org.http import HttpOrg
from ddops.sandbox.server import Sandbox
from tests.org.conftest import API_KEY, APP_KEY, DASHBOARD, MONITOR, SLO
from tests.org.scripted import Reply, Scripted
from tests.process import started


def everything(kind, body):
    return True


def small(kind, most):
    """The kind with pages of `most`."""
    paging = replace(kind.endpoint.paging, most=most)
    return replace(kind, endpoint=replace(kind.endpoint, paging=paging))


class Store:
    """Monitors (by page) and SLOs (by offset) that a list is cut from."""

    def __init__(self, monitors=0, slos=0):
        self.monitors = [{"id": number, "name": f"m{number}"} for number in range(monitors)]
        self.slos = [{"id": f"s{number:05}"} for number in range(slos)]

    def __call__(self, asked):
        query = asked.query
        if asked.path == "/api/v1/monitor":
            start, size = int(query["page"]) * int(query["page_size"]), int(query["page_size"])
            return Reply(body=self.monitors[start : start + size])
        start, size = int(query["offset"]), int(query["limit"])
        return Reply(body={"data": self.slos[start : start + size], "error": None})


@settings(max_examples=50, deadline=None)
@given(monitors=st.integers(0, 60), slos=st.integers(0, 60), page=st.integers(1, 12), workers=st.integers(1, 16))
def test_every_object_is_read_once_in_the_order_of_ids(monitors, slos, page, workers):
    store = Store(monitors, slos)
    config = OrgConfig(name="acme")
    with (
        Scripted(store) as server,
        HttpOrg(config, api_key=API_KEY, app_key=APP_KEY, base_url=server.url, workers=workers) as org,
    ):
        kinds = [small(MONITOR, page), small(SLO, page)]
        assert org.read(kinds, everything) == {"monitor": store.monitors, "slo": store.slos}


def test_a_small_org_takes_one_request_for_each_kind(org, sandbox, payloads):
    for key in ("a", "b"):
        org.create(MONITOR, payloads["monitor"](key))
    sandbox.requests.clear()
    org.read([MONITOR, DASHBOARD, SLO], everything)
    paths = ["/api/v1/dashboard", "/api/v1/monitor", "/api/v1/slo"]
    assert sorted(sandbox.requests) == [("GET", path) for path in paths]


def test_pages_of_a_large_org_come_side_by_side(scripted):
    """Ten full pages: 0, then 1 to 4, then the others; none is answered before its whole round was asked for."""
    second, third = threading.Barrier(4), threading.Barrier(6)
    rounds = {**dict.fromkeys(range(1, 5), second), **dict.fromkeys(range(5, 11), third)}
    store = Store(monitors=100)

    def script(asked):
        page = int(asked.query["page"])
        if page in rounds:
            rounds[page].wait(timeout=20)
        return store(asked)

    server, org = scripted(script)
    assert len(org.read([small(MONITOR, 10)], everything)["monitor"]) == 100
    assert len(server.asked) <= 11 + 7


def test_connections_are_kept_for_all_workers(scripted):
    summaries = {"dashboards": [{"id": f"d{number}", "modified_at": "1"} for number in range(99)]}

    def script(asked):
        id_ = asked.path.rsplit("/", 1)[1]
        return Reply(body=summaries if id_ == "dashboard" else {"id": id_})

    server, org = scripted(script)
    for _ in range(3):
        org.read([DASHBOARD], everything)
    assert len(server.asked) == 300
    assert len({asked.connection for asked in server.asked}) <= 16


def test_only_what_is_wanted_is_kept(scripted):
    _, org = scripted(Store(monitors=50, slos=3))
    wanted = org.read([small(MONITOR, 10), SLO], lambda kind, body: kind.name == "monitor" and body["id"] % 10 == 0)
    assert [body["id"] for body in wanted["monitor"]] == [0, 10, 20, 30, 40]
    assert wanted["slo"] == []


def test_an_object_that_is_created_meanwhile_makes_none_come_twice(scripted):
    store = Store(monitors=30)

    def script(asked):
        answer = store(asked)
        store.monitors.insert(0, {"id": 1000 + len(store.monitors)})
        return answer

    _, org = scripted(script, workers=1)
    ids = [body["id"] for body in org.read([small(MONITOR, 10)], everything)["monitor"]]
    assert len(ids) == len(set(ids))
    assert set(range(30)) <= set(ids)


def test_a_server_that_knows_no_pages_is_asked_once(scripted):
    everything_at_once = [{"id": number} for number in range(25)]
    server, org = scripted(lambda asked: Reply(body=everything_at_once))
    assert org.read([small(MONITOR, 10)], everything)["monitor"] == everything_at_once
    assert len(server.asked) == 1


def test_a_page_that_fails_fails_the_read(scripted):
    store = Store(monitors=50)
    _, org = scripted(lambda asked: Reply(403, {"errors": ["No"]}) if asked.query["page"] == "3" else store(asked))
    with pytest.raises(ApiError, match="403 No"):
        org.read([small(MONITOR, 10)], everything)


def test_ctrl_c_ends_a_read_at_once(scripted):
    """One list hangs, the other one is interrupted: nobody waits for the first, not even the end of the process."""
    hanging, release = threading.Event(), threading.Event()

    def script(asked):
        if asked.path == "/api/v1/slo":
            hanging.set()
            release.wait(20)
        return Reply(body=[])

    def interrupt(line):
        assert hanging.wait(20)
        raise KeyboardInterrupt

    server, org = scripted(script, on_progress=interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            org.read([SLO, MONITOR], everything)
        assert not release.is_set()
        assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("ddops-"))
    finally:
        release.set()
    assert sorted(server.calls) == ["GET /api/v1/monitor", "GET /api/v1/slo"]


INTERRUPTED = """
import sys
from ddops.catalog.config import OrgConfig
from ddops.kinds.contract import kinds
from ddops.org.http import HttpOrg
from ddops.sandbox.server import Sandbox
org = HttpOrg(OrgConfig(name="acme"), api_key="api-key", app_key="app-key", base_url=sys.argv[1])
try:
    org.read(kinds().values(), lambda kind, body: True)
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_ctrl_c_ends_the_process_while_calls_hang():
    asked, release = threading.Event(), threading.Event()

    def script(_):
        asked.set()
        release.wait(20)
        return Reply(body=[])

    with Scripted(script) as server:
        try:
            with started([sys.executable, "-c", INTERRUPTED, server.url]) as process:
                assert asked.wait(20)
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate(timeout=10)
                assert (process.returncode, errors) == (130, "")
        finally:
            release.set()


# The cache: dashboards' lists hold summaries, their bodies are kept.


@pytest.fixture
def dashboards(org, payloads, sandbox):
    """Ten dashboards in the sandbox; gives what a read asks for: (lists, bodies)."""
    for number in range(10):
        org.create(DASHBOARD, payloads["dashboard"](f"k{number}"))

    def asked(reader, wanted=everything):
        sandbox.requests.clear()
        bodies = reader.read([DASHBOARD], wanted)["dashboard"]
        assert all("widgets" in body for body in bodies)
        paths = [path for _, path in sandbox.requests]
        return len(bodies), paths.count("/api/v1/dashboard"), len(paths) - paths.count("/api/v1/dashboard")

    return asked


@pytest.fixture
def cached(connect, sandbox, tmp_path):
    return connect(sandbox.url, cache=tmp_path / "cache", is_sandbox=True)


def test_a_body_is_fetched_once(dashboards, cached, org):
    assert dashboards(cached) == (10, 1, 10)
    assert dashboards(cached) == (10, 1, 0)
    assert cached.read([DASHBOARD], everything) == org.read([DASHBOARD], everything)


def test_without_a_cache_bodies_are_fetched_each_time(dashboards, org):
    assert dashboards(org) == (10, 1, 10)
    assert dashboards(org) == (10, 1, 10)


def test_what_changed_is_fetched_again(dashboards, cached, org, payloads):
    dashboards(cached)
    first, second, *_ = cached.read([DASHBOARD], everything)["dashboard"]
    org.update(DASHBOARD, first["id"], payloads["dashboard"]("changed"))
    org.delete(DASHBOARD, second["id"])
    assert dashboards(cached) == (9, 1, 1)
    assert "Dashboard changed" in [body["title"] for body in cached.read([DASHBOARD], everything)["dashboard"]]


def test_what_was_written_here_is_fetched_again_even_where_the_list_lags(scripted, tmp_path):
    body = {"id": "abc-def-ghi", "title": "old", "widgets": []}
    summary = {"id": "abc-def-ghi", "modified_at": "2024-01-01T00:00:00+00:00"}

    def script(asked):
        if asked.method == "PUT":
            body.update(asked.json)
        return Reply(body={"dashboards": [summary]} if asked.path == "/api/v1/dashboard" else body)

    _, org = scripted(script, cache=tmp_path)
    org.read([DASHBOARD], everything)
    org.update(DASHBOARD, "abc-def-ghi", {"title": "new"})
    assert org.read([DASHBOARD], everything)["dashboard"][0]["title"] == "new"


def test_what_is_not_wanted_any_more_is_dropped(dashboards, cached, tmp_path):
    dashboards(cached)
    assert dashboards(cached, lambda kind, body: body["title"] == "Dashboard k3") == (1, 1, 0)
    assert dashboards(cached) == (10, 1, 9)


def test_a_cache_is_of_one_org_and_holds_no_key(dashboards, cached, connect, sandbox, tmp_path):
    dashboards(cached)
    for other in ({"config": OrgConfig(name="other")}, {"api_key": "another-key"}):
        reader = connect(sandbox.url, cache=tmp_path / "cache", is_sandbox=True, **other)
        found, _, fetched = dashboards(reader)
        assert found == fetched
    files = [*(tmp_path / "cache").iterdir()]
    assert len(files) == 3
    shown = "".join(file.name for file in files).encode() + b"".join(file.read_bytes() for file in files)
    for key in (API_KEY, APP_KEY, "another-key"):
        assert key.encode() not in shown
        assert key[:8].encode() not in shown


@pytest.mark.parametrize("damage", ["text", "empty", "zeros", "cut", "other table", "broken bodies", "folder"])
def test_a_damaged_cache_is_as_good_as_none(dashboards, cached, tmp_path, damage):
    dashboards(cached)
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    if damage in ("text", "empty", "zeros", "cut"):
        file.write_bytes({"text": b"no database", "empty": b"", "zeros": bytes(9000), "cut": whole[:5000]}[damage])
    elif damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        other = "DROP TABLE bodies; CREATE TABLE bodies (x)"
        sql = {"other table": other, "broken bodies": "UPDATE bodies SET body = '{'"}
        connection = sqlite3.connect(file)
        connection.executescript(sql[damage])
        connection.close()
    assert dashboards(cached) == (10, 1, 10)
    if damage not in ("folder", "other table"):
        dashboards(cached)
        assert dashboards(cached) == (10, 1, 0)


def test_a_small_rate_limit_slows_a_read_down_and_does_not_fail_it(connect, naps, payloads):
    with Sandbox(None, clock=naps.clock, rate_limit=10) as server:
        org = connect(server.url, is_sandbox=True)
        for number in range(60):
            org.create(DASHBOARD, payloads["dashboard"](f"k{number}"))
        assert len(org.read([DASHBOARD], everything)["dashboard"]) == 60


def test_a_dashboard_that_goes_meanwhile_is_left_out(scripted, tmp_path):
    summaries = {"dashboards": [{"id": "gone", "modified_at": "1"}, {"id": "here", "modified_at": "1"}]}
    replies = {
        "/api/v1/dashboard": Reply(body=summaries),
        "/api/v1/dashboard/gone": Reply(404, {"errors": ["Dashboard with ID gone not found"]}),
        "/api/v1/dashboard/here": Reply(body={"id": "here", "widgets": []}),
    }
    _, org = scripted(lambda asked: replies[asked.path], cache=tmp_path)
    assert org.read([DASHBOARD], everything) == {"dashboard": [{"id": "here", "widgets": []}]}


def test_what_was_fetched_before_an_error_is_kept(scripted, tmp_path):
    summaries = {"dashboards": [{"id": f"d{number}", "modified_at": "1"} for number in range(5)]}
    forbidden = {"d4"}

    def script(asked):
        id_ = asked.path.rsplit("/", 1)[1]
        if id_ == "dashboard":
            return Reply(body=summaries)
        return Reply(403) if id_ in forbidden else Reply(body={"id": id_})

    server, org = scripted(script, cache=tmp_path, workers=1)
    with pytest.raises(ApiError):
        org.read([DASHBOARD], everything)
    forbidden.clear()
    server.asked.clear()
    assert len(org.read([DASHBOARD], everything)["dashboard"]) == 5
    assert len(server.asked) == 2


def test_paging_by_offset_counts_objects():
    assert SLO.endpoint.paging == Paging(start="offset", size="limit", most=1000, by="offset")
