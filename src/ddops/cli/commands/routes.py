"""ddops routes"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options

if TYPE_CHECKING:
    from ddops.notify import Matrix, Recipient, Row

NEVER = "–"
NOBODY = "nobody"


@click.command("routes")
@options.products
@options.format_option("text", "json")
@click.pass_obj
def command(root: Path, products: tuple[str, ...], format_name: str) -> None:
    """Show which channels hear about which states of which monitors.

    And below each product: which channel nobody uses, and which state nobody hears about. A dash stands for a state
    that the monitor never notifies of.

    \b
    ddops routes                     every product
    ddops routes rms                 one of them
    ddops routes --format json | jq '.[].unused_channels'
    """
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import workspace
    from ddops.notify import matrix, rules_of
    from ddops.report.json import dumps
    from ddops.report.words import line

    here = workspace(root, root / CACHE)
    chosen = here.products(products) or tuple(here.catalog.products)
    rules = rules_of(here.desired)
    found = [matrix(here.catalog.products[name], here.desired, rules) for name in chosen]
    if format_name == "json":
        click.echo(dumps([_document(one) for one in found]))
        return
    for index, one in enumerate(found):
        for text in _lines(one):
            click.echo(line(text))
        if index < len(found) - 1:
            click.echo()


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


def _lines(one: Matrix) -> Iterator[str]:
    states = list(one.rows[0].states) if one.rows else []
    several = len({row.monitor.org for row in one.rows}) > 1
    yield f"{one.product.product}: {len(one.rows)} monitor{'' if len(one.rows) == 1 else 's'}"
    table = [("monitor", *states), *(_cells(row, several) for row in one.rows)] if one.rows else []
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        yield "  " + "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
    for name in one.unused:
        yield f"nobody uses the channel '{name}' ({one.product.channels[name].handle})"
    for state, monitors in one.unheard.items():
        keys = dict.fromkeys(monitor.address.key for monitor in monitors)
        yield f"nobody hears about {state} of {', '.join(keys)}"


def _cells(row: Row, several: bool) -> tuple[str, ...]:
    monitor = row.monitor
    priority = monitor.payload.get("priority")
    name = f"{monitor.address.key}{f' P{priority}' if priority else ''}{f' ({monitor.org})' if several else ''}"
    return name, *(_cell(heard) for heard in row.states.values())


def _cell(heard: tuple[Recipient, ...] | None) -> str:
    if heard is None:
        return NEVER
    return " ".join(recipient.name for recipient in heard) or NOBODY


COMMAND = command
