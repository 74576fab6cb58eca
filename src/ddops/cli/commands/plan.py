"""ddops plan"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options
from ddops.errors import Exit

if TYPE_CHECKING:
    from ddops.report.contract import Format


@click.command("plan", epilog="The orgs and the names of the variables that hold their keys stand in ddops.yaml.")
@options.products
@options.org
@options.plan_format
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Save the plan for `apply`."
)
@click.option("--base", "base_ref", metavar="REF", help="Tell your changes since this git ref from drift in the org.")
@options.changed_since
@click.option(
    "--backtest/--no-backtest",
    default=None,
    help="Ask the org how changed monitors would have done of late.  [default: with --format html]",
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there are changes, 0 where there are none.")
@options.max_change
@options.no_color
@click.pass_obj
def command(
    root: Path,
    products: tuple[str, ...],
    org: str | None,
    plan_format: Format,
    out: Path | None,
    base_ref: str | None,
    changed_since: str | None,
    backtest: bool | None,
    detailed_exitcode: bool,
    max_change: int,
    no_color: bool,
) -> int:
    """Show what would change in the org, and change nothing.

    \b
    ddops plan --org sandbox                 every product, against the local sandbox
    ddops plan rms --org rms                 one product, one org
    ddops plan --out plan.json               save the plan; `ddops apply plan.json` does just that
    ddops plan --detailed-exitcode           exit with 2 where there are changes
    ddops plan --base origin/main            what of it is yours, and what somebody changed in the org
    ddops plan --changed-since origin/main   only the resources that the branch changes
    ddops plan --format html > plan.html     with thresholds drawn over what the metric did of late
    """
    from ddops.cli.base import bases
    from ddops.cli.environment import environment, screen
    from ddops.cli.orgs import CACHE, choose, connected
    from ddops.cli.planning import findings_refuse, workspace
    from ddops.cli.progress import Progress
    from ddops.cli.reviewing import review
    from ddops.errors import PlanRefused, UsageError
    from ddops.report import saved

    here = workspace(root, root / CACHE)
    base, since = bases(root, base_ref, changed_since)
    scope = here.products(products, base, since)
    target = choose(org, here.catalog.config.orgs, environment())
    if target.note:
        click.echo(f"ddops: {target.note}", err=True)
    progress = Progress()
    with connected(target, root, environment(), progress) as orgs:
        plan = here.plan(orgs, label=target.label, products=scope, max_change=max_change, base=base, since=since)
        findings = here.about(scope)
        plan = replace(plan, refusals=(*plan.refusals, *findings_refuse(findings)))
        asks = backtest if backtest is not None else plan_format.draws_backtests
        reviewed = review(plan, findings, asking=orgs if asks else None, progress=progress)
    progress.clear()
    click.echo(plan_format.plan(reviewed, screen(no_color)), color=True)
    if plan.refusals:
        raise PlanRefused("\n".join(f"refused: {refusal}" for refusal in plan.refusals))
    if out is not None:
        try:
            out.write_text(saved.write(reviewed, max_change) + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"--out: cannot write {click.format_filename(out)}: {error.strerror}") from None
        click.echo(f"ddops: saved; apply exactly this plan with: ddops apply {click.format_filename(out)}", err=True)
    return Exit.CHANGES if detailed_exitcode and plan.changes else Exit.DONE


COMMAND = command
