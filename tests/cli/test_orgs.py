"""Which org a run goes to, and which keys it takes."""

import re
import tempfile
from pathlib import Path

import pytest

from ddops.cli import exits

MAIN = {"DD_API_KEY": "main-api-key", "DD_APP_KEY": "main-app-key"}
PARTNER = {"PARTNER_API_KEY": "partner-api-key", "PARTNER_APP_KEY": "partner-app-key"}
NOTE = "ddops: no keys in the environment: this is the local sandbox (.ddops/sandbox.sqlite), not Datadog"
PAGER = """\
product: pager
monitors:
  - key: load
    org: [main, partner]
    name: Load in ${org}
    type: query alert
    query: avg(last_5m):avg:system.load.1{*} > 4
"""


@pytest.fixture
def both(workspace):
    """A product of both orgs beside the shop, which is in `main`."""
    workspace.write("products/pager.yaml", "product: pager\ntitle: Pager\norg: main\nteam: pager\n")
    workspace.write("monitors/pager.yaml", PAGER)


def test_without_keys_it_is_the_sandbox_and_says_so_first(ddops):
    run = ddops("plan")
    assert run.exit_code == 0
    assert run.stderr.splitlines()[0] == NOTE
    assert "5 to create" in run.stdout


def test_the_sandbox_that_was_asked_for_needs_no_word(ddops):
    run = ddops("plan", "--org", "sandbox", env={"CI": "true", **MAIN})
    assert (run.exit_code, run.stderr) == (0, "")


@pytest.mark.parametrize("ci", ["true", "1", "yes"])
def test_a_pipeline_that_lost_its_secrets_does_not_pass(ddops, workspace, ci):
    run = ddops("plan", env={"CI": ci})
    assert run.exit_code == 1
    assert run.stdout == ""
    assert "keys are missing: set DD_API_KEY and DD_APP_KEY and PARTNER_API_KEY and PARTNER_APP_KEY" in run.stderr
    assert not (workspace.root / ".ddops" / "sandbox.sqlite").exists()


@pytest.mark.parametrize("ci", ["", "0", "false", "False"])
def test_what_says_that_it_is_no_pipeline_is_none(ddops, ci):
    assert ddops("plan", env={"CI": ci}).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "env", "missing"),
    [
        ([], MAIN, ["PARTNER_API_KEY", "PARTNER_APP_KEY"]),
        ([], {**MAIN, **PARTNER, "DD_APP_KEY": ""}, ["DD_APP_KEY"]),
        ([], {**MAIN, **PARTNER, "DD_APP_KEY": " \n"}, ["DD_APP_KEY"]),
        (["--org", "main"], {}, ["DD_API_KEY", "DD_APP_KEY"]),
        (["--org", "main"], PARTNER, ["DD_API_KEY", "DD_APP_KEY"]),
        (["--org", "partner"], {**MAIN, "PARTNER_API_KEY": "partner-api-key"}, ["PARTNER_APP_KEY"]),
    ],
)
def test_keys_that_are_missing_are_named(ddops, arguments, env, missing):
    run = ddops("plan", *arguments, env=env)
    assert run.exit_code == 1
    assert re.findall(r"\b[A-Z]+_A[PI]+_KEY\b", run.stderr) == missing
    assert "--org sandbox" in run.stderr
    assert not any(key in run.stderr for key in env.values() if key.strip())


@pytest.mark.parametrize(
    ("url", "env", "says"),
    [
        ("https://evil.example.com", {}, "https://evil.example.com, which would be given the keys"),
        ("http://evil.example.com", {"DDOPS_ALLOWED_HOSTS": "evil.example.com"}, "it must be http://127.0.0.1:PORT"),
        ("https://evil.example.com", {"DDOPS_ALLOWED_HOSTS": "proxy.example.com"}, "(proxy.example.com)"),
        ("http://127.0.0.1.evil.example.com", {}, "would be given the keys"),
        ("http://127.0.0.1@evil.example.com", {}, "no address that ddops takes"),
        ("127.0.0.1:8126", {}, "no address that ddops takes"),
    ],
)
def test_keys_do_not_go_just_anywhere(ddops, url, env, says):
    run = ddops("plan", env={**MAIN, **PARTNER, "DDOPS_API_URL": url, **env})
    assert run.exit_code == 1
    assert says in run.stderr
    assert "-key" not in run.stderr


def test_without_an_org_every_org_is_planned(orgs, both):
    plan = orgs.plan()
    assert plan["org"] == "all"
    assert [(change["org"], change["address"]) for change in plan["changes"] if "pager" in change["address"]] == [
        ("main", "pager/monitor/load"),
        ("partner", "pager/monitor/load"),
    ]
    orgs.apply()
    assert "Load in main" in orgs.main.titles("monitor")
    assert orgs.partner.titles("monitor") == ["Load in partner"]
    assert orgs.changes() == []


def test_one_org_leaves_the_others_alone(orgs, both, workspace):
    orgs.apply("--org", "partner")
    assert (orgs.main.titles("monitor"), orgs.partner.titles("monitor")) == ([], ["Load in partner"])
    orgs.apply("--org", "main")
    workspace.remove("monitors/pager.yaml")
    assert orgs.plan("--org", "partner")["org"] == "partner"
    orgs.apply("--org", "partner")
    assert orgs.partner.titles("monitor") == []
    assert "Load in main" in orgs.main.titles("monitor")


def test_one_org_needs_the_keys_of_that_org_alone(orgs):
    run = orgs("plan", "--org", "main", env={"PARTNER_API_KEY": "", "PARTNER_APP_KEY": ""})
    assert run.exit_code == 0


def test_pages_are_those_of_the_org(orgs, both):
    run = orgs.apply("--product", "pager")
    assert re.search(r"in main\s+https://acme\.datadoghq\.com/monitors/\d+", run.stdout)
    assert re.search(r"in partner\s+https://app\.datadoghq\.eu/monitors/\d+", run.stdout)


def test_adopt_can_name_an_id_for_each_org(orgs, both, workspace):
    body = {"name": "Load", "type": "query alert", "query": "avg(last_5m):avg:system.load.1{*} > 4"}
    ids = {"main": orgs.main.create("monitor", body)["id"], "partner": orgs.partner.create("monitor", body)["id"]}
    workspace.replace(
        "monitors/pager.yaml",
        "- key: load",
        f"- key: load\n    adopt: {{main: {ids['main']}, partner: {ids['partner']}}}",
    )
    changes = orgs.plan("pager")["changes"]
    assert {change["org"]: (change["action"], change["id"]) for change in changes} == {
        org: ("adopt", str(live_id)) for org, live_id in ids.items()
    }
    orgs.apply("--product", "pager")
    assert orgs.partner.all("monitor")[0]["name"] == "Load in partner"
    assert orgs.changes("pager") == []


def test_an_adopt_that_names_one_org_creates_in_the_other(orgs, both, workspace):
    body = {"name": "Load", "type": "query alert", "query": "avg(last_5m):avg:system.load.1{*} > 4"}
    live_id = orgs.main.create("monitor", body)["id"]
    workspace.replace("monitors/pager.yaml", "- key: load", f"- key: load\n    adopt: {{main: {live_id}}}")
    assert orgs.changes("pager") == [("adopt", "pager/monitor/load"), ("create", "pager/monitor/load")]


def test_an_org_that_does_not_answer_is_an_error(orgs):
    run = orgs("plan", env={"DDOPS_API_URL": orgs.server.url + "/nowhere"})
    assert run.exit_code == 1
    assert run.stdout == ""
    assert "404" in run.stderr


def test_the_trace_of_a_bug_holds_no_key(monkeypatch, capsys, tmp_path):
    secrets = {"SHOP_API_KEY": "shop-key", "UNOBVIOUS": "0123456789abcdef0123456789abcdef"}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def bug() -> None:
        raise RuntimeError(f"called with {' and '.join(secrets.values())}")

    assert exits.guarded(bug) == 3
    said = capsys.readouterr().err
    (trace,) = tmp_path.iterdir()
    assert str(trace) in said
    text = Path(trace).read_text("utf-8")
    assert "RuntimeError: called with <SHOP_API_KEY> and <UNOBVIOUS>" in text
    assert not any(value in text + said for value in secrets.values())
