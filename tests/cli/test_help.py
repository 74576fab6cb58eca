"""The command line itself: help with examples, nearest words, completion."""

import re
import shlex
import subprocess
import sys

import click
import pytest

import ddops as package
from ddops.cli import group

NAMES = ["apply", "compile", "completion", "plan", "sandbox", "validate"]


def commands(command=group, path=()):
    """Every command, its way from the top first."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


COMMANDS = {" ".join(path): command for path, command in commands()}


def examples(text):
    """The lines of a help text that a reader can type."""
    for line in text.splitlines():
        found = re.search(r"(?<![\w-])ddops [^#|>)]*", line)
        if found and line.startswith("  ") and not line.strip().startswith("-"):
            yield re.split(r"\s{2,}", found.group().strip().rstrip('")'))[0]


def test_there_are_these_commands():
    assert set(NAMES) <= set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_with_an_example(ddops, path, option):
    run = ddops(*path.split(), option)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.startswith(f"Usage: ddops {path}".rstrip())
    assert any(example.startswith(f"ddops {path}".rstrip()) for example in examples(run.stdout)) or path == ""
    assert max(map(len, run.stdout.splitlines())) <= 100


@pytest.mark.parametrize("path", COMMANDS)
def test_the_examples_use_commands_and_options_that_there_are(ddops, path):
    found = list(examples(ddops(*path.split(), "--help").stdout))
    assert found
    for example in found:
        words = shlex.split(example)[1:]
        command: click.Command = group
        options = {name for param in group.params for name in param.opts}
        for word in words:
            if word.startswith("-"):
                assert word in options, example
            elif isinstance(command, click.Group) and (below := command.get_command(click.Context(command), word)):
                command = below
                options |= {name for param in command.params for name in param.opts}
        assert command is not group, example


def test_an_option_without_its_value(ddops):
    run = ddops("plan", "--org")
    assert (run.exit_code, run.stderr) == (1, "Error: Option '--org' requires an argument.\n")


def test_the_version(ddops):
    for option in ("--version", "-V"):
        assert ddops(option).stdout == f"ddops {package.__version__}\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["plam"], "unknown command 'plam'; did you mean 'plan'?"),
        (["valdate"], "unknown command 'valdate'; did you mean 'validate'?"),
        (["xyzzy"], "unknown command 'xyzzy'; known: apply, ci-matrix, "),
        (["sandbox", "serv"], "unknown command 'serv'; did you mean 'serve'?"),
        (["validate", "--no-colr"], "No such option '--no-colr'. Did you mean '--no-color'?"),
        (["plan", "--detailed-exit-code"], "Did you mean '--detailed-exitcode'?"),
        (["--versio"], "Did you mean '--version'?"),
        (["plan", "--format", "jsn"], "'jsn' is not one of 'html', 'json', 'markdown', 'text'"),
        (["plan", "--max-change", "many"], "'many' is not a valid integer range"),
        (["plan", "--max-change", "101"], "101 is not in the range 0<=x<=100"),
        (["validate", "extra"], "Got unexpected extra argument (extra)"),
        (["-C", "nowhere", "validate"], "Directory 'nowhere' does not exist"),
        (["-C", "ddops.yaml", "validate"], "Directory 'ddops.yaml' is a file"),
        (["completion"], "Choose from"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
        ([], "Commands:"),
        (["sandbox"], "Commands:"),
    ],
)
def test_a_wrong_command_line_is_the_users_to_mend(ddops, args, said):
    run = ddops(*args)
    assert (run.exit_code, run.stdout) == (1, "")
    assert said in run.stderr
    assert "Usage: ddops" in run.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_each_shell(ddops, shell):
    run = ddops("completion", shell)
    assert (run.exit_code, run.stderr) == (0, "")
    assert "_DDOPS_COMPLETE" in run.stdout
    assert "ddops" in run.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["pl"], {"plan"}),
        (["sandbox", ""], {"serve", "reset"}),
        (["plan", "sh"], {"shop"}),
        (["plan", "x"], set()),
        (["plan", "--det"], {"--detailed-exitcode"}),
        (["plan", "--format", ""], {"text", "json"}),
        (["completion", "b"], {"bash"}),
    ],
)
def test_what_a_shell_completes(ddops, typed, offered):
    env = {
        "_DDOPS_COMPLETE": "bash_complete",
        "COMP_WORDS": shlex.join(["ddops", *typed]),
        "COMP_CWORD": str(len(typed)),
    }
    if typed[-1] == "":
        env["COMP_WORDS"] = shlex.join(["ddops", *typed[:-1]]) + " "
    run = ddops(env=env)
    found = {line.split(",")[1] for line in run.stdout.split()}
    assert (run.exit_code, run.stderr) == (0, "")
    assert found == offered if typed[-2:] != ["--format", ""] else found >= offered


def test_products_are_completed_in_the_directory_that_is_given(ddops, workspace, tmp_path):
    workspace.write("elsewhere/products/other.yaml", "")
    env = {"_DDOPS_COMPLETE": "bash_complete", "COMP_WORDS": "ddops -C elsewhere plan o", "COMP_CWORD": "4"}
    assert ddops(env=env).stdout == "plain,other\n"


def test_help_imports_nothing_heavy():
    """What a spec is made of takes longer to import than `ddops --help` may take; a process of its own, as this one has
    everything imported."""
    heavy = ("pydantic", "yaml", "urllib3", "datadog_api_client", "deepdiff")
    code = (
        "import sys; from ddops.cli import group; group.main(['--help'], standalone_mode=False); "
        f"print([name for name in {heavy} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
