"""What is done to what, as a table: a row for each change, or for each product and kind where those are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from ddops.address import Address
from ddops.meaning.contract import Meaning, PlanMeaning, Severity
from ddops.plan.change import Action, Change, Plan
from ddops.report.terminal.drawing import BLANK, GAP, Line, column, joined, said, table, widest
from ddops.report.terminal.paragraph import SIGNS

MOST_CHANGES = 20
"""In rows of their own."""
MOST_GROUPS = 30

Told = tuple[Change, Meaning]


def changes(plan: Plan, meaning: PlanMeaning, columns: int) -> Iterator[Line | Table]:
    """Nothing where one change speaks for itself."""
    found = list(zip(plan.changes, meaning.changes, strict=True))
    if len(found) <= 1:
        return
    if len(found) <= MOST_CHANGES:
        yield _each(found, columns, causes=plan.base is not None)
    else:
        yield from _together(found)
    yield BLANK


def _each(found: Sequence[Told], columns: int, *, causes: bool) -> Table:
    around = {
        "change": [Text(f"{SIGNS[change.action]} {change.action.value}", change.action.value) for change, _ in found],
        "org": [said(change.org) for change, _ in found] if len({change.org for change, _ in found}) > 1 else [],
        "cause": [Text(change.cause.value if change.cause else "unknown") for change, _ in found] if causes else [],
        "risk": [_risk(_worst([one])) for _, one in found] if any(one.risks for _, one in found) else [],
    }
    shown = {title: texts for title, texts in around.items() if texts}
    room = columns - sum(GAP + widest([title, *(text.plain for text in texts)]) for title, texts in shown.items())
    shown = {"change": shown.pop("change"), "address": [_address(change.address, room) for change, _ in found], **shown}
    drawn = table(*(column(title, whole=title == "change") for title in shown))
    for row in zip(*shown.values(), strict=True):
        drawn.add_row(*row)
    return drawn


def _address(address: Address, room: int) -> Text:
    """In two lines where it has no room on one."""
    whole = said(address)
    if cell_len(whole.plain) <= room:
        return whole
    return joined(said(f"{address.product}/{address.kind}/"), "\n  ", said(address.key))


def _together(found: Sequence[Told]) -> Iterator[Line | Table]:
    """By product and kind, the worst first."""

    def place(one: Told) -> tuple[str, str]:
        return one[0].address.product, one[0].address.kind

    groups = [(*of, list(some)) for of, some in groupby(sorted(found, key=place), place)]
    groups.sort(key=lambda group: _rank(_worst(one for _, one in group[2])))
    actions = [action for action in Action if any(change.action is action for change, _ in found)]
    risks = any(one.risks for _, one in found)
    numbers = (column(f"{SIGNS[action]} {action.value}", right=True) for action in actions)
    drawn = table(column("product"), column("kind"), *numbers, *([column("worst risk")] if risks else []))
    for product, kind, some in groups[:MOST_GROUPS]:
        counts = (_count(sum(change.action is action for change, _ in some), action) for action in actions)
        worst = [_risk(_worst(one for _, one in some))] if risks else []
        drawn.add_row(said(product), said(kind), *counts, *worst)
    yield drawn
    if rest := groups[MOST_GROUPS:]:
        count = sum(len(some) for _, _, some in rest)
        yield Line(Text(f"… {len(rest)} more products and kinds, {count} changes"))


def _count(number: int, action: Action) -> Text:
    return Text(str(number), action.value) if number else Text("–")


def _worst(some: Iterable[Meaning]) -> Severity | None:
    return min((risk.severity for one in some for risk in one.risks), key=_rank, default=None)


def _rank(severity: Severity | None) -> int:
    return [*Severity, None].index(severity)


def _risk(severity: Severity | None) -> Text:
    return Text(severity.value, severity.value) if severity else Text("–")
