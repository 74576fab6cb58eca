"""The command line. Each command is a module of `commands`, imported when it is used, and heavy imports stand inside
the functions, so that `ddops --help` is quick."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import ddops
from ddops.cli import commands, exits
from ddops.discovery import modules


class Commands(click.Group):
    """Finds the commands by the names of their modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name.replace("_", "-") for name in modules(commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        import importlib

        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.COMMAND
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from ddops.catalog.nearest import unknown

            raise click.UsageError(unknown("command", args[0], self.list_commands(ctx)), ctx) from error


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
    ddops plan --org sandbox            what would change, in a local org that needs no keys
    ddops plan --out plan.json          what would change in the real orgs; save the plan
    ddops apply plan.json               do exactly that
    """
    ctx.obj = directory


def main() -> None:
    """The console script: runs a command and leaves with its exit code."""
    sys.exit(exits.guarded(lambda: group.main(prog_name="ddops", standalone_mode=False)))
