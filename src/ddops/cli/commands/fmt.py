"""ddops fmt"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ddops.errors import Exit


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 where a file is not formatted, and name it.")
@click.pass_obj
def command(root: Path, paths: tuple[Path, ...], check: bool) -> int:
    """Lay out specs: indentation, blanks, empty lines, the order of a resource's fields.

    Comments, anchors, quotes and blocks stay as they are, and so does what a file means: a file that cannot be changed
    without that is left alone. Without PATH every spec of the workspace; a directory is all specs below it.

    \b
    ddops fmt
    ddops fmt monitors/rms.yaml
    ddops fmt --check
    """
    from ddops.errors import DdopsError
    from ddops.formatting.format import formatted

    files = list(dict.fromkeys(_files(root, paths)))
    changed, refused = 0, 0
    for path in files:
        name = _name(root, path)
        try:
            text = _read(path, name)
            laid_out = formatted(name, text)
        except DdopsError as error:
            click.echo(str(error), err=True)
            refused += 1
            continue
        if laid_out != text:
            changed += 1
            click.echo(f"{name}: {'is not formatted' if check else 'formatted'}")
            if not check:
                path.write_text(laid_out, "utf-8", newline="\n")
    count = f"{len(files)} file{'' if len(files) == 1 else 's'}"
    click.echo(f"{count}: {changed or 'none'} {'to format' if check else 'formatted'}")
    return Exit.USER if refused or (check and changed) else Exit.DONE


def _files(root: Path, paths: Sequence[Path]) -> Iterator[Path]:
    from ddops.catalog.inputs import specs
    from ddops.errors import UsageError

    known = [path for path in specs(root) if path.exists()]
    if not paths:
        yield from known
    for path in (root / path for path in paths):
        if path.is_dir():
            yield from (one for one in known if one.resolve().is_relative_to(path.resolve()))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"there is no file or directory {path}")


def _name(root: Path, path: Path) -> str:
    """The path in the workspace; of a file that stands elsewhere, the path as it is."""
    here, there = root.resolve(), path.resolve()
    return there.relative_to(here).as_posix() if there.is_relative_to(here) else path.as_posix()


def _read(path: Path, name: str) -> str:
    """The text, its line ends as they are."""
    from ddops.errors import Problem, SpecError
    from ddops.location import Location

    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        raise SpecError([Problem(Location(name), "not UTF-8; save the file as UTF-8")]) from None


COMMAND = command
