"""References between resources: `${KIND:PRODUCT/KEY}` is a live id, `${KIND:PRODUCT/KEY.url}` the object's page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from ddops.address import KEY, NAME, Address

_REFERENCE = re.compile(rf"\$\{{([a-z_]+):({NAME.pattern})/({KEY.pattern}?)(\.url)?\}}")

ESCAPED = "$\x00{"
"""A plain `${` that somebody wrote as `$${`; no YAML text can hold it (the reader refuses a NUL)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands in a body for a value that only the org knows."""

    target: Address
    url: bool = False

    def __str__(self) -> str:
        return f"${{{self.target.kind}:{self.target.product}/{self.target.key}{'.url' if self.url else ''}}}"


def parse(text: str) -> Reference | None:
    """The reference that the whole of `text` is, or None."""
    match = _REFERENCE.fullmatch(text)
    return _from(match) if match else None


def _from(match: re.Match[str]) -> Reference:
    return Reference(Address(match[2], match[1], match[3]), url=match[4] is not None)


def holds_any(value: Any) -> bool:
    """Whether a text in a JSON value holds `${` or a plain one (ESCAPED). Most values hold none and need no walk."""
    encoded = orjson.dumps(value)
    return b"${" in encoded or b"$\\u0000{" in encoded


def references(value: Any) -> Iterator[Reference]:
    """All references in a JSON value, in the order they stand."""
    return _references(value) if holds_any(value) else iter(())


def _references(value: Any) -> Iterator[Reference]:
    if isinstance(value, str):
        if "${" in value:
            yield from map(_from, _REFERENCE.finditer(value))
    elif isinstance(value, dict):
        for child in value.values():
            yield from _references(child)
    elif isinstance(value, list):
        for child in value:
            yield from _references(child)


def substitute(value: Any, lookup: Callable[[Reference, str], Any], field: str = "") -> Any:
    """`value` with each reference replaced by what `lookup(reference, field)` gives for it, None to leave it as it
    stands, and escaped texts as they read. A text that is one reference and nothing else becomes the looked-up value
    with its type; `field` is the name of the nearest field around it. A value without any is given back itself."""
    return _substitute(value, lookup, field) if holds_any(value) else value


def _substitute(value: Any, lookup: Callable[[Reference, str], Any], field: str) -> Any:
    if isinstance(value, str):
        if "$" not in value:
            return value
        whole = parse(value)
        if whole is not None:
            found = lookup(whole, field)
            return value if found is None else found
        return _REFERENCE.sub(lambda match: _inline(match, lookup), value).replace(ESCAPED, "${")
    if isinstance(value, dict):
        return {key: _substitute(child, lookup, key) for key, child in value.items()}
    if isinstance(value, list):
        return [_substitute(child, lookup, field) for child in value]
    return value


def _inline(match: re.Match[str], lookup: Callable[[Reference, str], Any]) -> str:
    found = lookup(_from(match), "")
    return match.group() if found is None else str(found)
