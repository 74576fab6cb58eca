"""Lines and tables for a terminal, drawn by rich in memory. A `Screen` says all there is to know: neither the
environment nor a real terminal is asked. Texts are rich's `Text`, in which no markup, emoji code or link means
anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, chop_cells
from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text
from rich.theme import Theme

from ddops.report.contract import Screen
from ddops.report.words import line

_LOOKS = {
    "bold": ("name", "summary", "table.header"),
    "bold underline": ("section",),
    "green": ("create", "added", "done", "specs"),
    "red": ("delete", "removed", "missing", "unexpected"),
    "magenta": ("update", "changed", "medium", "warning", "skipped", "not reached", "org"),
    "cyan": ("adopt", "moved", "hunk", "low", "info", "note", "notice"),
    "bold red": ("high", "error", "failed", "nobody"),
    "bold underline green": ("added.words",),
    "bold underline red": ("removed.words",),
}
STYLES = Theme({name: look for look, names in _LOOKS.items() for name in names})
"""How texts look by what they are. Words or signs say the same as their colours, which all read on a light and on a
dark background: none is yellow or dim."""

GAP = 2
"""Columns between those of a table."""
LEAST = 30
"""Columns that a line has for its text, however far in it is."""
MOST_INDENTED = 20
"""Columns that the further lines of a text keep of its own indentation."""
_WORD = re.compile(" *[^ ]+")
_PIECE = re.compile("[^(){},]+[(){},]*|[(){},]+")


def said(words: object, style: str = "") -> Text:
    """Words, also of a spec or an org, on one line: they show, and do nothing."""
    return Text(line(words).expandtabs(), style)


def joined(*parts: str | Text | tuple[str, str]) -> Text:
    """The parts as one text, which is drawn in no style but theirs; a pair is a text and its style."""
    return Text.assemble(*parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, `indent` columns in. Where it is longer than the terminal is wide it is broken at blanks, and its further
    lines begin with `further`. With `whole` it is not broken, however long it is: names in it can be looked for."""

    text: Text
    indent: int = 0
    further: str = "  "
    whole: bool = False

    @classmethod
    def of(cls, words: object, style: str = "", *, indent: int = 0) -> Line:
        """Words that have an indentation of their own, which further lines keep."""
        text = said(words, style)
        own = len(text.plain) - len(text.plain.lstrip(" "))
        return cls(text, indent, " " * (min(own, MOST_INDENTED) + 2))

    def within(self, columns: int) -> Line:
        return replace(self, indent=self.indent + columns)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(options.max_width - self.indent, LEAST)
        for index, part in enumerate([self.text] if self.whole else _broken(self.text, room, cell_len(self.further))):
            yield Segment(" " * self.indent + (self.further if index else ""))
            yield from joined(part).render(console)
            yield Segment.line()


BLANK = Line(Text())


def _broken(text: Text, columns: int, less: int) -> Iterator[Text]:
    """The text in lines of so many columns, the second and later ones that much shorter."""
    if cell_len(text.plain) <= columns:
        yield text
        return
    cuts, at, used, room = [], 0, 0, columns
    for part in _parts(text.plain, columns - less):
        if used and used + cell_len(part) > room:
            cuts.append(at)
            used, room = cell_len(part.lstrip(" ")), columns - less
        else:
            used += cell_len(part)
        at += len(part)
    first, *rest = text.divide(cuts)
    yield first
    yield from (part[len(part.plain) - len(part.plain.lstrip(" ")) :] for part in rest)


def _parts(text: str, room: int) -> Iterator[str]:
    """The words, each with the blanks before it. A query without blanks is broken behind brackets and commas, and
    anything else that has no room anywhere; a URL never is."""
    for word in _WORD.findall(text):
        if cell_len(word.lstrip(" ")) <= room or "://" in word:
            yield word
        else:
            for piece in _PIECE.findall(word):
                yield from chop_cells(piece, max(room, 2))


def within(columns: int, lines: Iterable[Line]) -> Iterator[Line]:
    yield from (one.within(columns) for one in lines)


def column(title: str = "", *, whole: bool = False, right: bool = False) -> Column:
    """A column of a table. Its texts are broken at blanks, and elsewhere where nothing else helps; where they are
    `whole` they must have room."""
    return Column(title, no_wrap=whole, overflow="fold", justify="right" if right else "left")


def table(*columns: Column) -> Table:
    """A table without frames: titles, a rule, rows."""
    return Table(*columns, box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))


def widest(texts: Iterable[str]) -> int:
    """Columns that the widest one takes."""
    return max(map(cell_len, texts), default=0)


def lines(drawn: Iterable[Line | Table], screen: Screen) -> Iterator[str]:
    """What is drawn, in lines without blanks at their ends: at most `screen.columns` wide unless a word is wider, and
    without any control codes but those of colour, and those only where it is asked for."""
    console = Console(
        file=StringIO(),
        width=screen.columns,
        height=100,
        color_system="standard" if screen.colour else None,
        force_terminal=screen.colour,
        force_interactive=False,
        force_jupyter=False,
        no_color=not screen.colour,
        theme=STYLES,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    colours = ColorSystem.STANDARD if screen.colour else None
    for one in drawn:
        for segments in Segment.split_lines(console.render(one)):
            yield _written(segments, colours)


def _written(segments: Sequence[Segment], colours: ColorSystem | None) -> str:
    shown = [*segments]
    while shown and not shown[-1].text.rstrip(" "):
        shown.pop()
    if shown:
        shown[-1] = Segment(shown[-1].text.rstrip(" "), shown[-1].style)
    return "".join(one.style.render(one.text, color_system=colours) if one.style else one.text for one in shown)
