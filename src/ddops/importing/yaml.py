"""JSON values as YAML that people like to read, and that the reader (catalog/reader.py) reads as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

WIDTH = 110
"""Columns after which a long line is folded."""
SHORT = 100
"""Columns that a mapping or a list in one line may end at."""
LONGEST_KEY = 500
"""Characters of a key before its `:`; libyaml takes 1,024, escapes counted."""
STEP = "  "

# What reads like a number, a date or a time. Some readers take more of these for no text than YAML 1.2 does.
_NUMERIC = re.compile(
    r"[-+]?\.?[0-9_][-+.0-9_:,eETZ ]*|[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)", re.IGNORECASE | re.ASCII
)
# The words of YAML 1.2, those that readers of 1.1 take for a boolean as well, and its merge and value keys.
_WORDS = re.compile(r"~|null|true|false|yes|no|on|off|=|<<", re.IGNORECASE)
# A text that can stand without quotes, as far as its first and last characters go.
_PLAIN = re.compile(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-[^\s\-]).*(?<![\s:])", re.DOTALL)
# In one line with others it ends at these; libyaml takes the last for a key and its value.
_FLOW_ENDS = re.compile(r"[,\[\]{}]|:\?")
# What stands escaped: what YAML does not take as it is or takes for a line break, and what turns a text around.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def write(value: Any) -> str:
    """A JSON value as a YAML document. Raises ValueError for a float that JSON does not know."""
    if isinstance(value, dict | list) and value:
        return "".join(f"{line}\n" for line in _block(value, 0))
    return _inline(value, in_flow=False) + "\n"


def _block(value: Any, depth: int) -> Iterator[str]:
    """The lines of a mapping or a list that is not empty, each with its indentation."""
    indent = STEP * depth
    if isinstance(value, dict):
        for key, child in value.items():
            name = _inline(key, in_flow=False)
            if len(name) > LONGEST_KEY:
                yield f"{indent}? {name}"
                name = ""
            yield from _with(f"{indent}{name}:", child, depth)
    else:
        for child in value:
            if (
                isinstance(child, dict | list)
                and child
                and (_holds_objects(child) or not _flow(child, len(indent) + 2))
            ):
                # The first line of the child begins behind its dash.
                first, *rest = _block(child, depth + 1)
                yield f"{indent}- {first[len(indent) + 2 :]}"
                yield from rest
            else:
                yield from _with(f"{indent}-", child, depth)


def _with(head: str, child: Any, depth: int) -> Iterator[str]:
    """A key or a dash, and what belongs to it."""
    flow = _flow(child, len(head) + 1)
    if flow is not None:
        yield f"{head} {flow}"
    elif isinstance(child, dict | list):
        yield head
        yield from _block(child, depth + 1)
    else:
        first, *rest = _scalar(child, depth + 1, len(head) + 1).split("\n")
        yield f"{head} {first}"
        yield from rest


def _scalar(value: Any, depth: int, column: int = 0) -> str:
    """A scalar as it stands behind its key; the further lines of a long text have their indentation."""
    if isinstance(value, str) and not _ESCAPED.search(value):
        if "\n" in value and value.strip("\n"):
            return _literal(value, depth)
        if column + len(value) > WIDTH and _folds(value):
            return _folded(value, depth)
    return _inline(value, in_flow=False)


def _literal(text: str, depth: int) -> str:
    """A block in which every line stands as it is."""
    ending = len(text) - len(text.rstrip("\n"))
    chomping = "-" if ending == 0 else "" if ending == 1 else "+"
    # Where the text begins with blanks it is said how far it is indented.
    indicator = len(STEP) if text.lstrip("\n")[:1] in (" ", "\t") else ""
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([f"|{indicator}{chomping}", *(f"{STEP * depth}{line}" if line else "" for line in lines)])


def _folds(text: str) -> bool:
    """Whether there is where to fold: a single blank, which the line break stands for."""
    return "\n" not in text and text == text.strip() and _BLANK.search(text) is not None


_BLANK = re.compile(r"(?<=[^\s]) (?=[^\s])")


def _folded(text: str, depth: int) -> str:
    indent = STEP * depth
    lines: list[str] = []
    for word in _BLANK.split(text):
        if lines and len(indent) + len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join([">-", *(f"{indent}{line}" for line in lines)])


def _flow(value: Any, column: int) -> str | None:
    """A mapping or a list in one line, None where it is too long for that or not of the sort. A list of objects, and
    an object of more than small ones, is easier to read in lines of their own."""
    if not isinstance(value, dict | list):
        return None
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    children = value.values() if isinstance(value, dict) else value
    below = dict | list if isinstance(value, dict) else list
    if any(
        isinstance(child, dict | list) and not (isinstance(child, below) and _is_small(child)) for child in children
    ):
        return None
    text = _in_flow(value)
    return text if column + len(text) <= SHORT and not _holds_lines(value) else None


def _is_small(value: Any) -> bool:
    """Holds nothing that holds something."""
    return not any(isinstance(child, dict | list) for child in (value.values() if isinstance(value, dict) else value))


def _holds_objects(value: Any) -> bool:
    return any(isinstance(child, dict) for child in (value.values() if isinstance(value, dict) else value))


def _holds_lines(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_holds_lines, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and "\n" in value


def _in_flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_inline(key, in_flow=True)}: {_in_flow(child)}' for key, child in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_in_flow, value))}]"
    return _inline(value, in_flow=True)


def _inline(value: Any, *, in_flow: bool) -> str:
    """A scalar in one line."""
    if isinstance(value, str):
        return value if _is_plain(value, in_flow) else _quoted(value)
    return json.dumps(value, allow_nan=False)


def _is_plain(text: str, in_flow: bool) -> bool:
    return not (
        _PLAIN.fullmatch(text) is None
        or _NUMERIC.fullmatch(text)
        or _WORDS.fullmatch(text)
        or _ESCAPED.search(text)
        or any(mark in text for mark in ("\n", "\t", ": ", " #"))
        or text.startswith(("---", "..."))
        or (in_flow and _FLOW_ENDS.search(text))
    )


def _quoted(text: str) -> str:
    """In single quotes where only double ones and backslashes stand in it, else in double quotes, as in JSON."""
    if ('"' in text or "\\" in text) and "'" not in text and not _ESCAPED.search(text) and text.isprintable():
        return f"'{text}'"
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))
