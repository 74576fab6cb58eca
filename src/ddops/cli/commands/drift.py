"""ddops drift"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options
from ddops.errors import Exit

if TYPE_CHECKING:
    from ddops.cli.planning import Workspace
    from ddops.drift.adopt import Adopted
    from ddops.org.contract import Org
    from ddops.plan.change import Plan
    from ddops.plan.live import Live

ALL = 100
"""Percent: nothing is changed in an org here, so that much of it may differ."""


@click.command("drift")
@options.products
@options.org
@options.format_option("text", "json", "markdown")
@click.option("--adopt", is_flag=True, help="Write what the org holds into the YAML, after showing how and asking.")
@click.option("--dry-run", is_flag=True, help="With --adopt: show what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="With --adopt: do not ask.")
@options.no_color
@click.pass_obj
def command(
    root: Path,
    products: tuple[str, ...],
    org: str | None,
    format_name: str,
    adopt: bool,
    dry_run: bool,
    yes: bool,
    no_color: bool,
) -> int:
    """Show where the org is not as the specs say, and exit with 2 if it is so anywhere.

    That is what somebody changed, made or deleted in the UI, if all that stands in the specs has been applied. Nothing
    in the org is changed, whatever is asked for.

    \b
    ddops drift                              all products, for a schedule
    ddops drift rms --format json            one product, as JSON
    ddops drift --adopt --dry-run            how the YAML would say what the org holds
    ddops drift --adopt                      write that, after asking
    """
    from ddops.cli.environment import environment, screen
    from ddops.cli.orgs import CACHE, choose, connected
    from ddops.cli.planning import workspace
    from ddops.cli.progress import Progress
    from ddops.errors import UsageError
    from ddops.report.drift import FORMATS

    if (dry_run or yes) and not adopt:
        raise UsageError("--dry-run and --yes go with --adopt")
    if adopt and format_name != "text":
        raise UsageError("--adopt shows a diff of the files; leave --format out")
    if adopt and not (dry_run or yes or sys.stdin.isatty()):
        raise UsageError("there is no terminal to ask at; give --yes or --dry-run")
    # What the resources are made of is only known where the files are read.
    here = workspace(root, None if adopt else root / CACHE)
    scope = here.products(products)
    target = choose(org, here.catalog.config.orgs, environment())
    if target.note:
        click.echo(f"ddops: {target.note}", err=True)
    progress = Progress()
    with connected(target, root, environment(), progress) as orgs:
        live = here.live(orgs, scope)
        plan = here.plan(orgs, label=target.label, products=scope, max_change=ALL, live=live)
        progress.clear()
        if adopt:
            return _adopt(root, here, plan, live, orgs, dry_run=dry_run, yes=yes)
    click.echo(FORMATS[format_name](plan, screen(no_color)), color=True)
    return Exit.CHANGES if plan.changes else Exit.DONE


def _adopt(
    root: Path, here: Workspace, plan: Plan, live: Live, orgs: Mapping[str, Org], *, dry_run: bool, yes: bool
) -> int:
    """Writes what the org holds into the YAML. Exits with 2 where a difference is left."""
    from ddops.cli.adopting import adoption, differences, write
    from ddops.errors import UsageError
    from ddops.report.words import line

    found = adoption(root, here.catalog, here.desired, plan, live, orgs)
    for text in differences(found):
        click.echo(text)
    for left in found.left:
        what = f"{left.address}: {left.path}" if left.path else str(left.address)
        click.echo(line(f"{left.source}: {what}: not written: {left.why}"), err=True)
    if not found.documents:
        click.echo("nothing to write" if plan.changes else "no drift")
    elif dry_run:
        click.echo(f"{_counted(found)} would be written; nothing is", err=True)
    else:
        if not yes and str(click.prompt(f"Write {_counted(found)}? Only 'yes' is a yes", err=True)).strip() != "yes":
            raise UsageError("not written: only 'yes' is a yes")
        write(root, here.catalog, found)
        click.echo(f"ddops: {_counted(found)} written", err=True)
    return Exit.CHANGES if found.left or (dry_run and plan.changes) else Exit.DONE


def _counted(found: Adopted) -> str:
    resources, files = len(found.changed), len(found.documents)
    return f"{resources} resource{'' if resources == 1 else 's'} in {files} file{'' if files == 1 else 's'}"


COMMAND = command
