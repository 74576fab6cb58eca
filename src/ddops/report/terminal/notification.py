"""One simulated notification, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from ddops.compile import Desired
from ddops.message import Transition
from ddops.notify import Notification
from ddops.report.terminal.drawing import BLANK, Line, column, said
from ddops.report.terminal.paragraph import notes


def notification(monitor: Desired, when: Transition, one: Notification) -> Iterator[Line | Table]:
    """Who is notified of the transition and why; all but the message."""
    priority = monitor.payload.get("priority")
    yield Line(said(f"{monitor.address}, {when}, {f'priority {priority}' if priority else 'no priority'}", "name"))
    if one.silence is not None:
        yield Line(said(f"nobody: this monitor {one.silence}"))
        return
    if not one.recipients:
        yield Line(Text("nobody: a notification without any handle or route"))
    drawn = Table.grid(*(column() for _ in range(4)), padding=(0, 2))
    for recipient in one.recipients:
        via = said(f"({', '.join(recipient.via)})")
        drawn.add_row(Text(), said(recipient.channel or "–"), said(recipient.handle), via)
    if one.recipients:
        yield drawn
    yield from notes(one.notes)
    yield BLANK
    yield Line(said(one.title, "name"))
    yield BLANK
