"""Two blanks for each level, the dash of a list two blanks inside of its key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ddops.formatting.source import Edit, Source, is_block

STEP = 2
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Level:
    """A mapping or a list in lines of its own: the column where it stands, and where it is to stand."""

    old: int
    new: int
    kind: str


@dataclass(slots=True)
class Indentation:
    source: Source
    levels: list[Level] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    indents: dict[int, int] = field(default_factory=dict)
    """By line, the column at which it is to begin."""
    around: dict[int, tuple[Level, ...]] = field(default_factory=dict)
    """By line with tokens, the levels that are open at its last."""
    blocks: dict[int, int] = field(default_factory=dict)
    """By the last line of a text in a block, the column at which the text is to begin."""
    flow: int = 0
    line: int = -1
    """The last line with a token."""

    def make(self) -> list[Edit]:
        """The edits that bring every line to its column."""
        before: Any = None
        for token in self.source.tokens:
            self._close(token)
            if token.start_mark.index != token.end_mark.index:
                self._place(token, before)
                self.around[self.line] = tuple(self.levels)
                before = token
            self._open(token)
        self._comments()
        for line, column in self.indents.items():
            text = self.source.lines[line]
            begin = self.source.starts[line]
            if text.strip():
                self.edits.append((begin, begin + len(text) - len(text.lstrip(" ")), " " * column))
        return self.edits

    def _close(self, token: Any) -> None:
        if isinstance(token, yaml.BlockEndToken | yaml.KeyToken) and self._in("dashes") and not self.flow:
            # A list in the column of its key has no end of its own.
            self.levels.pop()
        if isinstance(token, yaml.BlockEndToken):
            self.levels.pop()
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            self.flow -= 1
        elif isinstance(token, yaml.BlockEntryToken) and self._in("mapping"):
            self.levels.append(Level(token.start_mark.column, self.levels[-1].new + STEP, "dashes"))

    def _open(self, token: Any) -> None:
        if isinstance(token, yaml.BlockMappingStartToken | yaml.BlockSequenceStartToken):
            kind = "mapping" if isinstance(token, yaml.BlockMappingStartToken) else "list"
            new = self.levels[-1].new + STEP if self.levels else 0
            self.levels.append(Level(token.start_mark.column, new, kind))
        elif isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            self.flow += 1

    def _in(self, kind: str) -> bool:
        return bool(self.levels) and self.levels[-1].kind == kind

    def _place(self, token: Any, before: Any) -> None:
        mark = token.start_mark
        top = self.levels[-1] if self.levels else Level(0, -STEP, "file")
        begins = not self.source.lines[mark.line][: mark.column].strip()
        if mark.line != self.line and begins:
            inside = self.flow - isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken) >= 0
            if self.flow and inside:
                self._shift(mark.line, top)
            elif isinstance(token, yaml.BlockEntryToken) or mark.column == top.old:
                self.indents[mark.line] = max(top.new, 0)
            else:
                self.indents[mark.line] = top.new + STEP
        elif isinstance(before, yaml.BlockEntryToken):
            # One blank behind a dash.
            self.edits.append((self.source.at(before.end_mark), self.source.at(mark), " "))
        if is_block(token):
            self._block(token, top)
        elif isinstance(token, yaml.ScalarToken):
            for line in range(mark.line + 1, token.end_mark.line + 1):
                if self.flow:
                    self._shift(line, top)
                else:
                    self.indents[line] = top.new + STEP
        self.line = self.source.last(token)

    def _shift(self, line: int, top: Level) -> None:
        """A line of a list or mapping in brackets keeps its place among its lines."""
        text = self.source.lines[line]
        column = len(text) - len(text.lstrip(" "))
        self.indents[line] = max(column + top.new - top.old, top.new + STEP, 0)

    def _block(self, token: Any, top: Level) -> None:
        """The lines of a text in a block. Where the text says itself how far it is indented, it moves as a whole."""
        lines = range(token.start_mark.line + 1, self.source.last(token) + 1)
        texts = [self.source.lines[line] for line in lines]
        old, new = self.source.indent(token), top.new + STEP
        if any(sign.isdigit() for sign in self.source.header(token)):
            old = min((len(text) - len(text.lstrip(" ")) for text in texts if text.strip(" ")), default=0)
            new = old + top.new - top.old
        self.blocks[self.source.last(token)] = new
        for line, text in zip(lines, texts, strict=True):
            begin = self.source.starts[line]
            if len(text) >= old:
                self.edits.append((begin, begin + old, " " * max(new, 0) if text[old:] else ""))
            elif text:
                self.edits.append((begin, begin + len(text), ""))

    def _comments(self) -> None:
        """A comment stands with the line that follows, where it stood with it, else with one that is before it."""
        known = sorted(self.indents)
        for line in self._alone():
            text = self.source.lines[line]
            column = len(text) - len(text.lstrip(" "))
            at = bisect_right(known, line)
            if at < len(known) and self._column(known[at]) == column:
                self.indents[line] = self.indents[known[at]]
                continue
            before = max((one for one in self.around if one < line), default=-1)
            levels = self.around.get(before, ())
            nearest = [level for level in levels if level.old <= column]
            if nearest:
                level = next((one for one in levels if one.old == column), nearest[-1])
                self.indents[line] = max(column + level.new - level.old, 0)
            if self.indents.get(line, column) >= self.blocks.get(before, MOST):
                # It would be a line of the text.
                self.indents[line] = max(self.blocks[before] - STEP, 0)

    def _alone(self) -> Iterator[int]:
        """The lines that are nothing but a comment."""
        taken = {
            line
            for token in self.source.tokens
            if isinstance(token, yaml.ScalarToken)
            for line in range(token.start_mark.line, self.source.last(token) + 1)
        }
        for line, text in enumerate(self.source.lines):
            if text.lstrip().startswith("#") and line not in taken:
                yield line

    def _column(self, line: int) -> int:
        text = self.source.lines[line]
        return len(text) - len(text.lstrip(" "))
