"""ddops apply"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options
from ddops.errors import Exit

if TYPE_CHECKING:
    from ddops.apply.outcome import Outcome
    from ddops.org.contract import Org
    from ddops.plan.change import Plan


@click.command("apply")
@click.argument("file", required=False, type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="[FILE]")
@click.option("--product", "products", multiple=True, metavar="PRODUCT", help="Only this product; can be given again.")
@options.org
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.max_change
@options.no_color
@click.pass_obj
def command(
    root: Path,
    file: Path | None,
    products: tuple[str, ...],
    org: str | None,
    yes: bool,
    max_change: int,
    no_color: bool,
) -> int:
    """Make the org hold what the specs say.

    Without FILE it plans, shows the plan and asks. FILE is a plan that `ddops plan --out FILE` saved: exactly that is
    done, without asking, and it is refused if the specs or the org changed since.

    \b
    ddops apply --org sandbox                plan, ask, apply, in the local sandbox
    ddops apply plan.json                    apply a saved plan
    ddops apply --yes --product rms          plan and apply one product without asking
    """
    from ddops.apply.outcome import Result
    from ddops.cli.environment import environment, screen
    from ddops.cli.exits import Interrupted
    from ddops.cli.interrupt import noted
    from ddops.cli.orgs import CACHE, choose, connected
    from ddops.cli.planning import findings_refuse, workspace
    from ddops.cli.progress import Progress
    from ddops.errors import PlanRefused, UsageError
    from ddops.meaning.read import meaning
    from ddops.report import saved, text
    from ddops.report.contract import Review

    if file is None and not yes and not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask at; give --yes, or a plan that was saved (ddops plan --out FILE)")
    review = saved.read(file.read_bytes(), click.format_filename(file)) if file is not None else None
    if review is not None:
        if products or (org is not None and org != review.org):
            raise UsageError(f"the saved plan is for the org '{review.org}'; --org and --product go with a fresh plan")
        products, max_change = tuple(review.products or ()), review.max_change
        org = None if review.org == "all" else review.org
    here = workspace(root, root / CACHE)
    scope = here.products(products) if review is None else products or None
    target = choose(org, here.catalog.config.orgs, environment())
    if target.note:
        click.echo(f"ddops: {target.note}", err=True)
    if review is not None and target.label != review.org:
        raise PlanRefused(f"the saved plan is for the org '{review.org}', and this run is for '{target.label}'")
    terminal, progress, show = screen(no_color), Progress(), text.FORMAT
    with connected(target, root, environment(), progress) as orgs:
        only = review.only if review is not None else None
        plan = here.plan(orgs, label=target.label, products=scope, max_change=max_change, only=only)
        progress.clear()
        if review is not None:
            saved.refuse_if_moved(review, plan)
        else:
            click.echo(show.plan(Review(plan, meaning(plan), here.about(scope)), terminal), color=True)
        refusals = [*plan.refusals, *findings_refuse(here.about(scope))]
        if refusals:
            raise PlanRefused("\n".join(f"refused: {refusal}" for refusal in refusals))
        if not plan.changes:
            if review is not None:
                click.echo("nothing to do: the plan holds no changes")
            return Exit.DONE
        if review is None and not yes and not _agreed(plan):
            raise UsageError("not applied: only 'yes' is a yes")
        with noted() as interrupted:
            outcomes = _run(plan, orgs, interrupted)
            click.echo(show.outcomes(outcomes, terminal), color=True)
    if interrupted():
        raise Interrupted
    return Exit.DONE if all(outcome.result is Result.DONE for outcome in outcomes) else Exit.USER


def _agreed(plan: Plan) -> bool:
    answer = click.prompt(f"Apply these {len(plan.changes)} changes to '{plan.org}'? Only 'yes' is a yes", err=True)
    return str(answer).strip() == "yes"


def _run(plan: Plan, orgs: Mapping[str, Org], interrupted: Callable[[], bool]) -> Sequence[Outcome]:
    """Applies the plan and says on standard error how far it is, a line for each change that is done."""
    from ddops.apply.run import run
    from ddops.report.words import line

    finished = 0

    def tell(outcome: Outcome) -> None:
        nonlocal finished
        finished += 1
        change = outcome.change
        why = f": {line(outcome.why)}" if outcome.why else ""
        what = f"{change.action.value} {line(change.address)}: {outcome.result.value}{why}"
        click.echo(f"[{finished}/{len(plan.changes)}] {what}", err=True)

    return run(plan, orgs, tell, interrupted)


COMMAND = command
