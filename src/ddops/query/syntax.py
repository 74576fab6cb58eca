"""What is said about a query that does not parse."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ddops.errors import DdopsError

MAX_DEPTH = 64
"""How deep a query may nest; people's queries stay under ten. Beyond it a query is refused with a clear error."""

_MOST_SHOWN = 40
"""Characters of a token that an error shows."""
_MOST_COLUMNS = 160
"""Characters of a line that stand above a caret."""


class QuerySyntaxError(DdopsError):
    """A query that Datadog would refuse.

    `text` is the query, `position` an offset into it (0 … len(text)), `problem` what is wrong or what was expected
    there, in one line.
    """

    def __init__(self, text: str, position: int, problem: str) -> None:
        self.text = text
        self.position = min(max(position, 0), len(text))
        self.problem = problem
        super().__init__(f"column {self.column}: {problem}" if self.line == 1 else f"{self.place}: {problem}")

    @property
    def line(self) -> int:
        """Counted from 1."""
        return self.text.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        """In its line, counted from 1."""
        return self.position - self.text.rfind("\n", 0, self.position)

    @property
    def place(self) -> str:
        return f"line {self.line}, column {self.column}"

    def caret(self) -> str:
        """The line of the query with a caret under the place, and what is wrong: three lines."""
        start = self.text.rfind("\n", 0, self.position) + 1
        end = self.text.find("\n", self.position)
        line = self.text[start : end if end >= 0 else len(self.text)].replace("\t", " ").replace("\r", " ")
        column = self.position - start
        if column > _MOST_COLUMNS * 3 // 4:
            cut = column - _MOST_COLUMNS // 2
            line, column = f"…{line[cut:]}", column - cut + 1
        if len(line) > _MOST_COLUMNS:
            line = f"{line[:_MOST_COLUMNS]}…"
        return f"  {line}\n  {' ' * column}^\n{self}"


def shown(text: str) -> str:
    """A token as an error shows it: quoted, on one line, cut where it is long."""
    text = text.replace("\n", "\\n")
    return f"'{text}'" if len(text) <= _MOST_SHOWN else f"'{text[:_MOST_SHOWN]}…'"


def one_of(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def not_known(what: str, word: str, known: Iterable[str]) -> str:
    """`unknown function 'anomolies'; did you mean 'anomalies'?`, or the words there are where none is near."""
    names = sorted(known)
    near = difflib.get_close_matches(word[:_MOST_SHOWN], names, n=1, cutoff=0.6)
    if near:
        return f"unknown {what} {shown(word)}; did you mean '{near[0]}'?"
    return f"unknown {what} {shown(word)}" + (f"; known: {one_of(names)}" if len(names) <= 16 else "")
