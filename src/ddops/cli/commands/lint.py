"""ddops lint"""

from __future__ import annotations

from pathlib import Path

import click

from ddops.cli import options
from ddops.errors import Exit


@click.command("lint")
@options.products
@click.option(
    "--org",
    metavar="NAME",
    help="Ask this org of ddops.yaml as well (or `sandbox`): whether it takes what changed, and knows the handles, "
    "metrics and tags.",
)
@options.format_option("text", "json", "sarif", "github")
@click.option("--fix", is_flag=True, help="Mend in the files what can only be meant one way; comments and layout stay.")
@click.option("--explain", metavar="RULE", help="Say what a rule is for, and how to follow it.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules.")
@options.no_color
@click.pass_obj
def command(
    root: Path,
    products: tuple[str, ...],
    org: str | None,
    format_name: str,
    fix: bool,
    explain: str | None,
    list_rules: bool,
    no_color: bool,
) -> int:
    """Find what the API would refuse, and what it would take and a team would regret.

    Exits with 1 where there is an error or a warning. A rule that need not hold is ignored with a reason, beside the
    resource or in the product's file: `ignore: {RULE: "the reason"}`.

    \b
    ddops lint                               every product, offline
    ddops lint rms --format github           as annotations on a pull request
    ddops lint --org vagov                   ask the org as well
    ddops lint --fix                         mend what is certain
    ddops lint --explain threshold-mismatch  what a rule is for
    """
    from ddops.cli.environment import screen
    from ddops.cli.linting import asked, mended
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import fails, findings_formats, workspace

    if explain is not None or list_rules:
        return _document(explain)
    here = workspace(root, None if fix or org is not None else root / CACHE)
    scope = here.products(products)
    if fix:
        here, count = mended(root, here, scope)
        click.echo(f"ddops: mended in {count} {'place' if count == 1 else 'places'}", err=True)
    found, notes = here.findings, tuple[str, ...]()
    if org is not None:
        found, notes = asked(root, here, org, scope)
    found = tuple(one for one in found if scope is None or one.product in scope)
    click.echo(findings_formats()[format_name](found, notes, screen(no_color)), color=True)
    return Exit.USER if fails(found) else Exit.DONE


def _document(name: str | None) -> int:
    from ddops.catalog.nearest import unknown
    from ddops.errors import UsageError
    from ddops.lint.about import every

    rules = every()
    if name is None:
        width = max(map(len, rules))
        for rule in rules.values():
            click.echo(f"{rule.name:{width}}  {rule.severity.value:7}  {rule.what}")
    elif name not in rules:
        raise UsageError(unknown("rule", name, rules))
    else:
        click.echo(rules[name].section().removeprefix("## ").rstrip("\n"))
    return Exit.DONE


COMMAND = command
