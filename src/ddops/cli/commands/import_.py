"""ddops import"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options
from ddops.errors import Exit

if TYPE_CHECKING:
    from ddops.catalog.contract import Catalog
    from ddops.cli.importable import Wanted
    from ddops.importing.found import Failed
    from ddops.importing.run import Import, Imported


@click.command("import")
@click.argument("arguments", nargs=-1, metavar="[KIND] [ID|URL|FILE]…")
@click.option(
    "--product", metavar="PRODUCT", help="Whose they become. Without it: the only one, or what their tags say."
)
@options.org
@click.option("--query", metavar="TAGS", help="Every object that has all these tags: 'team:x env:prod'.")
@click.option("--from-file", is_flag=True, help="The arguments are files of exported JSON; no org is asked.")
@click.option(
    "--from-terraform",
    "states",
    multiple=True,
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    metavar="STATE",
    help="What a Terraform state manages, by the ids in it; can be given again.",
)
@click.option("--key", metavar="KEY", help="The key of the one object; without it one is made of its name.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="A directory, or a YAML file for all; `-` prints."
)
@click.option("--stdout", is_flag=True, help="Print, and write no file.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.pass_obj
def command(
    root: Path,
    arguments: tuple[str, ...],
    product: str | None,
    org: str | None,
    query: str | None,
    from_file: bool,
    states: tuple[Path, ...],
    key: str | None,
    out: Path | None,
    stdout: bool,
    force: bool,
) -> int:
    """Write specs of objects that are there already, so that they are taken over in place.

    A plan of what was imported shows the adoption and nothing else; what cannot be said so is named. Each object
    becomes the file COLLECTION/PRODUCT/KEY.yaml, unless --out says otherwise.

    \b
    ddops import monitor 4711 4712 --product rms
    ddops import https://app.datadoghq.com/dashboard/abc-def-ghi --product rms
    ddops import --query 'team:rms' --product rms
    ddops import dashboard --from-file exported.json --product rms
    ddops import --from-terraform terraform.tfstate --product rms
    """
    from ddops.catalog.load import load
    from ddops.cli.importable import Wanted, org_of, product_of
    from ddops.cli.placing import STDOUT, placed
    from ddops.importing.run import Import
    from ddops.importing.workspace import Workspace

    wanted = Wanted.of(arguments, query, from_file, states)
    catalog = load(root)
    owner = product_of(catalog, product)
    # Files say nothing of an org: theirs is any that their product goes to.
    anywhere = from_file and org is None
    name = (owner.orgs[0] if owner else next(iter(catalog.config.orgs))) if anywhere else org_of(catalog, owner, org)
    here = Workspace(root, catalog, name, says_org=not anywhere)
    run = Import(workspace=here, product=owner, key=key, replacing=force)
    resources = _from_files(wanted, run) if from_file else _from_org(wanted, run, catalog, org)
    place = STDOUT if stdout else out
    for index, (path, text, written) in enumerate(placed(here, resources, place, force, run.failed)):
        if path == STDOUT:
            click.echo(("---\n" if index else "") + text, nl=False)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _tell(path, written)
    return _end(run.failed)


def _from_files(wanted: Wanted, run: Import) -> list[Imported]:
    from ddops.errors import UsageError

    found = [*wanted.from_files()]
    for one in found:
        product = run.product
        if one.id is not None and product is not None and len(product.orgs) > 1 and not run.workspace.says_org:
            raise UsageError(
                f"{one.origin} has an id, and '{product.product}' goes to several orgs; say whose with --org"
            )
    return run.run(found)


def _from_org(wanted: Wanted, run: Import, catalog: Catalog, org: str | None) -> list[Imported]:
    from ddops.cli.environment import environment
    from ddops.cli.importable import target_of
    from ddops.cli.orgs import connected
    from ddops.cli.progress import Progress
    from ddops.importing.fetch import Holders

    here, progress, notes = run.workspace, Progress(), list[str]()
    target = target_of(here.org, org, catalog, environment())
    if target.note:
        click.echo(f"ddops: {target.note}", err=True)
    with connected(target, here.root, environment(), progress) as orgs:
        connection = orgs[here.org]
        found = [*wanted.from_org(connection, here, run.failed, notes)]
        run.held_by, run.url = Holders(connection, here), connection.url
        resources = run.run(found)
    progress.clear()
    for note in notes:
        click.echo(f"ddops: {note}", err=True)
    return resources


def _tell(path: Path, written: Sequence[Imported]) -> None:
    """What was written where, and what of it is to be known, on standard error."""
    from ddops.cli.placing import STDOUT
    from ddops.report.words import line

    for resource in written:
        where = "" if path == STDOUT else f"{click.format_filename(path)}: "
        click.echo(line(f"{where}{resource.address} is {resource.found.origin}: {resource.found.title}"), err=True)
        for note in resource.notes:
            click.echo(f"  {line(note)}", err=True)


def _end(failed: Sequence[Failed]) -> int:
    from ddops.report.words import line

    for failure in failed:
        click.echo(line(f"{failure.origin}: not imported: {failure.why}"), err=True)
    return Exit.USER if failed else Exit.DONE


COMMAND = command
