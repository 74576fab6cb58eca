"""ddops compile"""

from __future__ import annotations

from pathlib import Path

import click

from ddops.cli import options


@click.command("compile")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]…")
@click.option("--org", metavar="NAME", help="Only what goes to this org of ddops.yaml.")
@options.format_option("json")
@click.pass_obj
def command(root: Path, addresses: tuple[str, ...], org: str | None, format_name: str) -> None:
    """Print the bodies that the API would be sent, offline.

    What only the org knows stands in them as `${KIND:PRODUCT/KEY}`.

    \b
    ddops compile                                        all resources
    ddops compile rms/monitor/alb-5xx.prod               one of them
    ddops compile rms/dashboard/application | jq '.[0].payload'
    """
    from ddops.catalog.nearest import unknown
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import workspace
    from ddops.errors import UsageError
    from ddops.plan.resolve import unresolved
    from ddops.report.json import dumps

    here = workspace(root, root / CACHE)
    known = {str(resource.address) for resource in here.desired}
    for address in addresses:
        if address not in known:
            raise UsageError(unknown("address", address, known))
    if org is not None and org not in here.catalog.config.orgs:
        raise UsageError(unknown("org", org, here.catalog.config.orgs))
    chosen = [
        {
            "address": str(resource.address),
            "kind": resource.kind.name,
            "org": resource.org,
            "payload": unresolved(resource.payload),
        }
        for resource in here.desired
        if (not addresses or str(resource.address) in addresses) and org in (None, resource.org)
    ]
    click.echo(dumps(sorted(chosen, key=lambda one: (one["address"], one["org"]))))


COMMAND = command
