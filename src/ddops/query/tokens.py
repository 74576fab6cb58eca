"""The tokens that all query languages share, and a cursor over them."""

from __future__ import annotations

import re
from typing import NoReturn

from ddops.query.syntax import MAX_DEPTH, QuerySyntaxError, shown

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"' + r"|'[^'\\]*(?:\\.[^'\\]*)*'" + r'|\\"[^"\\]*\\"'
_TOKEN = re.compile(
    # `by {host}` before a series, which it would look like. Only a space or a closing bracket can stand before it.
    r"(?P<by>(?<![\w.:])by\s*\{([^{}]*)\})"
    # A series whole, `avg:system.cpu.user{env:prod}`: the most frequent token by far.
    r"|(?P<series>(?:([A-Za-z]\w*(?:\.\d+)?)\s*:\s*)?([A-Za-z][\w.]*)\s*\{([^{}]*)\})"
    r"|(?P<word>[^\W\d][\w.]*)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]))"
    # `5m`, `5m_ago`: a window without quotes.
    r"|(?P<span>\d[\w.]*)"
    rf"|(?P<string>{_STRING})"
    r"|(?P<method>\.\s*([A-Za-z_]\w*)\s*\()"
    r"|(?P<comparator>>=|<=|==|!=|>|<)"
    r"|(?P<sign>&&|\|\||[-+*/(),:=!])"
    r"|(?P<braces>\{([^{}]*)\})"
    r"|(?P<reference>\$\{[^{}\s]*\})"
    r"|(?P<end>\Z)"
    r"|(?P<stray>\S)",
    re.ASCII | re.DOTALL,
)
# Where the pieces of a token stand among the groups.
_GROUPS = _TOKEN.groupindex
BY_KEYS = _GROUPS["by"] + 1
SERIES_AGGREGATOR = _GROUPS["series"] + 1
SERIES_METRIC = _GROUPS["series"] + 2
SERIES_SCOPE = _GROUPS["series"] + 3
METHOD_NAME = _GROUPS["method"] + 1
BRACES_INSIDE = _GROUPS["braces"] + 1

_UNFINISHED = {
    '"': 'a quote `"` without its end',
    "'": "a quote `'` without its end",
    "{": "a `{` without its `}`",
    "}": "a `}` without its `{`",
}


class Cursor:
    """Walks over the tokens of `text[start:end]`; positions are those of `text`.

    `kinds[at]` is the kind of the current token: a name of `_TOKEN`'s groups, or the sign itself (`(`, `+`, `&&` …).
    The last kind is `end`.
    """

    __slots__ = ("at", "depth", "kinds", "text", "tokens")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
        self.kinds: list[str] = [
            match.group() if match.lastgroup == "sign" else str(match.lastgroup) for match in self.tokens
        ]
        self.at = 0
        self.depth = 0

    @property
    def kind(self) -> str:
        return self.kinds[self.at]

    @property
    def token(self) -> re.Match[str]:
        return self.tokens[self.at]

    @property
    def start(self) -> int:
        """Where the current token begins."""
        return self.tokens[self.at].start()

    @property
    def done(self) -> int:
        """Where the token before the current one ends."""
        return self.tokens[self.at - 1].end() if self.at else self.tokens[0].start()

    def next(self) -> re.Match[str]:
        """The current token; the cursor moves on."""
        match = self.tokens[self.at]
        self.at += 1
        return match

    def take(self, kind: str, expected: str) -> re.Match[str]:
        """The current token, which must be of this kind."""
        if self.kinds[self.at] != kind:
            self.fail(expected)
        match = self.tokens[self.at]
        self.at += 1
        return match

    def enter(self) -> None:
        """One level deeper; `depth` is counted down by whoever leaves it.

        Raises QuerySyntaxError beyond `MAX_DEPTH`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.refuse(self.start, f"nested too deep: more than {MAX_DEPTH} levels")

    def fail(self, expected: str) -> NoReturn:
        """Raises QuerySyntaxError: something else was expected at the current token."""
        token = self.token.group()
        if self.kind == "end":
            self.refuse(self.start, f"expected {expected}, but the query ends here")
        if self.kind == "stray" and token in _UNFINISHED:
            self.refuse(self.start, _UNFINISHED[token])
        self.refuse(self.start, f"expected {expected}, not {shown(token)}")

    def refuse(self, position: int, problem: str) -> NoReturn:
        raise QuerySyntaxError(self.text, position, problem)
