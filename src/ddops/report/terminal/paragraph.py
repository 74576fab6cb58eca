"""One change for a terminal: what could go wrong, who hears differently, and what differs in what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from ddops.backtest.contract import Backtest
from ddops.backtest.sentence import sentence
from ddops.kinds.contract import kinds
from ddops.meaning.contract import Difference, Meaning, Part, What, Word
from ddops.plan.change import Action, Change
from ddops.report.causes import of_field, word
from ddops.report.marked import is_alike, marked
from ddops.report.terminal.drawing import BLANK, Line, joined, said, within
from ddops.report.terminal.unified import unified
from ddops.report.words import MOST_DIFFERENT, block, cut, inline, is_long_text, line

SIGNS = {Action.CREATE: "+", Action.UPDATE: "~", Action.ADOPT: "@", Action.DELETE: "-"}
_PARTS = {What.ADDED: "+", What.REMOVED: "-", What.CHANGED: "~", What.MOVED: ">"}

AROUND = 10
"""Columns that are kept free beside a value on one line with its name."""
MOST_OUTLINED = 60
"""Lines of an outline."""
MOST_PARTS = 100
FEW_WORDS = 24
"""Characters up to which a text is no longer to read twice than with marks in it."""


def heading(what: Text, name: object, org: str | None, more: str = "") -> Line:
    return Line(
        joined(what, "  ", said(name, "name"), said(f"  in {org}" if org is not None else ""), more), whole=True
    )


def about(change: Change) -> Iterator[Line]:
    """Its title, its page and its place in the files."""
    if change.title:
        yield Line(said(change.title), 4)
    places = [change.url or "", f"{change.source.path}:{change.source.line}" if change.source else ""]
    if any(places):
        yield Line(said("  ".join(filter(None, places))), 4, further="")


def notes(found: Iterable[str], indent: int = 0, sort: str = "note") -> Iterator[Line]:
    for note in found:
        yield Line(joined((f"{sort}:", "note"), " ", said(note)), indent)


class Paragraphs:
    """Writes changes; `several_orgs` and `causes` say what each of them has to tell beside itself."""

    def __init__(self, columns: int, *, several_orgs: bool, causes: bool) -> None:
        self.room, self.several_orgs, self.causes = columns - AROUND, several_orgs, causes

    def change(self, change: Change, meaning: Meaning, backtest: Backtest | None = None) -> Iterator[Line]:
        what = Text(f"{SIGNS[change.action]} {change.action.value}", change.action.value)
        cause = f"  [{word(change.cause)}]" if self.causes else ""
        yield heading(what, change.address, change.org if self.several_orgs else None, cause)
        yield from about(change)
        for risk in meaning.risks:
            yield Line(joined((f"! {risk.severity.value}:", risk.severity.value), " ", said(risk.message)), 4)
        for notice in meaning.notices:
            yield Line(joined((">", "notice"), " ", said(notice.text)), 4)
        yield from notes(change.notes, 4)
        if backtest is not None and backtest.query is not None:
            yield from notes([sentence(backtest).removeprefix("No backtest: ")], 4, "backtest")
        causes = {field.path: of_field(change, field) for field in change.fields}
        for difference in meaning.differences:
            yield from within(6, self.field(change, difference, causes))
        shown = meaning.parts[:MOST_PARTS]
        for part in shown:
            yield from within(6, self.part(change, part, causes))
        if len(meaning.parts) > len(shown):
            yield Line(Text(f"… {len(meaning.parts) - len(shown)} more that came, went, moved or changed"), 6)
        yield BLANK

    def part(self, change: Change, part: Part, causes: Mapping[str, str]) -> Iterator[Line]:
        group = f" in {part.group}" if part.group and not (part.moved or "").startswith("moved into ") else ""
        moved = f", {part.moved}" if part.moved else ""
        what = f"{_PARTS[part.what]} {part.what.value}" if part.what is not What.MOVED else _PARTS[part.what]
        yield Line(joined((what, part.what.value), said(f" {part.label}{group}{moved}"), causes.get(part.path, "")))
        for difference in part.differences:
            if difference.what is not What.MOVED:
                yield from within(2, self.field(change, difference, causes))

    def field(self, change: Change, one: Difference, causes: Mapping[str, str]) -> Iterator[Line]:
        before, after, name = one.before, one.after, said(one.name) + Text(causes.get(one.path, ""))
        sense = f" ({one.sense})" if one.sense else ""
        if change.action is Action.CREATE:
            yield from self.value(name, after, kinds()[change.address.kind].outlines.get(one.path))
        elif are_texts(before, after) and (is_long_text(before) or is_long_text(after)):
            yield Line(joined(name, ":"))
            yield from within(2, unified(before or "", after or ""))
        elif one.words and max(len(before), len(after)) > FEW_WORDS and is_alike(one.words):
            yield Line(joined(name, ":", sense))
            yield from within(2, marks(one.words))
        elif one.added or one.removed:
            yield Line(joined(name, ":", sense))
            for sign, items in (("-", one.removed), ("+", one.added)):
                for item in items:
                    yield from within(2, self.signed(sign, item))
        elif len(name) + len(inline(before)) + len(inline(after)) <= self.room:
            yield Line(joined(name, ": ", _or_none(before, "removed"), " → ", _or_none(after, "added"), sense))
        else:
            yield Line(joined(name, ":", sense))
            for sign, value in (("-", before), ("+", after)):
                if value is not None:
                    yield from within(2, self.signed(sign, value))

    def signed(self, sign: str, value: Any) -> Iterator[Line]:
        style = {"+": "added", "-": "removed"}[sign]
        text = inline(value)
        is_one_line = not is_long_text(value) and (isinstance(value, str) or len(text) <= self.room)
        for part in [text] if is_one_line else block(value, self.room):
            one = Line.of(part, style)
            yield Line(joined((sign, style), " ", one.text), further=f"  {one.further}")

    def value(self, name: Text, value: Any, outline: Callable[[Any], Iterable[str]] | None) -> Iterator[Line]:
        text = inline(value)
        if not is_long_text(value) and (isinstance(value, str) or len(name) + len(text) <= self.room):
            yield Line(joined(name, ": ", said(text)))
            return
        yield Line(joined(name, ":"))
        found = [line(text) for text in outline(value)] if outline else None
        for part in block(value, self.room) if found is None else cut(found, MOST_OUTLINED):
            yield Line.of(part, indent=2)


def are_texts(*values: Any) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def marks(words: Sequence[Word]) -> Iterator[Line]:
    """The first lines of a text that changed, with its marks, and how many there are beyond."""
    lines, styles = list(marked(words)), {"kept": "", "added": "added", "removed": "removed"}
    for stretches in lines[:MOST_DIFFERENT]:
        yield Line(joined(*(Text(text.expandtabs(1), styles[how]) for text, how in stretches)), further="")
    if len(lines) > MOST_DIFFERENT:
        yield Line(Text(f"… {len(lines) - MOST_DIFFERENT} more lines"))


def _or_none(value: Any, style: str) -> Text:
    return Text("(none)", style) if value is None else said(inline(value), style)
