"""The plan for a terminal: tables of what it comes to, then one resource a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from ddops.report.causes import meant, sections
from ddops.report.contract import Review
from ddops.report.terminal.changes import changes
from ddops.report.terminal.drawing import BLANK, Line, said
from ddops.report.terminal.findings import findings
from ddops.report.terminal.overview import overview
from ddops.report.terminal.paragraph import Paragraphs, notes


def plan(review: Review, summary: str, columns: int) -> Iterator[Line | Table]:
    """`summary` is the plan in one line."""
    made, meaning = review.plan, review.meaning
    several = any(change.org != made.org for change in made.changes)
    shown = Paragraphs(columns, several_orgs=several, causes=made.base is not None)
    if made.changes:
        yield Line(Text(summary, "summary"))
        yield BLANK
        yield from changes(made, meaning, columns)
        yield from overview(meaning, [*meant(made)], columns)
    told = {id(change): one for change, one in zip(made.changes, meaning.changes, strict=True)}
    for title, some in sections(made):
        if title:
            yield Line(said(title, "section"))
            yield BLANK
        for change in some:
            yield from shown.change(change, told[id(change)], review.backtest(change))
    yield from notes(made.notes)
    if made.notes:
        yield BLANK
    yield from findings(review.findings)
    yield Line(Text(summary, "summary"))
