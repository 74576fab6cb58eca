"""Which channels hear about which states of which monitors, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from ddops.notify import Matrix, Recipient, Row
from ddops.product import State
from ddops.report.terminal.drawing import GAP, Line, column, joined, said, table, widest

NEVER = Text("–")
NOBODY = Text("nobody", "nobody")


def routes(one: Matrix, columns: int) -> Iterator[Line | Table]:
    """The monitors of a product and who hears what: a table where that has room for every name, else a list. Then which
    states nobody is told of, what nobody uses, and what nobody hears."""
    count = len(one.rows)
    yield Line(said(f"{one.product.product}: {count} monitor{'' if count == 1 else 's'}", "name"))
    states: Sequence[State] = [*one.rows[0].states] if one.rows else []
    told = [state for state in states if any(row.states[state] is not None for row in one.rows)]
    orgs = len({row.monitor.org for row in one.rows}) > 1
    if _takes(one.rows, told, orgs) <= columns:
        drawn = table(column("monitor", whole=True), *map(column, told))
        for row in one.rows:
            drawn.add_row(_name(row, orgs), *(_heard(row.states[state]) for state in told))
        if one.rows:
            yield drawn
    else:
        yield from (line for row in one.rows for line in _listed(row, told, orgs))
    if len(told) < len(states):
        yield Line(Text(f"no monitor notifies of {', '.join(state for state in states if state not in told)}"))
    for name in one.unused:
        yield Line(said(f"nobody uses the channel '{name}' ({one.product.channels[name].handle})"))
    for state, monitors in one.unheard.items():
        keys = dict.fromkeys(monitor.address.key for monitor in monitors)
        yield Line(joined(NOBODY, said(f" hears about {state} of {', '.join(keys)}")))


def _takes(rows: Sequence[Row], states: Sequence[State], orgs: bool) -> int:
    """Columns that the table takes at least: a cell can be broken between channels, and nowhere else."""
    cells = [
        [state, *(word for row in rows for word in _heard(row.states[state]).plain.split(" "))] for state in states
    ]
    return widest(_name(row, orgs).plain for row in rows) + sum(GAP + widest(words) for words in cells)


def _listed(row: Row, states: Sequence[State], orgs: bool) -> Iterator[Line]:
    """The monitor, and a line for each that hears, with all the states that it hears of."""
    yield Line(_name(row, orgs))
    heard = [(state, _heard(row.states[state])) for state in states if row.states[state] is not None]
    for who in dict.fromkeys(text.plain for _, text in heard):
        found = [(state, text) for state, text in heard if text.plain == who]
        yield Line(joined(", ".join(state for state, _ in found), ": ", found[0][1]), 2)


def _name(row: Row, orgs: bool) -> Text:
    priority = row.monitor.payload.get("priority")
    org = f" ({row.monitor.org})" if orgs else ""
    return said(f"{row.monitor.address.key}{f' P{priority}' if priority else ''}{org}")


def _heard(recipients: tuple[Recipient, ...] | None) -> Text:
    if recipients is None:
        return NEVER
    return said(" ".join(one.name for one in recipients)) if recipients else NOBODY
