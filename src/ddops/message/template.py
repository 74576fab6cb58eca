"""What a message is made of: a tree of texts, variables, calls and conditional blocks, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a message: `offset` counts characters from 0, `line` and `column` count from 1."""

    offset: int
    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


def position(text: str, offset: int) -> Position:
    return Position(offset, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a message, and where. With a `word`, `message` says what sort of word it should have been, and
    `known` are the right ones; without it `message` is all."""

    at: Position
    message: str
    word: str | None = None
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`{{path}}` or `{{{path}}}`, written as `raw`."""

    at: int
    raw: str
    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """`{{eval "…"}}`, `{{local_time 'variable' 'zone'}}`, `{{urlencode "variable"}}`, `{{override_priority 'P1'}}`."""

    at: int
    raw: str
    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    name: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.name, *(f'"{argument}"' for argument in self.arguments)])


@dataclass(frozen=True, slots=True)
class Block:
    """`{{#condition}}body{{else}}otherwise{{/condition}}`; `{{^condition}}` is the negation."""

    at: int
    condition: Condition
    negated: bool
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...] = ()


Node = Text | Variable | Call | Block


@dataclass(frozen=True, slots=True)
class Template:
    """A message as it was parsed; where there are `faults` the tree is what can be made of it."""

    source: str
    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...] = ()
