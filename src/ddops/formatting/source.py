"""YAML text as tokens with their places, and the changes that are made to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from yaml import CLoader

Edit = tuple[int, int, str]
"""From, to (positions in the text), and what is to stand there."""


@dataclass(frozen=True)
class Source:
    """Text that the reader takes (catalog/reader.py), with `\\n` at the end of each line."""

    text: str

    @cached_property
    def tokens(self) -> Sequence[Any]:
        """libyaml's tokens, in order; those that are no text themselves (the end of a block) among them."""
        return [*yaml.scan(self.text, Loader=CLoader)]

    @cached_property
    def lines(self) -> Sequence[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins."""
        found = [0]
        for line in self.lines:
            found.append(found[-1] + len(line) + 1)
        return found

    def at(self, mark: Any) -> int:
        """The position of a token's mark in the text."""
        return int(self.starts[mark.line] + mark.column)

    @cached_property
    def within(self) -> frozenset[int]:
        """The lines whose ends stand inside of a text of several lines: blanks there can have a meaning."""
        found: set[int] = set()
        for token in self.tokens:
            if is_block(token):
                found.update(range(token.start_mark.line + 1, self.last(token) + 1))
            elif isinstance(token, yaml.ScalarToken):
                found.update(range(token.start_mark.line, token.end_mark.line))
        return frozenset(found)

    def last(self, token: Any) -> int:
        """The last line of a token; blank lines behind a block belong to it where it keeps them (`|+`)."""
        end = token.end_mark
        last = end.line - 1 if end.column == 0 and end.line > token.start_mark.line else end.line
        if is_block(token) and "+" not in self.header(token):
            begin = self.indent(token)
            while last > token.start_mark.line and not self.lines[last].strip() and len(self.lines[last]) <= begin:
                last -= 1
        return int(last)

    def indent(self, token: Any) -> int:
        """The column at which the lines of a block begin; 0 where the block says so itself, and it may be any."""
        if any(sign.isdigit() for sign in self.header(token)):
            return 0
        texts = self.lines[token.start_mark.line + 1 : token.end_mark.line + 1]
        return next((len(text) - len(text.lstrip(" ")) for text in texts if text.strip()), 0)

    def header(self, token: Any) -> str:
        """`|2-`: how a block says that it is to be read."""
        found = re.match(r"[|>][-+0-9]*", self.text[self.at(token.start_mark) :])
        return found.group() if found else ""

    @cached_property
    def comments(self) -> Sequence[str]:
        """Every comment, as it stands."""
        found, position = [], 0
        for token in [one for one in self.tokens if one.start_mark.index != one.end_mark.index]:
            start = self.at(token.start_mark)
            found += _COMMENT.findall(self.text[position:start])
            position = self.at(token.end_mark)
            if is_block(token):
                found += _COMMENT.findall(self.lines[token.start_mark.line][token.start_mark.column :])
        return [*found, *_COMMENT.findall(self.text[position:])]

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text with the edits made; none touches another."""
        parts, position = [], 0
        for start, end, text in sorted(edits):
            parts += [self.text[position:start], text]
            position = end
        return "".join([*parts, self.text[position:]])


_COMMENT = re.compile(r"#.*")


def is_block(token: Any) -> bool:
    """Whether a token is a text in a block of its own (`|`, `>`)."""
    return isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")
