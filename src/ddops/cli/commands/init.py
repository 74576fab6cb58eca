"""ddops init"""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
@click.option("--editor", is_flag=True, help="Only the editor's settings and schemas.")
@click.pass_obj
def command(root: Path, directory: Path, editor: bool) -> None:
    """Begin a workspace: ddops.yaml, a product with a monitor and a runbook, and the settings of the editor.

    No file that is there is written over. The schemas go to .ddops/schema, which is not kept in git: who clones the
    repository, or takes another version, runs it again with --editor.

    \b
    ddops init monitoring
    ddops init --editor
    """
    from ddops.catalog.config import FILE
    from ddops.cli import editor as settings
    from ddops.cli.starting import workspace
    from ddops.cli.written import write_schemas
    from ddops.schema.files import files

    top = root / directory
    top.mkdir(parents=True, exist_ok=True)
    is_new = not editor and not (top / FILE).exists()
    if not editor and not is_new:
        click.echo(f"{FILE} is there already: only the editor's settings")
    for path, text in workspace(top.resolve().name).items() if is_new else ():
        _write(top, path, text)
    known = files()
    count = len([*write_schemas(top / settings.FOLDER, known)])
    click.echo(f"wrote {settings.FOLDER}/ ({count} schemas)")
    _settings(top, settings.schemas(known))
    _ignore(top)
    if is_new:
        click.echo("next: ddops validate, then ddops plan --org sandbox")


def _write(top: Path, path: str, text: str) -> None:
    file = top / path
    if file.exists():
        click.echo(f"kept {path}: it is there already")
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    click.echo(f"wrote {path}")


def _settings(top: Path, wanted: dict[str, list[str]]) -> None:
    from ddops.cli.editor import KEY, SETTINGS, merged, written

    file = top / SETTINGS
    if not file.exists():
        _write(top, SETTINGS, written({KEY: wanted}))
        return
    text = file.read_text("utf-8")
    found = merged(text, wanted)
    if found is None:
        click.echo(f"kept {SETTINGS}: it holds more than plain JSON. Add to it:\n{written({KEY: wanted})}", nl=False)
    elif found == text:
        click.echo(f"kept {SETTINGS}: it has the schemas already")
    else:
        file.write_text(found, "utf-8")
        click.echo(f"added the schemas to {SETTINGS}")


def _ignore(top: Path) -> None:
    """Keeps what ddops leaves in its folder out of git."""
    from ddops.cli.starting import IGNORED

    file = top / ".gitignore"
    if not file.exists():
        _write(top, ".gitignore", f"{IGNORED}\n")
        return
    text = file.read_text("utf-8")
    if IGNORED.strip("/") not in {line.strip().strip("/") for line in text.splitlines()}:
        file.write_text(f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{IGNORED}\n", "utf-8")
        click.echo(f"added {IGNORED} to .gitignore")


COMMAND = command
