"""ddops routes"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options

if TYPE_CHECKING:
    from ddops.notify import Matrix, Recipient


@click.command("routes")
@options.products
@options.format_option("text", "json")
@options.no_color
@click.pass_obj
def command(root: Path, products: tuple[str, ...], format_name: str, no_color: bool) -> None:
    """Show which channels hear about which states of which monitors.

    And below each product: which channel nobody uses, and which state nobody hears about. A dash stands for a state
    that the monitor never notifies of.

    \b
    ddops routes                     every product
    ddops routes rms                 one of them
    ddops routes --format json | jq '.[].unused_channels'
    """
    from ddops.cli.environment import screen
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import workspace
    from ddops.notify import matrix, rules_of
    from ddops.report.json import dumps
    from ddops.report.terminal.drawing import lines
    from ddops.report.terminal.routes import routes

    here = workspace(root, root / CACHE)
    chosen = here.products(products) or tuple(here.catalog.products)
    rules = rules_of(here.desired)
    found = [matrix(here.catalog.products[name], here.desired, rules) for name in chosen]
    if format_name == "json":
        click.echo(dumps([_document(one) for one in found]))
        return
    shown = screen(no_color)
    told = ("\n".join(lines(routes(one, shown.columns), shown)) for one in found)
    click.echo("\n\n".join(told), color=True)


def _document(one: Matrix) -> dict[str, object]:
    return {
        "product": one.product.product,
        "monitors": [
            {
                "address": str(row.monitor.address),
                "org": row.monitor.org,
                "priority": row.monitor.payload.get("priority"),
                "states": {
                    state: None if heard is None else [_recipient(recipient) for recipient in heard]
                    for state, heard in row.states.items()
                },
            }
            for row in one.rows
        ],
        "unused_channels": list(one.unused),
        "unheard_states": {state: [str(monitor.address) for monitor in at] for state, at in one.unheard.items()},
    }


def _recipient(recipient: Recipient) -> dict[str, str | None]:
    return {"channel": recipient.channel, "handle": recipient.handle}


COMMAND = command
