"""ddops show"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options
from ddops.errors import Exit

if TYPE_CHECKING:
    from ddops.report.contract import Format


@click.command("show")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE")
@options.plan_format
@options.no_color
def command(file: Path, plan_format: Format, no_color: bool) -> int:
    """Show a plan that `ddops plan --out FILE` saved, in any format. It asks no org, and needs no specs.

    \b
    ddops show plan.json
    ddops show plan.json --format html > plan.html
    """
    from ddops.cli.environment import screen
    from ddops.report import saved

    review = saved.show(file.read_bytes(), click.format_filename(file))
    click.echo(plan_format.plan(review, screen(no_color)), color=True)
    return Exit.DONE


COMMAND = command
