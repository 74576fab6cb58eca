"""Scopes in search syntax over tags: `env:prod AND (team:a OR NOT service:"two words")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r'\s+|,|(?P<open>\()|(?P<close>\))|(?P<quoted>[^\s():",]*:?"(?:[^"\\]|\\.)*")|(?P<word>[^\s(),"]+)|"'
)
OPERATORS = frozenset({"AND", "OR", "NOT"})


def faults(scope: str) -> Iterator[str]:
    """What is wrong with a scope's form: a value without a key, parentheses or quotes that do not match. What a tag
    may be called is left to the server."""
    is_value = [False]  # for each open parenthesis, whether it holds the values of a key
    key = False  # whether the last token was a key that still waits for its value
    for token in _TOKEN.finditer(scope):
        text, kind = token.group(), token.lastgroup
        if kind is None:
            if text == '"':
                yield 'a quote `"` without its end'
            continue
        if kind == "open":
            is_value.append(key or is_value[-1])
        elif kind == "close":
            if len(is_value) == 1:
                yield "a `)` without its `(`"
            else:
                is_value.pop()
        elif text not in OPERATORS and not key and not is_value[-1] and text.lstrip("-!") != "*" and ":" not in text:
            yield f"'{text}' has no key; a scope reads `key:value`, `key:(a OR b)` or `*`"
        key = kind == "word" and text.endswith(":")
    if len(is_value) > 1:
        yield "a `(` without its `)`"


_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s():",]+')


def partial_wildcards(scope: str) -> Iterator[str]:
    """The words of a scope that hold `?`, or `*` as a part of a value: notification rules know `key:*` alone
    (reference: notifications, notification rules)."""
    for word in _VALUE.findall(scope):
        if not word.startswith('"') and ("?" in word or ("*" in word and word != "*")):
            yield word
