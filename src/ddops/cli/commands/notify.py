"""ddops notify"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.cli import options

if TYPE_CHECKING:
    from ddops.compile import Desired
    from ddops.message import MonitorState
    from ddops.notify import Notification
    from ddops.product import State

STATES: dict[str, State] = {
    "alert": "alert",
    "warning": "warning",
    "warn": "warning",
    "no_data": "no_data",
    "recovery": "recovery",
    "ok": "recovery",
    "renotify": "renotify",
    "unknown": "unknown",
}
BEFORE: dict[str, MonitorState] = {
    "ok": "ok",
    "alert": "alert",
    "warning": "warning",
    "warn": "warning",
    "no_data": "no_data",
    "unknown": "unknown",
}


@click.command("notify")
@click.argument("address")
@click.option("--state", type=click.Choice(list(STATES)), required=True, help="What the monitor changes to.")
@click.option(
    "--from",
    "before",
    type=click.Choice(list(BEFORE)),
    help="What it was. Without it `ok`, or `alert` before a recovery or a repetition.",
)
@click.option(
    "--group", "tags", multiple=True, metavar="KEY=VALUE", help="A tag of the group that changes; repeatable."
)
@click.option("--priority", type=click.IntRange(1, 5), help="As if the monitor had this priority.")
@click.option("--value", metavar="NUMBER", type=float, help="What {{value}} is.")
@click.option("--org", metavar="NAME", help="The monitor as it goes to this org of ddops.yaml.")
@options.format_option("text", "json")
@options.no_color
@click.pass_obj
def command(
    root: Path,
    address: str,
    state: str,
    before: str | None,
    tags: tuple[str, ...],
    priority: int | None,
    value: float | None,
    org: str | None,
    format_name: str,
    no_color: bool,
) -> None:
    """Show who would be notified, through what, and what they would read. Nothing is sent.

    \b
    ddops notify rms/monitor/alb-5xx.prod --state alert
    ddops notify rms/monitor/alb-5xx.prod --state recovery --from warning
    ddops notify rms/monitor/alb-5xx.prod --state alert --group host=a --priority 1 --format json
    """
    from ddops.cli.environment import screen
    from ddops.cli.orgs import CACHE
    from ddops.cli.planning import workspace
    from ddops.errors import UsageError
    from ddops.notify import rules_of, simulate, transition, with_priority
    from ddops.report.json import dumps
    from ddops.report.terminal.drawing import lines
    from ddops.report.terminal.notification import notification as head
    from ddops.report.words import plain

    here = workspace(root, root / CACHE)
    monitor = _monitor(address, org, here.desired)
    group = _group(tags, monitor)
    try:
        when = transition(STATES[state], BEFORE[before] if before else None)
    except ValueError as error:
        raise UsageError(f"--from: {error}") from None
    if priority is not None:
        monitor = with_priority(monitor, priority, here.catalog.config.setting)
    shown = None if value is None else f"{value:.15g}"
    notification = simulate(monitor, rules_of(here.desired), when, group=group, value=shown)
    if format_name == "json":
        click.echo(dumps(_document(notification)))
        return
    click.echo("\n".join(lines(head(monitor, when, notification), screen(no_color))), color=True)
    if notification.silence is None:
        click.echo(plain(notification.message))


def _monitor(address: str, org: str | None, desired: tuple[Desired, ...]) -> Desired:
    from ddops.catalog.nearest import unknown
    from ddops.errors import UsageError
    from ddops.notify import MONITOR

    monitors = [one for one in desired if one.kind.name == MONITOR]
    found = {one.org: one for one in monitors if str(one.address) == address}
    if not found:
        raise UsageError(unknown("monitor", address, [str(one.address) for one in monitors]))
    if org is not None and org not in found:
        raise UsageError(unknown("org", org, found))
    return found[org] if org is not None else next(iter(found.values()))


def _group(tags: tuple[str, ...], monitor: Desired) -> dict[str, str]:
    """`host=a`, or `host:a` as Datadog writes it."""
    from ddops.catalog.nearest import unknown
    from ddops.errors import UsageError
    from ddops.notify import groups

    keys = groups(monitor.payload).keys
    group = {}
    for tag in tags:
        separator = "=" if "=" in tag else ":"
        key, found, value = tag.partition(separator)
        if not (key and found and value):
            raise UsageError(f"--group: '{tag}' is no tag; it reads KEY=VALUE, for example host=a")
        if keys is not None and key not in keys:
            raise UsageError(f"--group: {unknown('group key', key, keys)}")
        group[key] = value
    return group


def _document(notification: Notification) -> dict[str, object]:
    """`reason` is there where the monitor never notifies of this, `notes` where something had to be assumed."""
    document: dict[str, object] = {
        "recipients": [
            {"channel": one.channel, "handle": one.handle, "via": ", ".join(one.via)} for one in notification.recipients
        ],
        "message": notification.message,
    }
    if notification.silence is not None:
        document["reason"] = f"this monitor {notification.silence}"
    if notification.notes:
        document["notes"] = list(notification.notes)
    return document


COMMAND = command
