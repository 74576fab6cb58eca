"""ddops ci-matrix"""

from __future__ import annotations

from pathlib import Path

import click

MOST_JOBS = 256
"""Of one matrix (GitHub's limit)."""


@click.command("ci-matrix")
@click.option(
    "--since", "ref", metavar="REF", required=True, help="The git ref that the working tree is compared with."
)
@click.pass_obj
def command(root: Path, ref: str) -> None:
    """Print the products that a change touches, as a job matrix for a pipeline; no org is asked.

    A product is touched where the payload of one of its resources changed, came or went, or what its own file says.
    Where `ddops.yaml` changed, or the specs at REF do not compile, every product is.

    \b
    ddops ci-matrix --since origin/main      {"include":[{"product":"rms"}]}
    """
    import orjson

    from ddops.cli.base import base
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import workspace
    from ddops.plan.base import touched_products

    here, then = workspace(root, root / CACHE), base(root, ref)
    products = touched_products(here.catalog, here.desired, then)
    if len(products) > MOST_JOBS:
        click.echo(f"ddops: {len(products)} products, and a matrix of GitHub holds {MOST_JOBS} jobs", err=True)
    note = then.note()
    if note is not None:
        click.echo(f"ddops: {note}", err=True)
    click.echo(orjson.dumps({"include": [{"product": product} for product in products]}))


COMMAND = command
