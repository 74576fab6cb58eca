"""ddops preview"""

from __future__ import annotations

from pathlib import Path

import click

from ddops.cli import options


@click.command("preview")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]…")
@options.org
@click.option("--base", "base_ref", metavar="REF", help="Tell your changes since this git ref from drift in the org.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="Default: a free one.")
@click.option("--open/--no-open", "opens", default=True, help="Open it in a browser.  [default: open]")
@click.pass_obj
def command(
    root: Path, addresses: tuple[str, ...], org: str | None, base_ref: str | None, port: int, opens: bool
) -> None:
    """Show the plan for the working tree in a browser, anew whenever a file is saved, until Ctrl-C.

    The page is that of `ddops plan --format html`: dashboards before and after, monitors on a plot of their metric.
    An ADDRESS is a resource, or the beginning of some: a product, or all of a kind in it. What it names is shown
    whether it changes or not. Nothing is changed in the org, and no other machine can see the page.

    \b
    ddops preview                                  all that would change
    ddops preview rms/dashboard/application        one dashboard, while you write it
    ddops preview rms --org sandbox                one product, in the local org that needs no keys
    """
    from ddops.cli.environment import environment, is_at_a_screen
    from ddops.cli.previewing import Asked, page
    from ddops.cli.progress import Progress
    from ddops.cli.watching import Watch
    from ddops.errors import UsageError
    from ddops.preview.server import Preview
    from ddops.report.words import plain

    asked = Asked(root, addresses, org, base_ref, environment())
    try:
        preview = Preview(port)
    except OSError as error:
        raise UsageError(f"cannot serve on port {port}: {error.strerror}; choose another with --port") from None
    with preview:
        is_first, watch = True, Watch(root)
        try:
            for _ in watch.saves():
                preview.waiting()
                progress = Progress()
                shown = page(asked, progress, is_first=is_first)
                progress.clear()
                preview.show(shown.html)
                watch.add(shown.files)
                click.echo(plain(shown.said), err=True)
                if is_first:
                    click.echo(f"ddops: showing {preview.url}, anew when a file is saved; Ctrl-C ends it", err=True)
                    if opens and is_at_a_screen():
                        click.launch(preview.url)
                is_first = False
        except KeyboardInterrupt:
            click.echo("\nstopped", err=True)


COMMAND = command
