"""`ddops init`: a new workspace that works, and nothing of one's own that is lost."""

import json
import re
from pathlib import Path

import pytest
import yaml

from ddops.catalog import config
from ddops.kinds.contract import kinds

ROOT = Path(__file__).parent.parent.parent
MADE = ["ddops.yaml", "products/example.yaml", "monitors/example.yaml", "runbooks/example.md"]


@pytest.fixture
def fresh(workspace):
    """A directory that is no workspace yet."""
    top = workspace.root / "New Place"
    top.mkdir()
    return top


def test_a_new_workspace_is_valid_formatted_and_can_be_planned(ddops, fresh):
    run = ddops("init", "New Place")
    assert (run.exit_code, run.stderr) == (0, "")
    for path in [*MADE, ".vscode/settings.json", ".gitignore"]:
        assert f"wrote {path}\n" in run.stdout
    assert "workspace: new-place\n" in (fresh / "ddops.yaml").read_text()
    run = ddops("-C", "New Place", "validate")
    assert (run.exit_code, run.stdout) == (0, "1 product, 2 resources: no findings\n")
    run = ddops("-C", "New Place", "plan", "--org", "sandbox")
    assert run.exit_code == 0
    assert "2 to create" in run.stdout
    assert ddops("-C", "New Place", "fmt", "--check").exit_code == 0


def test_the_directory_is_made(ddops, workspace):
    assert ddops("init", "some/where").exit_code == 0
    assert (workspace.root / "some/where/ddops.yaml").is_file()


def test_the_editor_finds_a_schema_for_every_file(ddops, fresh):
    ddops("-C", "New Place", "init")
    mapping = json.loads((fresh / ".vscode/settings.json").read_text())["yaml.schemas"]
    patterns = {pattern.partition("/")[0] for patterns in mapping.values() for pattern in patterns}
    assert patterns == {config.FILE, "products", "presets", *(kind.collection for kind in kinds().values())}
    for path in mapping:
        assert json.loads((fresh / path).read_text())["$schema"]


def test_nothing_is_written_over(ddops, fresh):
    (fresh / "products").mkdir()
    mine = fresh / "products/example.yaml"
    mine.write_text("# mine\n")
    run = ddops("init", "New Place")
    assert "kept products/example.yaml: it is there already\n" in run.stdout
    assert mine.read_text() == "# mine\n"


def test_a_workspace_gets_the_editors_settings_only(ddops, workspace):
    before = sorted(workspace.root.rglob("*.yaml"))
    for args in (["init"], ["init", "--editor"]):
        assert ddops(*args).exit_code == 0
        assert sorted(workspace.root.rglob("*.yaml")) == before
    assert (workspace.root / ".vscode/settings.json").is_file()


def test_doing_it_again_changes_nothing(ddops, fresh):
    ddops("init", "New Place")
    before = {path: path.read_bytes() for path in fresh.rglob("*") if path.is_file()}
    assert "it has the schemas already" in ddops("init", "New Place").stdout
    assert {path: path.read_bytes() for path in fresh.rglob("*") if path.is_file()} == before


def test_settings_are_kept(ddops, workspace):
    mine = {"editor.rulers": [120], "yaml.schemas": {"./mine.json": "mine/*.yaml"}, "z": {"é": 1.5}}
    workspace.write(".vscode/settings.json", json.dumps(mine, indent=4, ensure_ascii=False))
    assert "added the schemas to .vscode/settings.json\n" in ddops("init", "--editor").stdout
    text = (workspace.root / ".vscode/settings.json").read_text("utf-8")
    settings = json.loads(text)
    assert "\n    " in text
    assert "é" in text
    assert settings["yaml.schemas"].pop("./mine.json") == "mine/*.yaml"
    assert "./.ddops/schema/slo.json" in settings["yaml.schemas"]
    assert {**settings, "yaml.schemas": mine["yaml.schemas"]} == mine


@pytest.mark.parametrize(
    "text", ['{\n  // why\n  "editor.tabSize": 2\n}\n', '{"a": 1,}', "[1]", '{"yaml.schemas": "https://…"}', "oops"]
)
def test_settings_that_cannot_be_merged_are_left(ddops, workspace, text):
    workspace.write(".vscode/settings.json", text)
    run = ddops("init", "--editor")
    assert run.exit_code == 0
    assert "kept .vscode/settings.json: it holds more than plain JSON. Add to it:" in run.stdout
    assert '"./.ddops/schema/monitor.json"' in run.stdout
    assert (workspace.root / ".vscode/settings.json").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ".ddops/\n"),
        ("", ".ddops/\n"),
        ("a", "a\n.ddops/\n"),
        ("a\n", "a\n.ddops/\n"),
        ("/.ddops/\n", "/.ddops/\n"),
        (".ddops\n", ".ddops\n"),
    ],
)
def test_git_ignores_what_ddops_leaves(ddops, workspace, before, after):
    if before is not None:
        workspace.write(".gitignore", before)
    ddops("init", "--editor")
    assert (workspace.root / ".gitignore").read_text() == after


HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


@pytest.mark.parametrize("hook", ["ddops-validate", "ddops-fmt"])
def test_the_hooks_run_for_every_spec(hook):
    pattern = re.compile(HOOKS[hook]["files"])
    collections = ["products", "presets", *(kind.collection for kind in kinds().values())]
    for path in [config.FILE, *(f"{folder}/shop/a.yml" for folder in collections), "monitors/a.yaml"]:
        assert pattern.search(path), path
    for path in ["README.md", "docs/monitors/a.yaml", ".github/workflows/a.yml", "monitors/README.md"]:
        assert not pattern.search(path), path


def test_the_hooks_are_commands(ddops):
    for hook in HOOKS.values():
        program, command = hook["entry"].split()
        assert (program, hook["language"]) == ("ddops", "python")
        assert ddops(command, "--help").exit_code == 0
    assert HOOKS["ddops-validate"]["pass_filenames"] is False
