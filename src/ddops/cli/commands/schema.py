"""ddops schema"""

from __future__ import annotations

from pathlib import Path

import click


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from ddops.schema.files import files

    return [name for name in files() if name.startswith(incomplete)]


@click.command("schema")
@click.argument("name", required=False, metavar="[KIND]", shell_complete=_names)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write KIND.json there, or all of them where no KIND is given.",
)
@click.pass_obj
def command(root: Path, name: str | None, out: Path | None) -> None:
    """JSON Schema of the files of a workspace, for editors.

    KIND is `workspace` (ddops.yaml), `product`, `preset` or a kind. Without it the names are listed. The command `init`
    writes the schemas and the settings that use them.

    \b
    ddops schema                            which there are, and for which files
    ddops schema monitor > monitor.json
    ddops schema --out .ddops/schema        all
    """
    from ddops.catalog.nearest import unknown
    from ddops.cli.written import write_schemas
    from ddops.errors import UsageError
    from ddops.schema.files import files

    known = files()
    if name is not None and name not in known:
        raise UsageError(unknown("kind", name, known))
    if out is not None:
        chosen = known if name is None else {name: known[name]}
        for path in write_schemas(root / out, chosen):
            click.echo(path)
    elif name is not None:
        click.echo(known[name].text(), nl=False)
    else:
        width = max(map(len, known))
        for each, file in known.items():
            click.echo(f"{each:{width}}  {' '.join(file.patterns)}")


COMMAND = command
