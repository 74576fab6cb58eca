"""Exit codes: one place turns what is raised into a message and a code."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pytest

from ddops.address import Address
from ddops.cli import exits
from ddops.cli.exits import Interrupted, guarded
from ddops.errors import ApiError, Exit, PlanRefused, Problem, SpecError, UsageError
from ddops.location import Location


def raising(error):
    def command():
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("no such thing"), 1, "no such thing\n"),
        (PlanRefused("refused: too much\nrefused: too old"), 1, "refused: too much\nrefused: too old\n"),
        (ApiError("bad", status=400, method="POST", path="/x"), 1, "POST /x: 400 bad\n"),
        (SpecError([Problem(Location("b", 2, 1), "m"), Problem(Location("a"), "n")] * 2), 1, "a:1:1: n\nb:2:1: m\n"),
        (SpecError([Problem(Location("a"), "x\ny: fake")]), 1, "a:1:1: x\\ny: fake\n"),
        (UsageError("a\x1b[31m\u202eb\x9b"), 1, "a\\x1b[31m\\u202eb\\x9b\n"),
        (click.UsageError("wrong"), 1, "Error: wrong\n"),
        (
            FileNotFoundError(2, "No such file or directory", "out/plan.json"),
            1,
            "out/plan.json: No such file or directory\n",
        ),
        (OSError(28, "No space left on device"), 1, "No space left on device\n"),
        (KeyboardInterrupt(), 130, "\ninterrupted; nothing was changed\n"),
        (click.Abort(), 130, "\ninterrupted; nothing was changed\n"),
        (Interrupted(), 130, ""),
    ],
)
def test_each_error_has_its_code_and_words(capsys, error, code, said):
    assert guarded(raising(error)) == code
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", said)


@pytest.mark.parametrize(("returned", "code"), [(None, 0), (0, 0), (Exit.CHANGES, 2), (1, 1), ("text", 0)])
def test_what_a_command_returns_is_its_code(returned, code):
    assert guarded(lambda: returned) == code


SECRETS = {
    "DD_API_KEY": "0123456789abcdef0123456789abcdef",
    "VAGOV_DD_APP_KEY": "fedcba9876543210fedcba9876543210fedcba98",
    "GITHUB_TOKEN": "ghs_abcdefgh",
    "MY_DATADOG": "00112233445566778899aabbccddeeff",
}


@pytest.fixture
def traces(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: sorted(tmp_path.glob("ddops-trace-*.txt"))


def test_a_bug_is_one_line_and_a_trace_without_keys(capsys, monkeypatch, traces):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    assert guarded(raising(ZeroDivisionError(f"dividing {' '.join(SECRETS.values())} by nothing"))) == Exit.BUG
    (trace,) = traces()
    said = capsys.readouterr().err
    named = re.fullmatch(r"this is a bug in ddops \S+: the full trace is in (\S+); .*\n", said)
    assert named
    assert named[1] == str(trace)
    written = trace.read_text()
    assert "Traceback (most recent call last)" in written
    assert (
        "ZeroDivisionError: dividing <DD_API_KEY> <VAGOV_DD_APP_KEY> <GITHUB_TOKEN> <MY_DATADOG> by nothing" in written
    )
    for value in SECRETS.values():
        assert value not in written + said
    assert trace.stat().st_mode & 0o077 == 0, "nobody else can read it"


@pytest.mark.parametrize(
    "error", [RecursionError("deep"), MemoryError(), AssertionError(), KeyError(Address("a", "b", "c"))]
)
def test_anything_else_is_a_bug(capsys, traces, error):
    assert guarded(raising(error)) == 3
    assert len(traces()) == 1


def test_a_bug_is_said_where_no_trace_can_be_written(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert guarded(raising(ZeroDivisionError("by nothing"))) == 3
    said = capsys.readouterr().err
    assert "this is a bug in ddops" in said
    assert "ZeroDivisionError: by nothing" in said


SOURCE = str(Path(exits.__file__).parents[2])


def process(workspace, *args, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "ddops", *args],
        cwd=workspace.root,
        env={"PYTHONPATH": SOURCE, "PATH": ""},
        stderr=subprocess.PIPE,
        **more,
    )


@pytest.fixture
def large(workspace):
    """The workspace with enough resources to fill a pipe."""
    values = ", ".join(f"v{number}" for number in range(300))
    workspace.replace("monitors/shop.yaml", "    routes: {add: [vendor]}\n", f"    for_each: {{v: [{values}]}}\n")
    workspace.remove("dashboards/shop/overview.yaml")
    workspace.replace("monitors/shop.yaml", " ${dashboard:overview.url}", "")
    return workspace


def test_a_reader_that_leaves_is_no_bug(large):
    with process(large, "compile", stdout=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        assert (running.wait(), running.stderr.read()) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_no_bug(large):
    with open("/dev/full", "w") as full, process(large, "compile", stdout=full) as running:
        assert (running.wait(), running.stderr.read()) == (1, b"No space left on device\n")
