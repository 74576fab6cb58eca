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
    from ddops.cli.environment import screen
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import fails, workspace
    from ddops.report.text import findings

    here = workspace(root, root / CACHE)
    for line in findings(here.findings, screen(no_color)):
        click.echo(line, color=True)
    products, resources = len(here.catalog.products), len(here.desired)
    result = _count(len(here.findings), "finding") if here.findings else "no findings"
    click.echo(f"{_count(products, 'product')}, {_count(resources, 'resource')}: {result}")
    return Exit.USER if fails(here.findings) else Exit.DONE


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


COMMAND = command
