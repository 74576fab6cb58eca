from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import urllib3

from ddops.sandbox.server import Sandbox
from tests.sandbox.conftest import Client

MONITOR = {"type": "query alert", "query": "avg(last_5m):avg:a.b{*} > 5", "name": "n", "message": "m"}
DASHBOARD = {"title": "t", "layout_type": "ordered", "widgets": []}


@pytest.mark.parametrize(
    ("dropped", "path", "answer"),
    [
        ("DD-API-KEY", "/api/v1/validate", {"errors": ["API key required"]}),
        ("DD-API-KEY", "/api/v1/monitor", {"errors": ["API key required"]}),
        ("DD-APPLICATION-KEY", "/api/v1/monitor", {"errors": ["Forbidden"]}),
        ("DD-APPLICATION-KEY", "/api/v2/validate_keys", {"errors": ["Forbidden"]}),
    ],
)
@pytest.mark.parametrize("value", [None, "", " "])
def test_a_missing_key_is_forbidden(org, dropped, path, answer, value):
    org.headers.pop(dropped)
    if value is not None:
        org.headers[dropped] = value
    assert org.call("GET", path) == (403, answer)


def test_keys_are_valid(org):
    assert org.call("GET", "/api/v2/validate_keys") == (200, {"status": "ok"})
    del org.headers["DD-APPLICATION-KEY"]
    assert org.call("GET", "/api/v1/validate") == (200, {"valid": True})


@pytest.mark.parametrize("path", ["/", "/api/v1/nothing", "/api/v1/monitor/1/2/3"])
def test_unknown_paths_are_not_found(org, path):
    response = org.raw("GET", path)
    assert (response.status, response.headers["Content-Type"]) == (404, "text/html")


def test_other_methods_are_not_allowed(org):
    assert org.call("PATCH", "/api/v1/monitor", {})[0] == 405


@pytest.mark.parametrize("body", [b"{", b"nonsense", b"[1", b"\xff"])
def test_malformed_json_is_refused(org, body):
    assert org.raw("POST", "/api/v1/monitor", body).status == 400


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"text"', b"3"])
def test_a_body_has_to_be_an_object(org, body):
    for path in ("/api/v1/monitor", "/api/v1/dashboard", "/api/v1/slo"):
        assert org.raw("POST", path, body).status == 400


def test_each_api_key_is_an_org_of_its_own(sandbox, pool):
    one, other = Client(sandbox.url, pool, "one"), Client(sandbox.url, pool, "other")
    monitor = one.made("/api/v1/monitor", MONITOR)
    dashboard = one.made("/api/v1/dashboard", DASHBOARD)
    assert other.call("GET", "/api/v1/monitor") == (200, [])
    for path in (f"/api/v1/monitor/{monitor['id']}", f"/api/v1/dashboard/{dashboard['id']}"):
        assert one.call("GET", path)[0] == 200
        assert other.call("GET", path)[0] == 404
        assert other.call("DELETE", path)[0] == 404
    assert other.made("/api/v1/monitor", MONITOR)["id"] != monitor["id"]


def test_ids_have_datadogs_shapes_and_are_repeatable(pool):
    seen = []
    for _ in range(2):
        with Sandbox(None) as sandbox:
            org = Client(sandbox.url, pool, "same")
            seen.append((org.made("/api/v1/monitor", MONITOR)["id"], org.made("/api/v1/dashboard", DASHBOARD)["id"]))
    assert seen[0] == seen[1]
    assert 10**8 <= seen[0][0] < 10**9
    assert [len(part) for part in seen[0][1].split("-")] == [3, 3, 3]


def test_the_key_is_not_kept(tmp_path, pool):
    with Sandbox(tmp_path / "org.db") as sandbox:
        Client(sandbox.url, pool, "very-secret-key").made("/api/v1/monitor", MONITOR)
    assert all(b"very-secret-key" not in file.read_bytes() for file in tmp_path.iterdir())


def test_a_file_keeps_its_objects(tmp_path, pool):
    file = tmp_path / "sub" / "org.db"
    with Sandbox(file) as sandbox:
        made = Client(sandbox.url, pool, "k").made("/api/v1/monitor", MONITOR)
    with Sandbox(file) as sandbox:
        assert [m["id"] for m in Client(sandbox.url, pool, "k").call("GET", "/api/v1/monitor")[1]] == [made["id"]]


def test_two_processes_share_a_file(tmp_path: Path, pool):
    file = tmp_path / "org.db"
    other = (
        "import sys, json, urllib.request\n"
        "from pathlib import Path\n"
        "from ddops.sandbox.server import Sandbox\n"
        "with Sandbox(Path(sys.argv[1])) as s:\n"
        "    for n in range(20):\n"
        f"        body = dict({MONITOR!r}, name=f'other {{n}}')\n"
        "        headers = {'DD-API-KEY': 'k', 'DD-APPLICATION-KEY': 'a'}\n"
        "        urllib.request.urlopen(urllib.request.Request(\n"
        "            s.url + '/api/v1/monitor', json.dumps(body).encode(), headers)).close()\n"
    )
    with Sandbox(file) as sandbox:
        org = Client(sandbox.url, pool, "k")
        process = subprocess.Popen([sys.executable, "-c", other, str(file)])
        for number in range(20):
            org.made("/api/v1/monitor", MONITOR | {"name": f"mine {number}"})
        assert process.wait(timeout=30) == 0
        listed = org.call("GET", "/api/v1/monitor")[1]
    assert len({monitor["id"] for monitor in listed}) == 40


def test_many_threads_write_at_once(sandbox, pool):
    org = Client(sandbox.url, pool, "threads")
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda n: org.made("/api/v1/monitor", MONITOR | {"name": f"n{n}"}), range(80)))
        read = list(threads.map(lambda one: org.call("GET", f"/api/v1/monitor/{one['id']}")[0], made))
    assert len({one["id"] for one in made}) == 80
    assert set(read) == {200}


def test_limits_are_told(pool):
    with Sandbox(None) as sandbox:
        headers = Client(sandbox.url, pool, "k").raw("POST", "/api/v1/monitor", b"{}").headers
    told = {name: headers[f"X-RateLimit-{name}"] for name in ("Limit", "Period", "Remaining", "Name")}
    assert told == {"Limit": "500", "Period": "10", "Remaining": "499", "Name": "post_monitors"}


def test_too_many_calls_have_to_wait(pool):
    now = [1000.0]
    with Sandbox(None, rate_limit=2, clock=lambda: now[0]) as sandbox:
        org = Client(sandbox.url, pool, "k")
        assert [org.call("GET", "/api/v1/monitor")[0] for _ in range(2)] == [200, 200]
        refused = org.raw("GET", "/api/v1/monitor")
        assert (refused.status, refused.headers["X-RateLimit-Reset"], refused.headers["X-RateLimit-Remaining"]) == (
            *(429, "10", "0"),
        )
        assert refused.json() == {"errors": ["Rate limit of 2 requests in 10 seconds reached. Please try again later."]}
        assert org.call("GET", "/api/v1/slo")[0] == 200
        assert Client(sandbox.url, pool, "other").call("GET", "/api/v1/monitor")[0] == 200
        now[0] += 10
        assert org.call("GET", "/api/v1/monitor")[0] == 200


def test_requests_are_remembered(pool):
    with Sandbox(None) as sandbox:
        Client(sandbox.url, pool, "k").call("GET", "/api/v1/monitor", page=0)
        assert list(sandbox.requests) == [("GET", "/api/v1/monitor")]


def test_latency_is_added_to_each_answer(pool):
    with Sandbox(None, latency=0.05) as sandbox:
        start = time.perf_counter()
        Client(sandbox.url, pool, "k").call("GET", "/api/v1/validate")
    assert time.perf_counter() - start >= 0.05


def test_nothing_is_answered_after_a_stop(pool):
    sandbox = Sandbox(None)
    sandbox.start()
    org = Client(sandbox.url, urllib3.PoolManager(timeout=1), "k")
    assert org.call("GET", "/api/v1/validate")[0] == 200
    sandbox.stop()
    sandbox.stop()
    with pytest.raises(urllib3.exceptions.HTTPError):
        org.call("GET", "/api/v1/validate")
    org.pool.clear()


def test_serving_alone_ends_with_a_stop(pool):
    sandbox = Sandbox(None)
    thread = threading.Thread(target=sandbox.serve_forever)
    thread.start()
    assert Client(sandbox.url, pool, "k").call("GET", "/api/v1/validate")[0] == 200
    sandbox.stop()
    thread.join(timeout=5)
    assert not thread.is_alive()


def test_starting_and_stopping_is_cheap():
    start = time.perf_counter()
    for _ in range(10):
        with Sandbox(None):
            pass
    assert time.perf_counter() - start < 2
