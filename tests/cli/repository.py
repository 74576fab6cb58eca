"""A workspace that is a git repository."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

IDENTITY = {
    "GIT_AUTHOR_NAME": "Shop",
    "GIT_AUTHOR_EMAIL": "shop@example.com",
    "GIT_COMMITTER_NAME": "Shop",
    "GIT_COMMITTER_EMAIL": "shop@example.com",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
}

Git = Callable[..., str]


@pytest.fixture
def git(workspace, monkeypatch) -> Git:
    """`git("commit", "-m", "…")` runs git in the workspace, of which all is committed as `main` at first."""
    run = runs(workspace.root, monkeypatch)
    run("init", "--quiet", "--initial-branch", "main")
    workspace.write(".gitignore", ".ddops/\n")
    run("add", "--all")
    run("commit", "--quiet", "-m", "All of it")
    return run


def runs(root: Path, monkeypatch) -> Git:
    """A function that runs git in the directory."""

    def run(*arguments: str) -> str:
        for name, value in IDENTITY.items():
            monkeypatch.setenv(name, value)
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
