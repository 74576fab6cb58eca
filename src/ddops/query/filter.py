"""What stands between the braces of a series: `env:prod,!team:a`, or `env:prod AND team NOT IN (a,b)`.

Reference: monitor queries, 2.8.
"""

from __future__ import annotations

import re
from typing import NoReturn

from ddops.query.condition import And, Condition, Everything, Group, Membership, Not, Or, Tag, TemplateVariable
from ddops.query.node import Span
from ddops.query.syntax import MAX_DEPTH, QuerySyntaxError, shown
from ddops.query.tree import Scope

_TOKEN = re.compile(
    r"""(?P<word>[^\s,(){}"'!][^\s,(){}"']*)|(?P<quoted>"[^"]*"|'[^']*')|(?P<sign>[,()!])|(?P<end>\Z)|(?P<stray>\S)"""
)
_PLAIN = re.compile(r"([^\W\d_][\w.\-/@]*):([\w.\-/*@]+)")
"""The most frequent tag, with neither sign nor wildcard in its key."""
_KEY = re.compile(r"[\w.\-/@*#$\\:]+")
_AND = ("AND", "and")
_OR = ("OR", "or")
_NOT = ("NOT", "not")
_IN = ("IN", "in")
_OPERATORS = frozenset((*_AND, *_OR, *_NOT, *_IN))
_TAG = "a tag such as `env:prod`"


def scope(text: str, span: Span, *, monitor: bool) -> Scope:
    """Parses `text[start:end]`, which is the scope with its braces.

    A monitor's scope may neither use template variables nor mix `,` and `!` with `AND`, `OR`, `NOT` and `IN` (docs:
    metrics/advanced-filtering); Datadog stores both in dashboards. Raises QuerySyntaxError.
    """
    start, end = span
    if text[start + 1 : end - 1] == "*":
        return Scope(Everything(span=(start + 1, end - 1)), span=span)
    return Scope(_Reader(text, start + 1, end - 1, monitor).whole(), span=span)


class _Reader:
    __slots__ = ("at", "depth", "kinds", "monitor", "symbol", "text", "tokens", "word")

    def __init__(self, text: str, start: int, end: int, monitor: bool) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text, start, end))
        # Operators and signs are kinds of their own.
        self.kinds = [
            word if match.lastgroup == "sign" or (word := match.group()) in _OPERATORS else str(match.lastgroup)
            for match in self.tokens
            if (word := match.group()) is not None
        ]
        self.at = 0
        self.depth = 0
        self.monitor = monitor
        self.symbol: re.Match[str] | None = None
        self.word: re.Match[str] | None = None

    def whole(self) -> Condition:
        if self.kinds[0] == "end":
            self._refuse(self.tokens[0].start(), "an empty scope; `{*}` stands for everything")
        found = self._either()
        if self.kinds[self.at] != "end":
            self._fail("`,`, AND or OR")
        if self.monitor and self.symbol and self.word:
            later = max(self.symbol, self.word, key=re.Match.start)
            self._refuse(later.start(), "`,` and `!` cannot stand in one scope with AND, OR, NOT and IN")
        return found

    def _either(self) -> Condition:
        first = self._both()
        if self.kinds[self.at] not in _OR:
            return first
        items, operators = [first], []
        while self.kinds[self.at] in _OR:
            self.word = self.tokens[self.at]
            operators.append(self.kinds[self.at])
            self.at += 1
            items.append(self._both())
        return Or(tuple(items), tuple(operators), span=(items[0].span[0], items[-1].span[1]))

    def _both(self) -> Condition:
        first = self._one()
        kind = self.kinds[self.at]
        if kind != "," and kind not in _AND:
            return first
        items, operators = [first], []
        while kind == "," or kind in _AND:
            if kind == ",":
                self.symbol = self.tokens[self.at]
            else:
                self.word = self.tokens[self.at]
            operators.append(kind)
            self.at += 1
            items.append(self._one())
            kind = self.kinds[self.at]
        return And(tuple(items), tuple(operators), span=(items[0].span[0], items[-1].span[1]))

    def _one(self) -> Condition:
        kind, token = self.kinds[self.at], self.tokens[self.at]
        if kind == "word":
            self.at += 1
            return self._tag(token)
        if kind not in ("!", "(") and kind not in _NOT:
            self._fail(_TAG)
        self.at += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._refuse(token.start(), f"nested too deep: more than {MAX_DEPTH} levels")
        found: Condition
        if kind == "(":
            inner = self._either()
            if self.kinds[self.at] != ")":
                self._fail("`)`, `,`, AND or OR")
            self.at += 1
            found = Group(inner, span=(token.start(), self.tokens[self.at - 1].end()))
        else:
            if kind == "!":
                self.symbol = token
            else:
                self.word = token
            item = self._one()
            found = Not(item, kind, span=(token.start(), item.span[1]))
        self.depth -= 1
        return found

    def _tag(self, token: re.Match[str]) -> Condition:
        following = self.kinds[self.at]
        if following in _IN or (following in _NOT and self.kinds[self.at + 1] in _IN):
            return self._membership(token)
        text, span = token.group(), token.span()
        if plain := _PLAIN.fullmatch(text):
            return Tag(plain[1], plain[2], span=span)
        if text == "*":
            return Everything(span=span)
        if text.startswith("$"):
            if self.monitor:
                self._refuse(span[0], f"{shown(text)} is a template variable; only dashboards have them")
            return TemplateVariable(text[1:], span=span)
        key, colon, value = text.partition(":")
        if not key or not _KEY.fullmatch(key):
            self._refuse(span[0], f"{shown(text)} is no tag; expected {_TAG}")
        if self.monitor and "$" in value:
            self._refuse(span[0], f"{shown(text)} holds a template variable; only dashboards have them")
        if not colon:
            return Tag(key, None, span=span)
        if not value and following in ("word", "quoted"):
            # `env: prod` is read as `env:prod` (an accepted dashboard writes it so).
            value, span = self.tokens[self.at].group(), (span[0], self.tokens[self.at].end())
            self.at += 1
        return Tag(key, value, span=span)

    def _membership(self, key: re.Match[str]) -> Condition:
        self.word = self.tokens[self.at]
        operator = self.kinds[self.at]
        if operator in _NOT:
            self.at += 1
            operator = f"{operator} {self.kinds[self.at]}"
        self.at += 1
        if self.kinds[self.at] != "(":
            self._fail("`(` and the values")
        values = []
        while True:
            self.at += 1
            if self.kinds[self.at] not in ("word", "quoted"):
                self._fail("a value of the tag")
            values.append(self.tokens[self.at].group())
            self.at += 1
            if self.kinds[self.at] == ")":
                break
            if self.kinds[self.at] != ",":
                self._fail("`,` or `)`")
        self.at += 1
        return Membership(key.group(), operator, tuple(values), span=(key.start(), self.tokens[self.at - 1].end()))

    def _fail(self, expected: str) -> NoReturn:
        token = self.tokens[self.at]
        what = "the scope ends here" if self.kinds[self.at] == "end" else f"not {shown(token.group())}"
        self._refuse(token.start(), f"expected {expected}, {'but ' if what.startswith('the') else ''}{what}")

    def _refuse(self, position: int, problem: str) -> NoReturn:
        raise QuerySyntaxError(self.text, position, problem)
