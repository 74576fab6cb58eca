"""Drift for a terminal: the specs first, then the org."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ddops.meaning.words import words as compared
from ddops.plan.change import Action, Change, FieldChange, Plan, moment
from ddops.report.marked import is_alike
from ddops.report.terminal.drawing import BLANK, Line, column, joined, said, table, within
from ddops.report.terminal.paragraph import about, are_texts, heading, marks, notes
from ddops.report.terminal.unified import unified
from ddops.report.words import inline, is_long_text

AROUND = 38
"""Columns that the words about a field, and its indentation, take beside its values."""
MOST_ROWS = 40
_STYLES = {Action.UPDATE: "changed", Action.CREATE: "missing", Action.DELETE: "unexpected", Action.ADOPT: "adopt"}


def drift(
    plan: Plan,
    found: Sequence[Change],
    words: Mapping[Action, str],
    meant: Mapping[Action, str],
    summary: str,
    columns: int,
) -> Iterator[Line | Table]:
    """What drifted, with the words for how it did and what they mean, and all of it in one line."""
    if len(found) > 1:
        yield Line(Text(summary, "summary"))
        yield BLANK
        yield from _each(found, words)
        yield BLANK
    for change in found:
        yield heading(_what(change, words), change.address, change.org)
        yield from about(change)
        when = moment(change.last_changed)
        if when is not None:
            yield Line(said(f"last changed {when}{f'; made by {change.author}' if change.author else ''}"), 4)
        if change.action in meant:
            yield Line(Text(meant[change.action]), 4)
        yield from notes(change.notes, 4)
        if change.action in (Action.UPDATE, Action.ADOPT):
            for field in change.fields:
                yield from within(6, _field(field, columns - AROUND))
        yield BLANK
    yield from notes(plan.notes)
    if plan.notes:
        yield BLANK
    yield Line(Text(summary, "summary"))


def _each(found: Sequence[Change], words: Mapping[Action, str]) -> Iterator[Line | Table]:
    orgs = len({change.org for change in found}) > 1
    drawn = table(*(column(title) for title in ("what", "address", *(["org"] if orgs else []), "last change")))
    for change in found[:MOST_ROWS]:
        day = Text((moment(change.last_changed) or "–").partition(" ")[0])
        drawn.add_row(_what(change, words), said(change.address), *([said(change.org)] if orgs else []), day)
    yield drawn
    if len(found) > MOST_ROWS:
        yield Line(Text(f"… {len(found) - MOST_ROWS} more"))


def _what(change: Change, words: Mapping[Action, str]) -> Text:
    return Text(words[change.action], _STYLES[change.action])


def _field(field: FieldChange, room: int) -> Iterator[Line]:
    specs, org, name = field.after, field.before, said(field.path)
    one, other = _or_nothing(specs, "specs"), _or_nothing(org, "org")
    if are_texts(specs, org) and (is_long_text(specs) or is_long_text(org)):
        yield Line(joined(name, ":  (- the specs, + the org)"))
        yield from within(2, unified(specs or "", org or ""))
    elif len(name) + len(one) + len(other) <= room:
        yield Line(joined(name, ": ", one, " in the specs, ", other, " in the org"))
    elif are_texts(specs, org) and is_alike(told := compared(specs or "", org or "")):
        yield Line(joined(name, ":  ([-the specs-], {+the org+})"))
        yield from within(2, marks(told))
    else:
        yield Line(joined(name, ":"))
        yield Line(joined("in the specs: ", one), 2)
        yield Line(joined("in the org:   ", other), 2)


def _or_nothing(value: Any, style: str) -> Text:
    return Text("nothing", style) if value is None else said(inline(value), style)
