"""ddops sandbox"""

from __future__ import annotations

from pathlib import Path

import click

from ddops.cli.group import Group


@click.group("sandbox", cls=Group)
def command() -> None:
    """The local org that stands in for Datadog.

    It speaks Datadog's HTTP API on this machine and keeps its objects in .ddops/sandbox.sqlite. `--org sandbox` starts
    it by itself; serve it to point something else at it.

    \b
    ddops plan --org sandbox
    ddops sandbox serve
    ddops sandbox reset
    """


@command.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8126, show_default=True, help="0 takes a free one.")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """Serve the sandbox until Ctrl-C.

    Each API key is an org of its own; any keys will do.

    \b
    ddops sandbox serve --port 8126
    DDOPS_API_URL=http://127.0.0.1:8126 DD_API_KEY=any DD_APP_KEY=any ddops plan --org NAME
    """
    from ddops.cli.orgs import DATABASE, FOLDER
    from ddops.errors import UsageError
    from ddops.sandbox.server import Sandbox

    (root / FOLDER).mkdir(exist_ok=True)
    try:
        sandbox = Sandbox(root / DATABASE, port=port)
    except OSError as error:
        raise UsageError(f"cannot serve on port {port}: {error.strerror}; choose another with --port") from None
    click.echo(f"serving {root / DATABASE} at {sandbox.url}; Ctrl-C ends it", err=True)
    try:
        sandbox.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nstopped", err=True)


@command.command("reset")
@click.pass_obj
def reset(root: Path) -> None:
    """Forget everything that the sandbox holds.

    \b
    ddops sandbox reset
    """
    from ddops.cli.orgs import DATABASE, FOLDER

    files = sorted((root / FOLDER).glob(DATABASE.name + "*"))
    for file in files:
        file.unlink(missing_ok=True)
    click.echo("the sandbox is empty" if files else "the sandbox was empty already")


COMMAND = command
