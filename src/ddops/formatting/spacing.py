"""Blanks between the parts of a line, at its end, and lines that hold nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ddops.formatting.source import Edit, Source

_OPEN = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSE = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_LOOSE = (yaml.ValueToken, yaml.AnchorToken, yaml.TagToken, yaml.KeyToken)
"""What a sign behind it could become a part of."""


def in_flow(source: Source) -> Iterator[Edit]:
    """`{a: 1, b: [x, y]}`: no blank inside of a bracket or before a comma, one behind a comma and a colon."""
    depth, before = 0, None
    for token in source.tokens:
        if token.start_mark.index == token.end_mark.index:
            continue
        if depth and before is not None and before.end_mark.line == token.start_mark.line:
            start, end = source.at(before.end_mark), source.at(token.start_mark)
            gap = _gap(before, token)
            if gap is not None and source.text[start:end] != gap:
                yield start, end, gap
        depth += isinstance(token, _OPEN)
        depth -= isinstance(token, _CLOSE)
        before = token


def _gap(before: Any, token: Any) -> str | None:
    """What is to stand between two tokens of a line, None where it is left as it is."""
    if isinstance(before, _OPEN):
        return ""
    if isinstance(token, (*_CLOSE, yaml.FlowEntryToken)):
        return None if isinstance(before, _LOOSE) else ""
    if isinstance(token, yaml.ValueToken):
        return None if isinstance(before, (*_LOOSE, yaml.AliasToken, yaml.FlowEntryToken)) else ""
    if isinstance(before, yaml.FlowEntryToken | yaml.ValueToken):
        return " "
    return None


def at_ends(source: Source) -> Iterator[Edit]:
    """No blank at the end of a line, no two empty lines in a row, none at the ends of the file, which is a line's."""
    last = max((line for line, text in enumerate(source.lines) if text.strip() or line in source.within), default=0)
    is_empty = True
    for line, text in enumerate(source.lines[: last + 1]):
        begin = source.starts[line]
        kept = text if line in source.within else text.rstrip()
        if not kept and is_empty and line not in source.within:
            yield begin, begin + len(text) + 1, ""
        elif text != kept:
            yield begin + len(kept), begin + len(text), ""
        is_empty = not kept and line not in source.within
    end = source.starts[last] + len(source.lines[last])
    # A block at the end of a file without a line end has none in its text either.
    if not (last in source.within and end == len(source.text)):
        yield end, len(source.text), "\n"
