"""The script of the action's plan, run as a runner runs it, against the sandbox."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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
        env |= {"DIRECTORY": str(workspace.root), "ORG": "sandbox", "PRODUCTS": "", "BASE": "", **inputs}
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


def test_inputs_are_passed_on(run, workspace):
    git = ["git", "-C", str(workspace.root), "-c", "user.name=a", "-c", "user.email=a@b.ex"]
    for args in (["init", "-q"], ["add", "."], ["commit", "-qm", "specs"]):
        subprocess.run([*git, *args], check=True)
    ran, outputs, summary = run(PRODUCTS="shop", BASE="HEAD")
    assert outputs["status"] == "0", ran.stderr
    assert summary.startswith("<!-- ddops plan acme sandbox shop -->")
    assert "### Drift: the org is not as HEAD says" in summary


def test_an_input_is_no_script(run):
    ran, outputs, _ = run(PRODUCTS="$(touch${IFS}here) `id` ;")
    assert (ran.returncode, outputs["status"]) == (0, "1")
    assert "touch" in ran.stderr
    assert list(Path(outputs["markdown"]).parent.parent.rglob("here")) == []


def test_specs_that_are_wrong_fail_and_leave_the_comment_alone(run, workspace):
    workspace.write("monitors/wrong.yaml", "product: nobody\nmonitors: []\n")
    ran, outputs, summary = run()
    assert (ran.returncode, outputs["status"], summary) == (0, "1", "")
    assert set(outputs) == {"status", "markdown"}
    assert "monitors/wrong.yaml" in ran.stderr
