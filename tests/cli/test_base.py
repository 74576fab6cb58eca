"""`plan --base REF`: what is yours, and what somebody changed in the org."""

import subprocess

import pytest

from tests.cli.repository import git, runs
from tests.plan.specs import QUERY

__all__ = ["git"]

LATENCY = "shop/monitor/latency"
QUERIES = "query: {numerator: 'sum:a{*}', denominator: 'sum:b{*}'}"


@pytest.fixture
def applied(orgs, git):
    orgs.apply()
    return orgs


def causes(orgs, *args):
    """(action, address, cause) of each change since `main`."""
    plan = orgs.plan("--base", "main", *args)
    return [(change["action"], change["address"], change["cause"]) for change in plan["changes"]]


def edit_latency(orgs, **options):
    latency = orgs.main.one("monitor", "Shop is slow")
    thresholds = {**latency["options"]["thresholds"], **options}
    orgs.main.edit("monitor", latency["id"], options={**latency["options"], "thresholds": thresholds})


def test_your_change_is_yours(applied, workspace):
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    plan = applied.plan("--base", "main")
    (change,) = plan["changes"]
    assert (change["cause"], change["fields"][0]["cause"], change["notes"]) == ("yours", "yours", [])
    assert plan["base"]["ref"] == "main"
    assert len(plan["base"]["commit"]) == 40


def test_a_change_in_the_org_is_drift_and_says_when_and_who_made_the_object(applied):
    edit_latency(applied, warning=2)
    (change,) = applied.plan("--base", "main")["changes"]
    assert (change["cause"], change["author"]) == ("drift", "sandbox@example.com")
    (note,) = change["notes"]
    assert note.startswith("last changed in the org 2023-11-")
    assert note.endswith(" UTC; made by sandbox@example.com")


def test_both_are_told_apart_field_by_field(applied, workspace):
    edit_latency(applied, warning=2, critical=2.5)
    workspace.replace("monitors/shop.yaml", "name: Shop is slow", "name: Shop is very slow")
    (change,) = applied.plan("--base", "main")["changes"]
    assert change["cause"] == "both"
    assert {field["path"]: field["cause"] for field in change["fields"]} == {
        "name": "yours",
        "options.thresholds.warning": "drift",
    }
    text = applied("plan", "--base", "main").stdout
    assert "~ update  shop/monitor/latency  in main  [your change and drift]" in text
    assert "options.thresholds.warning (drift): 2 → 1" in text


def test_one_field_that_both_changed_is_both(applied, workspace):
    edit_latency(applied, warning=2)
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 1.5}")
    (change,) = applied.plan("--base", "main")["changes"]
    assert [field["cause"] for field in change["fields"]] == ["both"]


def test_a_widget_on_top_of_one_that_somebody_changed(applied, workspace):
    overview = applied.main.one("dashboard", "Shop")
    note, graph = overview["widgets"]
    graph = {**graph, "definition": {**graph["definition"], "title": "Somebody's"}}
    applied.main.edit("dashboard", overview["id"], widgets=[note, graph])
    new = "widgets:\n  - definition: {type: note, content: New on top}\n"
    workspace.replace("dashboards/shop/overview.yaml", "widgets:\n", new)
    (change,) = applied.plan("--base", "main")["changes"]
    assert {field["path"]: field["cause"] for field in change["fields"]} == {
        "widgets[0]": "yours",
        "widgets[2].definition.title": "drift",
    }


def test_the_text_has_a_section_for_each(applied, workspace):
    edit_latency(applied, warning=2)
    workspace.replace("slos/shop.yaml", "target: 99.5", "target: 99.9")
    lines = applied("plan", "--base", "main").stdout.splitlines()
    mine = lines.index("Your changes since main")
    theirs = lines.index("Drift: the org is not as main says, and an apply puts that right")
    assert mine < lines.index("~ update  shop/slo/availability  in main  [your change]") < theirs
    assert theirs < lines.index(f"~ update  {LATENCY}  in main  [drift]")


def test_a_new_resource_is_yours_and_one_that_was_deleted_in_the_org_is_drift(applied, workspace):
    applied.main.delete("slo", applied.main.one("slo", "Shop answers")["id"])
    new = f"product: shop\nname: New\ntype: query alert\nquery: '{QUERY}'\nmessage: '@slack-shop-alerts'\n"
    workspace.write("monitors/new.yaml", new)
    plan = applied.plan("--base", "main")
    found = {change["address"]: (change["action"], change["cause"], change["notes"]) for change in plan["changes"]}
    assert found["shop/monitor/new"] == ("create", "yours", [])
    note = "main asks for it as well: it was deleted in the org, lost its marker there, or was never applied"
    assert found["shop/slo/availability"] == ("create", "drift", [note])


def test_what_you_deleted_is_yours_unless_it_drifted_too(applied, workspace):
    workspace.remove("slos/shop.yaml")
    assert causes(applied) == [("delete", "shop/slo/availability", "yours")]
    slo = applied.main.one("slo", "Shop answers")
    applied.main.edit("slo", slo["id"], name="Shop answers well")
    assert causes(applied) == [("delete", "shop/slo/availability", "both")]


def test_an_object_that_no_revision_asks_for_is_drift(applied, workspace, git):
    workspace.remove("slos/shop.yaml")
    git("commit", "--quiet", "--all", "-m", "Without the SLO")
    (change,) = applied.plan("--base", "main")["changes"]
    assert (change["action"], change["cause"]) == ("delete", "drift")
    assert change["notes"][0] == "main does not ask for it either"


def test_what_is_replaced_has_one_cause(applied, workspace):
    workspace.replace("slos/shop.yaml", "type: monitor", "type: metric")
    workspace.replace(
        "slos/shop.yaml",
        'monitor_ids: ["${monitor:errors.prod}"]',
        QUERIES,
    )
    assert [(action, cause) for action, _, cause in causes(applied)] == [("delete", "yours"), ("create", "yours")]


def test_what_the_org_has_already_is_no_change_and_noted(applied, workspace):
    edit_latency(applied, warning=2)
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    plan = applied.plan("--base", "main")
    assert plan["changes"] == []
    assert f"changed since main, and in the org already: {LATENCY}" in plan["notes"]


def test_a_preset_that_you_changed_is_your_change_of_all_that_use_it(applied, workspace):
    workspace.replace("presets/errors.yaml", "default: 50", "default: 60")
    assert causes(applied) == [
        ("update", "shop/monitor/errors.prod", "yours"),
        ("update", "shop/monitor/errors.staging", "yours"),
    ]


def test_protection_that_was_taken_off_in_the_org_is_drift(applied, workspace, git):
    workspace.replace("slos/shop.yaml", "    type: monitor", "    type: monitor\n    protect: true")
    git("commit", "--quiet", "--all", "-m", "Protected")
    applied.apply()
    slo = applied.main.one("slo", "Shop answers")
    applied.main.edit("slo", slo["id"], tags=[tag for tag in slo["tags"] if not tag.startswith("ddops-protect")])
    assert causes(applied) == [("update", "shop/slo/availability", "drift")]


def test_specs_that_did_not_compile_then_are_said_and_do_not_fail(applied, workspace, git):
    good = (workspace.root / "slos" / "shop.yaml").read_text()
    workspace.write("slos/shop.yaml", good.replace("type: monitor", "type: nonsense"))
    git("commit", "--quiet", "--all", "-m", "Broken")
    workspace.write("slos/shop.yaml", good.replace("target: 99.5", "target: 99.9"))
    edit_latency(applied, warning=2)
    plan = applied.plan("--base", "main")
    found = {change["address"]: (change["cause"], change["notes"]) for change in plan["changes"]}
    assert found[LATENCY][0] == "drift"
    assert found["shop/slo/availability"] == (None, ["main does not compile here: yours or drift?"])
    assert any(note.startswith("at main: a problem in the specs: slos/shop.yaml:5:") for note in plan["notes"])
    assert "[yours or drift]" in applied("plan", "--base", "main").stdout


def test_a_base_whose_settings_are_wrong_says_nothing_of_causes(applied, workspace, git):
    good = (workspace.root / "ddops.yaml").read_text()
    workspace.write("ddops.yaml", "workspace: [\n")
    git("commit", "--quiet", "--all", "-m", "Broken")
    workspace.write("ddops.yaml", good)
    edit_latency(applied, warning=2)
    assert causes(applied) == [("update", LATENCY, None)]


def test_before_there_was_a_workspace_everything_is_new(orgs, workspace, git):
    git("checkout", "--quiet", "--orphan", "empty")
    git("rm", "--quiet", "-r", "--cached", ".")
    git("commit", "--quiet", "--allow-empty", "-m", "Nothing")
    assert {change["cause"] for change in orgs.plan("--base", "empty")["changes"]} == {"yours"}


def test_the_working_tree_the_index_and_the_refs_stay_as_they_are(applied, workspace, git):
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    workspace.write("untracked.txt", "mine")
    git("add", "monitors")
    before = git("status", "--porcelain=v2", "--branch"), git("worktree", "list"), git("for-each-ref")
    applied.plan("--base", "main")
    assert (git("status", "--porcelain=v2", "--branch"), git("worktree", "list"), git("for-each-ref")) == before


def test_a_workspace_below_the_top_of_its_repository(orgs, workspace, monkeypatch):
    above = runs(workspace.root.parent, monkeypatch)
    above("init", "--quiet", "--initial-branch", "main")
    above("add", "workspace")
    above("commit", "--quiet", "-m", "All of it")
    orgs.apply()
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
    assert causes(orgs) == [("update", LATENCY, "yours")]


@pytest.mark.parametrize("ref", ["HEAD", "v1", "main~0", "refs/heads/main"])
def test_any_name_of_a_commit_will_do(applied, git, ref):
    git("tag", "-a", "v1", "-m", "One")
    assert applied.plan("--base", ref)["base"] == {"ref": ref, "commit": git("rev-parse", "main").strip()}


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("no-such-branch", "git does not know 'no-such-branch'"),
        ("--upload-pack=touch x", "is no git ref"),
        ("-h", "is no git ref"),
        ("", "is no git ref"),
        ("main:monitors", "git does not know 'main:monitors'"),
        ("main\nmain", "is no git ref"),
    ],
)
def test_what_is_no_commit_is_said(applied, ref, says):
    run = applied("plan", f"--base={ref}")
    assert (run.exit_code, run.stdout) == (1, "")
    assert says in run.stderr


def test_outside_of_a_repository_it_is_said(orgs, workspace, monkeypatch):
    run = orgs("plan", "--base", "main", env={"GIT_CEILING_DIRECTORIES": str(workspace.root.parent)})
    assert run.exit_code == 1
    assert "not a git repository" in run.stderr


def test_without_git_it_is_said(applied, workspace):
    run = applied("plan", "--base", "main", env={"PATH": str(workspace.root)})
    assert run.exit_code == 1
    assert "git is not installed here" in run.stderr


def test_in_a_shallow_clone_it_says_how_to_fetch_all(applied, workspace, git, tmp_path, monkeypatch):
    git("tag", "before")
    git("commit", "--quiet", "--allow-empty", "-m", "More")
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", f"file://{workspace.root}", str(tmp_path / "shallow")], check=True
    )
    run = applied("-C", str(tmp_path / "shallow"), "plan", "--base", "before")
    assert run.exit_code == 1
    assert "shallow" in run.stderr
    assert "fetch-depth: 0" in run.stderr
