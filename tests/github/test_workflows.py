"""The scripts of this repository's workflows, run as a runner runs them."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.online import orgs, pool, server

__all__ = ["orgs", "pool", "server"]

ROOT = Path(__file__).parent.parent.parent
NEWEST = "c" * 40


@pytest.fixture
def run(workspace, tmp_path):
    """Runs a named step of a workflow's job; gives the process, and the summary that it wrote."""

    def program(folder: Path, name: str, script: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    for folder in (tmp_path / "bin", workspace.root / ".venv/bin"):
        program(folder, "ddops", f'exec "{sys.executable}" -m ddops "$@"')
    program(tmp_path / "bin", "gh", f"echo {NEWEST}")

    def step(name, step, **env):
        jobs = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())["jobs"].values()
        (script,) = (one["run"] for job in jobs for one in job["steps"] if one.get("name") == step)
        summary, outputs = tmp_path / "summary", tmp_path / "outputs"
        summary.write_text("")
        outputs.write_text("")
        env |= {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), "CI": "true"}
        env |= {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
        ran = subprocess.run(command, cwd=workspace.root, env=env, capture_output=True, text=True)
        return ran, summary.read_text(), outputs.read_text()

    return step


def test_an_apply_does_what_the_plan_before_it_shows(run, orgs):
    ran, summary, outputs = run("apply", "ddops plan", **orgs.env)
    assert (ran.returncode, outputs) == (0, "changes=true\n"), ran.stderr
    assert "## Plan for all orgs: 5 to create\n" in summary
    ran, _, _ = run("apply", "ddops apply", **orgs.env)
    assert ran.returncode == 0, ran.stderr
    assert "5 done\n" in ran.stdout
    assert orgs.changes() == []


def test_nobody_is_asked_to_approve_nothing(run, orgs):
    orgs.apply()
    ran, summary, outputs = run("apply", "ddops plan", **orgs.env)
    assert (ran.returncode, outputs) == (0, ""), ran.stderr
    assert "no changes" in summary


def test_an_apply_is_refused_where_an_org_moved_since_the_plan(run, orgs):
    run("apply", "ddops plan", **orgs.env)
    orgs.apply()
    ran, _, _ = run("apply", "ddops apply", **orgs.env)
    assert ran.returncode == 1
    assert "changed since this plan was saved" in ran.stderr


def test_a_plan_that_is_too_large_is_refused_unless_that_was_asked_for(run, orgs, workspace):
    monitor = "  - {{key: m{0}, name: M{0}, type: query alert, query: 'avg(last_5m):avg:a{{*}} > {0}'}}\n"
    many = "product: shop\nmonitors:\n" + "".join(map(monitor.format, range(12)))
    orgs.apply()
    workspace.write("monitors/more.yaml", many)
    orgs.apply()
    workspace.remove("monitors/more.yaml")
    ran, summary, _ = run("apply", "ddops plan", **orgs.env)
    assert (ran.returncode, "> **This plan is refused**" in summary) == (1, True)
    ran, _, outputs = run("apply", "ddops plan", **orgs.env, MAX_CHANGE="100")
    assert (ran.returncode, outputs) == (0, "changes=true\n"), ran.stderr
    ran, _, _ = run("apply", "ddops apply", **orgs.env)
    assert (ran.returncode, "12 done" in ran.stdout) == (0, True), ran.stderr


@pytest.mark.parametrize(("commit", "code"), [(NEWEST, 0), ("a" * 40, 1)])
def test_an_earlier_commit_is_not_applied(run, commit, code):
    ran, _, _ = run("apply", "refuse where main has moved on", GITHUB_SHA=commit, GITHUB_REPOSITORY="acme/monitoring")
    assert ran.returncode == code
    assert ("main is at ccc" in ran.stdout) is bool(code)


def test_drift_is_told_from_no_answer(run, orgs):
    orgs.apply()
    ran, summary, outputs = run("drift", "ddops drift", **orgs.env)
    assert (ran.returncode, summary, outputs) == (0, "## Drift in all orgs: none\n", "status=0\n")
    orgs.main.edit("monitor", orgs.main.one("monitor", "Shop is slow")["id"], name="Mine")
    ran, summary, outputs = run("drift", "ddops drift", **orgs.env)
    assert (ran.returncode, outputs) == (0, "status=2\n")
    assert "- changed `shop/monitor/latency`" in summary
    ran, _, outputs = run("drift", "ddops drift")
    assert (ran.returncode, outputs) == (1, "status=1\n")


@pytest.mark.parametrize("step", ["plan", "apply", "drift"])
def test_what_is_said_is_no_command_to_the_runner(run, orgs, step):
    ran, _, _ = run("drift" if step == "drift" else "apply", f"ddops {step}", **orgs.env)
    first, *_, last = ran.stdout.splitlines()
    token = first.removeprefix("::stop-commands::")
    assert (first, last) == (f"::stop-commands::{token}", f"::{token}::")
    assert len(token) == 32
