"""ddops validate"""

from __future__ import annotations

from pathlib import Path

import click

from ddops.cli import options
from ddops.errors import Exit


@click.command("validate")
@options.no_color
@click.pass_obj
def command(root: Path, no_color: bool) -> int:
    """Check every spec, offline: no org is asked.

    Exits with 1 where anything is wrong; every problem is printed with its place.

    \b
    ddops validate
    ddops -C ../monitoring validate
    """
    from ddops.cli.environment import colour
    from ddops.cli.planning import workspace
    from ddops.report.contract import Screen
    from ddops.report.text import findings

    here = workspace(root)
    for line in findings(here.findings, Screen(colour(no_color))):
        click.echo(line, color=True)
    products, resources = len(here.catalog.products), len(here.desired)
    result = f"{len(here.findings)} findings" if here.findings else "no findings"
    click.echo(f"{products} products, {resources} resources: {result}")
    return Exit.USER if here.findings else Exit.DONE


COMMAND = command
