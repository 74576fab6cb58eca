"""What a reader has to know first: who is notified differently, what could go wrong, and whether the change meant it,
over all resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from ddops.meaning.contract import PlanMeaning, Together
from ddops.report.terminal.drawing import BLANK, GAP, Line, column, joined, said, table, widest

MOST_ROWS = 20
"""Of each of the three."""
MOST_ADDRESSES = 3
FEW_COLUMNS = 28
"""A text in a narrower column is worse to read than one above the addresses that it is about."""


def overview(meaning: PlanMeaning, meant: Sequence[Together], columns: int) -> Iterator[Line | Table]:
    """Nothing where nobody hears differently, nothing could go wrong and nothing is known of what was `meant`."""
    for titles, found in (
        (("", "Who is notified differently", "where"), meaning.notifications),
        (("risk", "What could go wrong", "where"), meaning.risks),
        (("", "Is it what this change meant to do", "where"), meant),
    ):
        if found:
            yield _table(titles, found[:MOST_ROWS], columns)
            if len(found) > MOST_ROWS:
                yield Line(Text(f"… {len(found) - MOST_ROWS} more"))
            yield BLANK


def _table(titles: tuple[str, str, str], found: Sequence[Together], columns: int) -> Table:
    """The addresses stand beside the text where there is room for both, and below it where there is not."""
    sign, what, where = titles
    signs = [f"! {one.severity.value}" if one.severity else ">" for one in found]
    places = [list(_where(one)) for one in found]
    left = columns - widest([sign, *signs]) - widest(text for some in places for text in [*some, where]) - 2 * GAP
    beside = left >= FEW_COLUMNS
    drawn = table(column(sign, whole=True), column(what), *([column(where, whole=True)] if beside else []))
    for one, short, some in zip(found, signs, places, strict=True):
        first = Text(short, one.severity.value if one.severity else "notice")
        if beside:
            drawn.add_row(first, said(one.text), Text("\n").join(map(said, some)))
        else:
            drawn.add_row(first, Text("\n").join([said(one.text), *(joined("  ", said(text)) for text in some)]))
    return drawn


def _where(one: Together) -> Iterator[str]:
    yield from one.addresses[:MOST_ADDRESSES]
    more = len(one.addresses) - MOST_ADDRESSES
    if more > 0:
        yield f"and {more} more"
