"""A saved plan, in any format."""

import orjson
import pytest

from ddops.cli.planning import formats


@pytest.fixture
def file(orgs, workspace):
    """A plan that creates, updates and deletes, saved."""
    orgs.apply()
    workspace.replace("monitors/shop.yaml", "Shop is slow", "Shop is very slow")
    workspace.replace("products/shop.yaml", "alert, recovery", "alert")
    workspace.replace("dashboards/shop/overview.yaml", "Hello from", "Welcome to")
    workspace.remove("slos/shop.yaml")
    workspace.write("slos/more.yaml", "product: shop\nslos: []\n")
    run = orgs("plan", "--out", "plan.json", "--max-change", "100")
    assert run.exit_code == 0, run.stderr
    return workspace.root / "plan.json"


@pytest.mark.parametrize("name", list(formats()))
def test_it_shows_what_the_plan_showed(orgs, file, name):
    planned = orgs("plan", "--max-change", "100", "--no-backtest", "--format", name)
    shown = orgs.run("show", "plan.json", "--format", name)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, planned.stdout, "")


def test_it_needs_no_specs_and_no_org(orgs, file, tmp_path, monkeypatch):
    before = len(orgs.server.requests)
    for path in file.parent.iterdir():
        if path.is_file() and path != file:
            path.unlink()
    run = orgs.run("show", "plan.json")
    assert (run.exit_code, len(orgs.server.requests)) == (0, before)
    assert "Shop is very slow" in run.stdout


def test_it_holds_no_key(orgs, file):
    text = file.read_text()
    assert [value for name, value in orgs.env.items() if name.endswith("_KEY") and value in text] == []


def test_it_holds_the_bodies(file):
    changes = orjson.loads(file.read_bytes())["shown"]["changes"]
    assert {change["address"]["kind"] for change in changes if change["payload"] and change["before"]} == {
        *("monitor", "dashboard")
    }


def test_a_file_that_is_no_plan(orgs, workspace):
    workspace.write("x.json", "{}")
    run = orgs.run("show", "x.json")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == "x.json is no saved plan; `ddops plan --out FILE` writes one\n"


def test_an_unknown_format(orgs, file):
    run = orgs.run("show", "plan.json", "--format", "pdf")
    assert run.exit_code == 1
    assert "'pdf' is not one of" in run.stderr
