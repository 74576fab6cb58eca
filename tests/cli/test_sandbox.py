"""The local org that stands in for all of them."""

import os
import re
import signal
import socket
import sys

import orjson
import pytest
import urllib3

from ddops.sandbox.server import Sandbox
from tests.online import Ui
from tests.process import started

PAGER = """\
product: pager
monitors:
  - {key: load, name: Load, type: query alert, query: "avg(last_5m):avg:system.load.1{*} > 4"}
"""


@pytest.fixture
def both(workspace):
    workspace.write("products/pager.yaml", "product: pager\ntitle: Pager\norg: [main, partner]\nteam: pager\n")
    workspace.write("monitors/pager.yaml", PAGER)


def plan(ddops, *arguments):
    run = ddops("plan", "--org", "sandbox", "--format", "json", *arguments)
    assert run.exit_code == 0, run.stderr
    return orjson.loads(run.stdout)


def test_it_remembers(ddops):
    run = ddops("apply", "--yes", "--org", "sandbox")
    assert run.exit_code == 0
    assert re.search(r"in main\s+sandbox://main/monitors/\d+", run.stdout)
    assert plan(ddops)["summary"]["unchanged"] == 5


def test_it_keeps_the_orgs_apart(ddops, both):
    changes = plan(ddops, "pager")["changes"]
    assert [change["org"] for change in changes] == ["main", "partner"]
    assert ddops("apply", "--yes", "--org", "sandbox", "--product", "pager").exit_code == 0
    assert plan(ddops, "pager")["changes"] == []


def test_reset_forgets(ddops, workspace):
    assert ddops("apply", "--yes", "--org", "sandbox").exit_code == 0
    assert ddops("sandbox", "reset").stdout == "the sandbox is empty\n"
    assert ddops("sandbox", "reset").stdout == "the sandbox was empty already\n"
    assert plan(ddops)["summary"]["create"] == 5


def test_an_id_that_it_lacks_is_created_with_a_note(ddops, workspace):
    workspace.replace("monitors/shop.yaml", "- key: latency", "- key: latency\n    adopt: 4711")
    found = plan(ddops)
    assert found["summary"]["create"] == 5
    assert found["notes"] == ["shop/monitor/latency: the sandbox has no monitor 4711 to adopt; it is created instead"]
    assert ddops("apply", "--yes", "--org", "sandbox").exit_code == 0
    assert (plan(ddops)["changes"], plan(ddops)["notes"]) == ([], [])


def test_a_saved_plan_of_it_is_applied_to_it(ddops):
    assert ddops("plan", "--out", "plan.json").exit_code == 0
    assert ddops("apply", "plan.json").exit_code == 0
    assert plan(ddops)["summary"]["unchanged"] == 5


def test_what_it_holds_is_not_for_git(ddops, workspace):
    """Nothing is written beside `.ddops`."""
    before = set(workspace.root.rglob("*"))
    assert ddops("apply", "--yes", "--org", "sandbox").exit_code == 0
    new = {file.relative_to(workspace.root).parts[0] for file in set(workspace.root.rglob("*")) - before}
    assert new == {".ddops"}


def test_a_port_that_is_taken_is_an_error(ddops):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = ddops("sandbox", "serve", "--port", str(taken.getsockname()[1]))
    assert run.exit_code == 1
    assert "choose another with --port" in run.stderr


def test_served_alone_it_is_what_a_run_sees(ddops, workspace):
    command = [sys.executable, "-m", "ddops", "sandbox", "serve", "--port", "0"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with started(command, cwd=workspace.root, env=env) as serving:
        assert serving.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", serving.stderr.readline())
        assert address is not None
        keys = dict.fromkeys(("DD_API_KEY", "DD_APP_KEY", "PARTNER_API_KEY", "PARTNER_APP_KEY"), "a-key-of-a-test")
        run = ddops("apply", "--yes", env={"DDOPS_API_URL": address.group(), **keys})
        serving.send_signal(signal.SIGINT)
        assert serving.stderr.read().strip() == "stopped"
        assert serving.wait(10) == 0
    assert run.exit_code == 0
    with Sandbox(workspace.root / ".ddops" / "sandbox.sqlite") as again, urllib3.PoolManager() as pool:
        assert Ui(again.url, pool, "a-key-of-a-test", "any").titles("slo") == ["Shop answers"]
