"""The script of the action's plan, run as a runner runs it, against the sandbox."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.repository import git
from tests.report import rendered

__all__ = ["git"]

ROOT = Path(__file__).parent.parent.parent
STEPS = {step.get("id"): step for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]}


@pytest.fixture
def run(workspace, tmp_path):
    """Runs the step with its inputs; gives its exit code, its outputs and the job's summary."""
    temp = tmp_path / "runner"
    program = temp / "ddops/bin/ddops"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ddops "$@"\n')
    program.chmod(0o755)

    def step(**inputs):
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), "CI": "true", "RUNNER_TEMP": str(temp)}
        env |= {"PRODUCTS": "", "BASE": "", "MAX_CHANGE": ""}
        env |= {"DIRECTORY": str(workspace.root), "ORG": "sandbox", **inputs}
        env |= {name: str(file) for name, file in files.items()}
        # How GitHub runs `shell: bash`.
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", STEPS["plan"]["run"]]
        ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return ran, outputs, files["GITHUB_STEP_SUMMARY"].read_text()

    return step


def test_a_plan_is_written_in_every_form(run):
    ran, outputs, summary = run()
    assert (ran.returncode, outputs["status"], outputs["planned"]) == (0, "0", "true"), ran.stderr
    assert summary == Path(outputs["markdown"]).read_text()
    assert summary.startswith("<!-- ddops plan acme sandbox * -->")
    assert Path(outputs["html"]).read_text().startswith("<!doctype html>")
    assert Path(outputs["saved"]).read_text().startswith("{")


def test_inputs_are_passed_on(run, git, workspace):
    workspace.replace("monitors/shop.yaml", "Shop is slow", "Shop is very slow")
    ran, outputs, summary = run(PRODUCTS="shop", BASE="main", MAX_CHANGE="100")
    assert outputs["status"] == "0", ran.stderr
    assert summary.startswith("<!-- ddops plan acme sandbox shop -->")
    assert '"max_change": 100' in Path(outputs["saved"]).read_text()


def test_the_sandbox_has_what_the_base_asks_for(run, git, workspace):
    workspace.replace("monitors/shop.yaml", "Shop is slow", "Shop is very slow")
    ran, _, summary = run(BASE="main")
    assert "## Plan for `sandbox`: 1 to update\n" in summary, ran.stderr
    assert "- the one change comes from what changed in the specs since main\n" in summary


def test_without_a_base_that_can_be_applied_all_is_new(run, git, workspace):
    right = (workspace.root / "monitors/shop.yaml").read_text()
    workspace.write("monitors/shop.yaml", "product: nobody\nmonitors: []\n")
    git("commit", "--quiet", "--all", "-m", "Wrong")
    workspace.write("monitors/shop.yaml", right)
    ran, outputs, summary = run(BASE="main")
    assert outputs["status"] == "0", ran.stderr
    assert "## Plan for `sandbox`: 5 to create\n" in summary


def test_two_plans_of_a_job_do_not_meet(run):
    _, one, _ = run(PRODUCTS="shop")
    _, other, _ = run()
    assert set(one.values()) & set(other.values()) == {"0", "true"}
    assert Path(one["markdown"]).read_text().startswith("<!-- ddops plan acme sandbox shop -->")


def test_what_is_said_is_no_command_to_the_runner(run):
    ran, _, _ = run()
    token = re.fullmatch(r"::stop-commands::(\w{32})\n::(\w{32})::\n", ran.stdout)
    assert token is not None
    assert token[1] == token[2]


def test_an_input_is_no_script(run):
    ran, outputs, _ = run(PRODUCTS="$(touch${IFS}here) `id` ;")
    assert (ran.returncode, outputs["status"]) == (0, "1")
    assert "touch" in ran.stderr
    assert list(Path(outputs["markdown"]).parent.parent.rglob("here")) == []


def test_specs_that_are_wrong_fail_and_leave_the_comment_alone(run, workspace):
    workspace.write("monitors/wrong.yaml", "product: nobody\nmonitors: []\n")
    ran, outputs, summary = run()
    assert (ran.returncode, outputs["status"]) == (0, "1")
    assert set(outputs) == {"status", "markdown"}
    assert "monitors/wrong.yaml" in ran.stderr
    assert summary == f"## No plan\n\n    {ran.stderr}"


def test_what_is_wrong_is_code_in_the_summary(run, workspace):
    wrong = "```\\n# @octocat <img src=x> [a](https://e.ex)"
    workspace.write("monitors/wrong.yaml", f'product: shop\nmonitors:\n  - {{key: "{wrong}"}}\n  - {{"{wrong}": 1}}\n')
    _, _, summary = run()
    assert "octocat" in summary
    assert rendered.blocks(summary)[-1] == "code_block"
    assert (rendered.html(summary).tags, rendered.links(summary), rendered.active(summary)) == ([], [], [])
