"""Whether tags satisfy a scope in search syntax: `team:shop AND NOT env:dev AND service:(web OR "the api")`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

_TOKEN = re.compile(r'[()]|"((?:[^"\\]|\\.)*)"|[^\s(),"]+')

Test = Callable[[Collection[str]], bool]
MOST_NESTED = 50


def satisfies(tags: Collection[str], scope: str) -> bool:
    """Upper and lower case are the same. A blank means AND, and AND binds closer than OR (reference: notifications,
    notification rules). A scope that is malformed is satisfied by nothing."""
    lower = {tag.lower() for tag in tags}
    try:
        return _Reader(scope).whole()(lower)
    except _Malformed:
        return False


class _Malformed(Exception):
    pass


class _Reader:
    """By recursive descent. `key` is the one whose values stand in the parentheses that are read, or empty."""

    def __init__(self, scope: str) -> None:
        self.tokens = [match.group() for match in _TOKEN.finditer(scope)]
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> str:
        if self.next is None:
            raise _Malformed
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self) -> Test:
        found = self.either("")
        if self.next is not None:
            raise _Malformed
        return found

    def either(self, key: str) -> Test:
        parts = [self.all(key)]
        while self.next == "OR":
            self.take()
            parts.append(self.all(key))
        return lambda tags: any(part(tags) for part in parts)

    def all(self, key: str) -> Test:
        parts = [self.one(key)]
        while self.next not in (None, "OR", ")"):
            if self.next == "AND":
                self.take()
            parts.append(self.one(key))
        return lambda tags: all(part(tags) for part in parts)

    def one(self, key: str) -> Test:
        word = self.take()
        if word == "NOT":
            return self.negated(key)
        if word == "(":
            return self.inner(key)
        if word in (")", "OR", "AND"):
            raise _Malformed
        if word[0] in "-!":
            self.at -= 1
            self.tokens[self.at] = word[1:] or self._malformed()
            return self.negated(key)
        if key:
            return _tag(key, _unquoted(word))
        if word == "*":
            return lambda tags: True
        name, colon, value = word.partition(":")
        if not colon or word.startswith('"'):
            raise _Malformed
        if value:
            return _tag(name, value)
        if self.next == "(":
            self.take()
            return self.inner(name)
        return _tag(name, _unquoted(self.take()))

    def negated(self, key: str) -> Test:
        self._deeper()
        found = self.one(key)
        self.depth -= 1
        return lambda tags: not found(tags)

    def inner(self, key: str) -> Test:
        self._deeper()
        found = self.either(key)
        self.depth -= 1
        if self.take() != ")":
            raise _Malformed
        return found

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise _Malformed

    @staticmethod
    def _malformed() -> str:
        raise _Malformed


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word


def _tag(key: str, value: str) -> Test:
    start, tag = f"{key}:".lower(), f"{key}:{value}".lower()
    if value == "*":
        return lambda tags: any(one.startswith(start) for one in tags)
    return lambda tags: tag in tags
