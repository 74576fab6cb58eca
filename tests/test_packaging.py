"""What a fresh clone is set up from: pyproject.toml, the lock files, the Makefile and the scripts it calls."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ddops

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
GROUPS = {
    name: [requirement for requirement in group if isinstance(requirement, str)]
    for name, group in PROJECT["dependency-groups"].items()
}
# In two halves, or this file would name them itself.
INDEX_HOSTS = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "registry." + "yarnpkg"]


def pins(lock: str) -> dict[str, Requirement]:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    found = [Requirement(entry.split("\\\n")[0].strip()) for entry in entries if "==" in entry]
    return {canonicalize_name(pin.name): pin for pin in found}


def tracked() -> Iterator[Path]:
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    return (ROOT / name for name in names if name and (ROOT / name).is_file())


@pytest.mark.parametrize("requirement", [*RUNTIME, *GROUPS["build"], *GROUPS["dev"]])
def test_every_dependency_has_a_lower_and_an_upper_bound(requirement):
    assert {bound.operator for bound in Requirement(requirement).specifier} == {">=", "<"}


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("requirements.txt", RUNTIME + GROUPS["build"]),
        ("requirements-dev.txt", RUNTIME + GROUPS["build"] + GROUPS["dev"]),
    ],
)
def test_the_lock_is_in_step_with_pyproject(lock, requirements):
    locked = pins(lock)
    for requirement in map(Requirement, requirements):
        pin = locked.get(canonicalize_name(requirement.name))
        assert pin is not None, f"{requirement.name} is not in {lock}; run make lock"
        version = next(iter(pin.specifier)).version
        assert requirement.specifier.contains(version), f"{lock} has {pin}, pyproject.toml {requirement}; run make lock"


def test_both_locks_pin_the_same_versions():
    runtime, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_a_hash_and_no_address(lock):
    text = (ROOT / lock).read_text()
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text) if "==" in entry]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links", text) == []


def test_the_build_backend_is_the_one_in_the_lock():
    assert PROJECT["build-system"]["requires"] == GROUPS["build"]


def test_no_tracked_file_names_an_index_host():
    files = list(tracked())
    if not files:
        pytest.skip("not a git checkout")
    contents = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}
    assert [(name, host) for name, text in contents.items() for host in INDEX_HOSTS if host.encode() in text] == []


@pytest.mark.parametrize("target", ["help", "plan", "test", "check", "format", "lock", "bench", "clean"])
def test_make_has_the_target_and_help_tells_of_it(target):
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(rf"^{target}:.* ## \S", makefile, re.MULTILINE)
    assert re.search(rf"^\.PHONY:.*\b{target}\b", makefile, re.MULTILINE)


@pytest.mark.parametrize("script", [".ci/run", ".ci/setup"])
def test_scripts_are_executable_and_parse(script):
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(path)]).returncode == 0


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.stem)
def test_a_workflow_has_few_rights_and_pinned_actions(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 30
        assert unpinned(job["steps"]) == []
        rights = job.get("permissions", {})
        assert {name for name, right in rights.items() if right == "write"} <= {"issues", "pull-requests"}


def test_the_action_is_pinned():
    assert unpinned(yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]) == []


def unpinned(steps):
    """The actions that are neither this repository's own nor named by a commit."""
    actions = [step["uses"] for step in steps if "uses" in step]
    return [action for action in actions if action != "./" and not re.search(r"@[0-9a-f]{40}$", action)]


@pytest.mark.parametrize(
    "run",
    [
        step["run"]
        for path in [ROOT / "action.yml", *sorted((ROOT / ".github/workflows").glob("*.yml"))]
        for found in [yaml.safe_load(path.read_text())]
        for job in [found.get("runs"), *found.get("jobs", {}).values()]
        for step in (job or {}).get("steps", ())
        if "run" in step
    ],
)
def test_a_step_is_a_script_that_no_text_of_an_event_gets_into(run):
    assert subprocess.run(["bash", "-n"], input=run, text=True).returncode == 0
    assert "${{" not in run


def test_the_version_has_one_source():
    assert "version" in PROJECT["project"]["dynamic"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", ddops.__version__)
