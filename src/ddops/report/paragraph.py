"""One change for a terminal: what could go wrong, who hears differently, and what differs in what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

import click

from ddops.kinds.contract import kinds
from ddops.meaning.contract import Difference, Meaning, Part, Severity, What
from ddops.plan.change import Action, Change
from ddops.report.causes import of_field, word
from ddops.report.contract import Screen
from ddops.report.marked import WIDTH, is_alike, marked
from ddops.report.unified import unified
from ddops.report.words import MOST_DIFFERENT, block, cut, inline, is_long_text, line

SIGNS = {Action.CREATE: "+", Action.UPDATE: "~", Action.ADOPT: "@", Action.DELETE: "-"}
COLOURS = {Action.CREATE: "green", Action.UPDATE: "yellow", Action.ADOPT: "cyan", Action.DELETE: "red"}
RISKS = {Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "blue"}
_PARTS = {
    What.ADDED: ("+", "green"),
    What.REMOVED: ("-", "red"),
    What.CHANGED: ("~", "yellow"),
    What.MOVED: (">", "cyan"),
}

COLUMNS = 80
MOST_OUTLINED = 60
"""Lines of an outline."""
MOST_PARTS = 100
FEW_WORDS = 24
"""Characters up to which a text is no longer to read twice than with marks in it."""


def prose(text: str, indent: str, hang: int = 2) -> Iterator[str]:
    """Words of ours broken into lines, the second and later ones further in."""
    further = indent + " " * hang
    found = wrap(
        line(text),
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from found or [indent]


class Paragraphs:
    """Writes changes; `several_orgs` and `causes` say what each of them has to tell beside itself."""

    def __init__(self, screen: Screen, *, several_orgs: bool, causes: bool) -> None:
        self.screen, self.several_orgs, self.causes = screen, several_orgs, causes

    def style(self, text: str, colour: str = "", **how: Any) -> str:
        return click.style(text, fg=colour or None, **how) if self.screen.colour and (colour or how) else text

    def change(self, change: Change, meaning: Meaning) -> Iterator[str]:
        sign = self.style(f"{SIGNS[change.action]} {change.action.value}", COLOURS[change.action], bold=True)
        org = f"  in {line(change.org)}" if self.several_orgs else ""
        cause = f"  [{word(change.cause)}]" if self.causes else ""
        yield f"{sign}  {self.style(line(change.address), bold=True)}{org}{cause}"
        if change.title:
            yield f"    {line(change.title)}"
        places = [change.url or "", f"{change.source.path}:{change.source.line}" if change.source else ""]
        yield "    " + self.style(line("  ".join(filter(None, places))), dim=True)
        for risk in meaning.risks:
            yield from (self.style(text, RISKS[risk.severity]) for text in prose(f"! {risk.message}", "    "))
        for notice in meaning.notices:
            yield from (self.style(text, "cyan") for text in prose(f"> {notice.text}", "    "))
        for note in change.notes:
            yield f"    {self.style('note:', 'blue')} {line(note)}"
        causes = {field.path: of_field(change, field) for field in change.fields}
        for difference in meaning.differences:
            yield from _in(6, self.field(change, difference, causes))
        shown = meaning.parts[:MOST_PARTS]
        for part in shown:
            yield from _in(6, self.part(change, part, causes))
        if len(meaning.parts) > len(shown):
            yield f"      … {len(meaning.parts) - len(shown)} more that came, went, moved or changed"

    def part(self, change: Change, part: Part, causes: dict[str, str]) -> Iterator[str]:
        sign, colour = _PARTS[part.what]
        group = f" in {part.group}" if part.group and not (part.moved or "").startswith("into ") else ""
        moved = f", moved {part.moved}" if part.moved else ""
        text = f"{sign} {part.what.value if part.what is not What.MOVED else ''} {part.label}{group}{moved}"
        yield self.style(line(text.replace("  ", " ", 1)) + causes.get(part.path, ""), colour)
        for difference in part.differences:
            if difference.what is not What.MOVED:
                yield from _in(2, self.field(change, difference, causes))

    def field(self, change: Change, one: Difference, causes: dict[str, str]) -> Iterator[str]:
        before, after, name = one.before, one.after, line(one.name) + causes.get(one.path, "")
        if change.action is Action.CREATE:
            yield from self.value(name, after, kinds()[change.address.kind].outlines.get(one.path))
        elif _are_texts(before, after) and (is_long_text(before) or is_long_text(after)):
            yield f"{name}:"
            yield from _in(2, unified(before or "", after or "", self.style))
        elif one.words and max(len(before), len(after)) > FEW_WORDS and is_alike(one.words):
            yield f"{name}:{self.sense(one)}"
            yield from _in(2, cut_whole(list(marked(one.words, self.style))))
        elif one.added or one.removed:
            yield f"{name}:"
            for sign, items, colour in (("-", one.removed, "red"), ("+", one.added, "green")):
                for item in items:
                    yield from self.signed(sign, item, colour)
        elif len(name) + len(inline(before)) + len(inline(after)) <= WIDTH:
            arrow = f"{self.style(_absent(before), 'red')} → {self.style(_absent(after), 'green')}"
            yield f"{name}: {arrow}{self.sense(one)}"
        else:
            yield f"{name}:"
            for sign, value, colour in (("-", before, "red"), ("+", after, "green")):
                if value is not None:
                    yield from self.signed(sign, value, colour)

    def sense(self, one: Difference) -> str:
        return f" ({one.sense})" if one.sense else ""

    def signed(self, sign: str, value: Any, colour: str) -> Iterator[str]:
        text = inline(value)
        is_one_line = not is_long_text(value) and (isinstance(value, str) or len(text) <= WIDTH)
        for part in [text] if is_one_line else block(value):
            yield f"  {self.style(f'{sign} {part}', colour)}"

    def value(self, name: str, value: Any, outline: Callable[[Any], Iterable[str]] | None) -> Iterator[str]:
        text = inline(value)
        if not is_long_text(value) and (isinstance(value, str) or len(name) + len(text) <= WIDTH):
            yield f"{name}: {text}"
            return
        yield f"{name}:"
        lines = cut([line(text) for text in outline(value)], MOST_OUTLINED) if outline else block(value)
        yield from _in(2, lines)


def cut_whole(lines: Sequence[str]) -> Iterator[str]:
    """The first lines as they are, and how many there are beyond."""
    yield from lines[:MOST_DIFFERENT]
    if len(lines) > MOST_DIFFERENT:
        yield f"… {len(lines) - MOST_DIFFERENT} more lines"


def _in(columns: int, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"{' ' * columns}{text}" for text in lines)


def _absent(value: Any) -> str:
    return "(none)" if value is None else inline(value)


def _are_texts(*values: Any) -> bool:
    return all(value is None or isinstance(value, str) for value in values)
