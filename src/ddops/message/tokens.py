"""A message's text cut into plain text and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Sort = Literal["text", "tag", "fault"]


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is as it is written; of a tag `inner` is what stands between its braces, of a fault what is wrong."""

    sort: Sort
    at: int
    text: str
    inner: str = ""


_RAW, _RAW_END = "{{{{raw}}}}", "{{{{/raw}}}}"
_COMMENT, _COMMENT_END = "{{!--", "--}}"


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a message, comments left out. Their texts and those of the comments make up the whole."""
    at = 0
    gone: set[str] = set()  # closers that stand nowhere behind `at`, so that nobody looks for them again
    while (start := text.find("{{", at)) >= 0:
        if start > at:
            yield Token("text", at, text[at:start])
        at = start
        for opener, closer in ((_RAW, _RAW_END), (_COMMENT, _COMMENT_END), ("{{{", "}}}"), ("{{", "}}")):
            if not text.startswith(opener, start):
                continue
            end = -1 if closer in gone else text.find(closer, start + len(opener))
            if end < 0:
                gone.add(closer)
                if opener == _RAW:
                    yield Token("fault", start, _RAW, f"`{_RAW}` without its `{_RAW_END}`")
                    at = start + len(_RAW)
                    break
                continue
            inner, whole = text[start + len(opener) : end], text[start : end + len(closer)]
            if opener in ("{{{", "{{") and "{{" in inner:
                break
            at = end + len(closer)
            if opener == _RAW:
                yield Token("text", start + len(opener), inner)
            elif opener != _COMMENT and not inner.startswith("!"):
                yield Token("tag", start, whole, inner.strip())
            break
        if at == start:
            yield Token("fault", start, "{{", "`{{` without its `}}`")
            at = start + 2
    if at < len(text):
        yield Token("text", at, text[at:])
