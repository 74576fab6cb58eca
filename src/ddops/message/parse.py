"""From a message's text to its tree. Nothing that a text can hold raises: what is wrong is a fault with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ddops.message import expression
from ddops.message.conditions import CONDITIONS, MATCHES, NAMES, PRIORITIES, PRIORITY
from ddops.message.template import Block, Call, Condition, Fault, Node, Template, Text, Variable, position
from ddops.message.tokens import tokens

MOST_NESTED = 50
"""Blocks in blocks; more is a fault and is not nested further."""

_PART = r"(?:\[[^\[\]]+\]|[\w@$:/*-]+)"
_PATH = re.compile(rf"{_PART}(?:\.{_PART})*")
"""A variable: `value`, `host.name`, `[dot.key].name`, `log.attributes.[error.message]`."""
_ARGUMENT = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")

ARGUMENTS = {"eval": 1, "local_time": 2, "urlencode": 1, "override_priority": 1}
"""The functions, and how many arguments each has."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Template:
    """Parses a message, an escalation message or a title."""
    return _Parser(text).template()


@dataclass(slots=True)
class _Open:
    """A block whose end has not come yet."""

    at: int
    raw: str
    condition: Condition
    negated: bool
    body: list[Node] = field(default_factory=list)
    otherwise: list[Node] | None = None


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self.open: list[_Open] = []
        self.faults: list[Fault] = []

    def template(self) -> Template:
        for token in tokens(self.text):
            if token.sort == "text":
                self.add(Text(token.at, token.text))
            elif token.sort == "fault":
                self.wrong(token.at, token.inner)
                self.add(Text(token.at, token.text))
            elif token.inner[:1] in ("#", "^"):
                self.begin(token.at, token.text, token.inner[0] == "^", token.inner[1:].strip())
            elif token.inner[:1] == "/":
                self.end(token.at, token.text, token.inner[1:].strip())
            elif token.inner == "else":
                self.turn(token.at)
            else:
                self.expression(token.at, token.text, token.inner)
        while self.open:
            block = self.open[-1]
            self.wrong(block.at, f"`{block.raw}` without its `{{{{/{block.condition.name}}}}}`")
            self.close()
        return Template(self.text, tuple(self.nodes), tuple(sorted(self.faults)))

    def wrong(self, at: int, message: str, word: str | None = None, known: tuple[str, ...] = ()) -> None:
        self.faults.append(Fault(position(self.text, at), message, word, known))

    def add(self, node: Node) -> None:
        if not self.open:
            self.nodes.append(node)
        elif self.open[-1].otherwise is not None:
            self.open[-1].otherwise.append(node)
        else:
            self.open[-1].body.append(node)

    def begin(self, at: int, raw: str, negated: bool, inner: str) -> None:
        name, arguments = self.words(at, raw, inner)
        if len(self.open) >= MOST_NESTED:
            self.wrong(at, f"`{raw}` is nested deeper than {MOST_NESTED} blocks")
            return
        self.open.append(_Open(at, raw, Condition(name, arguments), negated))
        if name not in NAMES:
            self.wrong(at, "condition", name, NAMES)
        elif name in CONDITIONS and arguments:
            self.wrong(at, f"`{name}` takes no arguments")
        elif name in MATCHES and len(arguments) < 2:
            self.wrong(at, f'`{name}` takes a variable and one or more texts: `{{{{#{name} "env.name" "prod"}}}}`')
        elif name == PRIORITY and (len(arguments) != 1 or arguments[0] not in PRIORITIES):
            self.wrong(at, f"`{PRIORITY}` takes one priority: `{{{{#{PRIORITY} 'P1'}}}}`, up to 'P5'")

    def end(self, at: int, raw: str, name: str) -> None:
        if not self.open:
            self.wrong(at, f"`{raw}` closes nothing; no block is open here")
            return
        innermost = self.open[-1]
        if all(block.condition.name != name for block in self.open):
            if innermost.condition.name not in NAMES:  # said already, and this is what it should have been
                self.close()
                return
            right = f"{{{{/{innermost.condition.name}}}}}"
            self.wrong(at, f"`{raw}` closes nothing; the open block is `{innermost.raw}`, and `{right}` ends it")
            if name not in NAMES:
                self.close()
            return
        while self.open[-1].condition.name != name:
            block = self.open[-1]
            self.wrong(block.at, f"`{block.raw}` is not closed before `{raw}` ends the block around it")
            self.close()
        self.close()

    def close(self) -> None:
        block = self.open.pop()
        otherwise = tuple(block.otherwise or ())
        self.add(Block(block.at, block.condition, block.negated, tuple(block.body), otherwise))

    def turn(self, at: int) -> None:
        if not self.open:
            self.wrong(at, "`{{else}}` stands in no block")
        elif self.open[-1].otherwise is not None:
            self.wrong(at, f"a second `{{{{else}}}}` in `{self.open[-1].raw}`")
        else:
            self.open[-1].otherwise = []

    def expression(self, at: int, raw: str, inner: str) -> None:
        if _PATH.fullmatch(inner):
            if inner in NAMES:
                self.wrong(at, f"`{raw}` opens no block; `{{{{#{inner}}}}}` does")
            self.add(Variable(at, raw, inner))
            return
        name, arguments = self.words(at, raw, inner)
        if name in NAMES:
            self.wrong(at, f"`{raw}` opens no block; `{{{{#{inner}}}}}` does")
        elif not arguments:
            self.wrong(at, f"`{raw}` is neither a variable nor a block")
        elif name not in ARGUMENTS:
            self.wrong(at, "function", name, tuple(ARGUMENTS))
        elif len(arguments) != ARGUMENTS[name]:
            self.wrong(at, f"`{name}` takes {ARGUMENTS[name]} arguments in quotes, and here are {len(arguments)}")
        else:
            self.argument(at, raw, name, arguments[0])
            self.add(Call(at, raw, name, arguments))
            return
        self.add(Text(at, raw))

    def argument(self, at: int, raw: str, name: str, argument: str) -> None:
        if name == "override_priority" and argument not in PRIORITIES:
            self.wrong(at, "priority", argument, PRIORITIES)
        if name == "eval":
            for message, word, known in expression.faults(argument):
                self.wrong(at, message if word is not None else f"`{raw}`: {message}", word, known)

    def words(self, at: int, raw: str, inner: str) -> tuple[str, tuple[str, ...]]:
        """The name in front, and the arguments behind it without their quotes."""
        name, _, rest = inner.partition(" ")
        arguments = []
        for match in _ARGUMENT.finditer(rest.rstrip()):
            if match[3] is not None:
                self.wrong(at, f"`{raw}`: `{match[3]}` stands in no quotes")
            arguments.append(next(group for group in match.groups() if group is not None))
        return name, tuple(arguments)
