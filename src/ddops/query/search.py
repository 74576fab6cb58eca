"""The search syntax of logs, events, spans and their like: `service:web @http.status_code:[500 TO 599] -env:dev`.

docs: logs/explorer/search_syntax; reference: monitor queries, 4. It is lenient where the explorers are: any word can be
a term. What it refuses are parentheses, quotes and operators that do not match.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NoReturn

from ddops.query.condition import (
    And,
    Compare,
    Condition,
    Everything,
    Facet,
    Group,
    Not,
    Or,
    Phrase,
    Range,
    TemplateVariable,
    Term,
)
from ddops.query.node import Span
from ddops.query.syntax import MAX_DEPTH, QuerySyntaxError, shown

_TOKEN = re.compile(
    r'(?P<phrase>"[^"\\]*(?:\\.[^"\\]*)*")'
    r"|(?P<sign>[()]|-(?=[^\s)]))"
    r'|(?P<range>(?:((?>[^\s():"\\\[{]+|\\.)++):)?([\[{])\s*("[^"]*"|[^\s"\]}]+)\s+TO\s+("[^"]*"|[^\s"\]}]+)\s*([\]}]))'
    r'|(?P<word>(?>[^\s()"\\]+|\\.)++)'
    r"|(?P<end>\Z)"
    r"|(?P<stray>\S)",
    re.DOTALL,
)
_RANGE = _TOKEN.groupindex["range"]
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_KEY = re.compile(r"((?:\\.|[^:\\])+):(.*)", re.DOTALL)
_COMPARE = re.compile(r"(>=|<=|>|<)(.+)", re.DOTALL)
_TERM = "a term or `(`"


def search(text: str) -> Condition:
    """Parses a search by itself, as it stands in a dashboard. Raises QuerySyntaxError."""
    return _Reader(text, text, 0, ()).whole()


def search_within(query: str, span: Span) -> Condition:
    """Parses the search at `query[start:end]`, between the quotes of a monitor's query, where quotes are escaped."""
    start, end = span
    raw = query[start:end]
    if "\\" not in raw:
        return _Reader(query, raw, start, ()).whole()
    escapes: list[int] = []  # where, in the text without escapes, a backslash was left out
    text, taken = [], 0
    for match in re.finditer(r"""\\(?=["'])""", raw):
        text.append(raw[taken : match.start()])
        taken = match.end()
        escapes.append(match.start() - len(escapes))
    text.append(raw[taken:])
    return _Reader(query, "".join(text), start, tuple(escapes)).whole()


class _Reader:
    """`query` is the text that places are given in; `text` stands in it at `offset`, escaped at `escapes`."""

    __slots__ = ("at", "depth", "escapes", "kinds", "offset", "query", "text", "tokens")

    def __init__(self, query: str, text: str, offset: int, escapes: tuple[int, ...]) -> None:
        self.query = query
        self.text = text
        self.offset = offset
        self.escapes = escapes
        self.tokens = list(_TOKEN.finditer(text))
        self.kinds = [
            match.group()
            if match.lastgroup == "sign" or (match.lastgroup == "word" and match.group() in _OPERATORS)
            else str(match.lastgroup)
            for match in self.tokens
        ]
        self.at = 0
        self.depth = 0

    def whole(self) -> Condition:
        if self.kinds[0] == "end":
            return Everything("", span=self._span(0, len(self.text)))
        found = self._either()
        if self.kinds[self.at] != "end":
            self._fail("an operator or the end of the search")
        return found

    def _either(self) -> Condition:
        items = [self._both()]
        while self.kinds[self.at] == "OR":
            self.at += 1
            items.append(self._both())
        if len(items) == 1:
            return items[0]
        return Or(tuple(items), ("OR",) * (len(items) - 1), span=(items[0].span[0], items[-1].span[1]))

    def _both(self) -> Condition:
        first = self._one()
        items, operators = [first], []
        while (kind := self.kinds[self.at]) not in ("OR", ")", "end"):
            operators.append("AND" if kind == "AND" else " ")
            if kind == "AND":
                self.at += 1
            items.append(self._one())
        if not operators:
            return first
        return And(tuple(items), tuple(operators), span=(first.span[0], items[-1].span[1]))

    def _one(self) -> Condition:
        kind, token = self.kinds[self.at], self.tokens[self.at]
        if kind == "word":
            self.at += 1
            return self._word(token)
        if kind == "phrase":
            self.at += 1
            return Phrase(token.group()[1:-1], span=self._span(*token.span()))
        if kind == "range":
            self.at += 1
            return self._range(token)
        if kind not in ("NOT", "-", "("):
            self._fail(_TERM)
        self.at += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._refuse(token.start(), f"nested too deep: more than {MAX_DEPTH} levels")
        found: Condition
        if kind == "(":
            found = self._group(token)
        else:
            item = self._one()
            found = Not(item, kind, span=(self._place(token.start()), item.span[1]))
        self.depth -= 1
        return found

    def _group(self, opening: re.Match[str]) -> Condition:
        inner = self._either()
        if self.kinds[self.at] != ")":
            self._fail("`)` or a term")
        self.at += 1
        return Group(inner, span=self._span(opening.start(), self.tokens[self.at - 1].end()))

    def _word(self, token: re.Match[str]) -> Condition:
        text, span = token.group(), self._span(*token.span())
        if text == "*":
            return Everything(span=span)
        if text[0] == "$" and len(text) > 1:
            return TemplateVariable(text[1:], span=span)
        if ":" not in text or not (parts := _KEY.fullmatch(text)):
            return Term(text, span=span)
        key, value = parts.groups()
        place = (span[1] - len(value), span[1])
        if value:
            compare = _COMPARE.fullmatch(value)
            node: Condition = Compare(compare[1], compare[2], span=place) if compare else Term(value, span=place)
            return Facet(key, node, span=span)
        kind = self.kinds[self.at]
        # A value in quotes or parentheses; old event queries put a space before it (`tags: "a b"`).
        if kind not in ("phrase", "("):
            return Term(text, span=span)
        item = self._one()
        return Facet(key, item, span=(span[0], item.span[1]))

    def _range(self, token: re.Match[str]) -> Condition:
        key, opening, low, high, closing = (token[_RANGE + place] for place in range(1, 6))
        found = Range(low, high, opening + closing, span=self._span(token.start(_RANGE + 2), token.end()))
        return found if key is None else Facet(key, found, span=self._span(*token.span()))

    def _place(self, position: int) -> int:
        return self.offset + position + (bisect_right(self.escapes, position) if self.escapes else 0)

    def _span(self, start: int, end: int) -> Span:
        if not self.escapes:
            return self.offset + start, self.offset + end
        return self._place(start), self._place(end - 1) + 1 if end else self.offset

    def _fail(self, expected: str) -> NoReturn:
        token = self.tokens[self.at]
        if self.kinds[self.at] == "stray":
            what = 'a quote `"` without its end' if token.group() == '"' else f"a stray {shown(token.group())}"
            self._refuse(token.start(), what)
        if self.kinds[self.at] == "end":
            self._refuse(token.start(), f"expected {expected}, but the search ends here")
        self._refuse(token.start(), f"expected {expected}, not {shown(token.group())}")

    def _refuse(self, position: int, problem: str) -> NoReturn:
        raise QuerySyntaxError(self.query, self._place(position), problem)
