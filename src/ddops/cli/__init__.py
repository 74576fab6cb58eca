"""The command line. Each command is a module of `commands`, imported when it is used, and heavy imports stand inside
the functions, so that `ddops --help` is quick."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import ddops
from ddops.cli import commands, exits
from ddops.cli.group import Group
from ddops.discovery import modules


class Commands(Group):
    """Finds the commands by the names of their modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_modules()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        import importlib

        name = _modules().get(cmd_name)
        if name is None:
            return None
        module = importlib.import_module(f"{commands.__name__}.{name}")
        command: click.Command = module.COMMAND
        return command


def _modules() -> dict[str, str]:
    """The module of each command. A `_` at a module's end is there because the word alone is Python's (`import_`)."""
    return {name.rstrip("_").replace("_", "-"): name for name in modules(commands)}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(ddops.__version__, "-V", "--version", message="ddops %(version)s")
@click.option(
    "-C",
    "--directory",
    type=click.Path(file_okay=False, path_type=Path, exists=True),
    default=Path(),
    metavar="DIR",
    help="Work in this directory, the one that holds ddops.yaml.",
)
@click.pass_context
def group(ctx: click.Context, directory: Path) -> None:
    """Datadog monitors, dashboards, SLOs and their routing, kept in git.

    \b
    ddops validate                      check every spec, offline
    ddops lint --fix                    find what a team would regret, and mend what is certain
    ddops plan --org sandbox            what would change, in a local org that needs no keys
    ddops plan --out plan.json          what would change in the real orgs; save the plan
    ddops apply plan.json               do exactly that
    ddops import monitor 4711           take over what was made in the UI
    """
    ctx.obj = directory


def main() -> None:
    """The console script: runs a command and leaves with its exit code."""
    sys.exit(exits.guarded(lambda: group.main(prog_name="ddops", standalone_mode=False)))
