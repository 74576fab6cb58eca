"""Changes one value of a YAML text and nothing else: comments, layout and quotes stay."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import Any

import orjson
import yaml

from ddops.catalog.reader import Document, parse
from ddops.errors import SpecError
from ddops.lint.finding import Fix, Insert, Remove, Replace
from ddops.location import NodePath

_PLAIN = re.compile(r"[A-Za-z_/(][\w ./()%*+-]*(?<! )", re.ASCII)
"""A text that needs no quotes anywhere, unless it is a word of YAML (`true`)."""

_NOT_PRINTABLE = re.compile(r"[\x7f-\xa0\xad\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Cut:
    """`text` in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str = ""


def edited(document: Document, fix: Fix) -> Document | None:
    """The document after a fix whose paths are those of the document, None where it cannot be made in the text
    without changing more than it says."""
    if not isinstance(fix, Insert) and document.reach(fix.path)[0] < len(fix.path):
        return None
    fix = _settled(document, fix)
    cut = _cut(document, fix)
    if cut is None:
        return None
    text = document.text[: cut.start] + cut.text + document.text[cut.end :]
    try:
        found = parse(document.path, text)
    except SpecError:
        return None
    return found if _same(found.data, _changed(document.data, fix)) else None


def _settled(document: Document, fix: Fix) -> Fix:
    """The fix as the text can take it: what would be left empty goes as a whole, and a mapping that is not there yet
    comes with what is put into it."""
    if isinstance(fix, Remove):
        path = fix.path
        while len(path) > 1 and len(document.reach(path[:-1])[1]) == 1 and isinstance(path[-2], str):
            path = path[:-1]
        return Remove(path)
    if isinstance(fix, Insert):
        path, key, value = fix.path, fix.key, fix.value
        while path and document.reach(path)[0] < len(path) and isinstance(last := path[-1], str):
            path, key, value = path[:-1], last, {key: value}
        return Insert(path, key, value)
    return fix


def _cut(document: Document, fix: Fix) -> _Cut | None:
    way = document.nodes(fix.path)
    if len(way) <= len(fix.path):
        return None
    key, node = way[-1]
    if isinstance(fix, Replace):
        return _replace(document.text, node, fix.value)
    if isinstance(fix, Insert):
        return _insert(document.text, node, fix)
    return _remove(document.text, way[-2][1], key, node) if len(way) > 1 else None


def _replace(text: str, node: yaml.Node, value: Any) -> _Cut | None:
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        return None
    start, end = node.start_mark.index, node.end_mark.index
    if start == end:  # nothing stands there, and a value needs a blank before it
        return None
    return _Cut(start, end, scalar(value, node.style or ""))


def _insert(text: str, node: yaml.Node, fix: Insert) -> _Cut | None:
    if not isinstance(node, yaml.MappingNode) or any(key.value == fix.key for key, _ in node.value):
        return None
    entry = f"{scalar(fix.key)}: {flow(fix.value)}"
    if node.flow_style:
        at = _end(text, node.value[-1][1]) if node.value else node.start_mark.index + 1
        return _Cut(at, at, f", {entry}" if node.value else entry)
    if not node.value:
        return None
    indent = " " * node.value[0][0].start_mark.column
    at = _line_end(text, _end(text, node.value[-1][1]))
    newline = "\r\n" if "\r\n" in text else "\n"
    return _Cut(at, at, f"{newline}{indent}{entry}")


def _remove(text: str, parent: yaml.Node, key: yaml.Node, node: yaml.Node) -> _Cut | None:
    children = [pair[0] for pair in parent.value] if isinstance(parent, yaml.MappingNode) else parent.value
    ends = [pair[1] for pair in parent.value] if isinstance(parent, yaml.MappingNode) else parent.value
    index = next(at for at, child in enumerate(children) if child is key)
    if parent.flow_style:  # type: ignore[attr-defined]
        if index + 1 < len(children):
            return _Cut(key.start_mark.index, children[index + 1].start_mark.index)
        before = _end(text, ends[index - 1]) if index else key.start_mark.index
        return _Cut(before, _end(text, node))
    line = text.rfind("\n", 0, key.start_mark.index) + 1
    before_key = text[line : key.start_mark.index]
    is_alone = not before_key.strip() if isinstance(parent, yaml.MappingNode) else before_key.strip() == "-"
    if not is_alone:
        return None
    end = _line_end(text, _end(text, node))
    if end < len(text):
        end += 2 if text[end] == "\r" else 1
    return _Cut(line, end)


def _end(text: str, node: yaml.Node) -> int:
    """Where a node's own text ends; a block reaches up to what follows it, comments included."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    return len(text[: node.end_mark.index].rstrip())


def _line_end(text: str, at: int) -> int:
    """The end of the line, without its line break."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def scalar(value: str | int | float | bool | None, quote: str = "") -> str:
    """The value as YAML writes it, a text in the quotes that it had where it can."""
    if not isinstance(value, str):
        return orjson.dumps(value).decode()
    if quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(value) and parse("", value).data == value:
        return value
    # JSON is YAML, but for characters that YAML wants escaped.
    return _NOT_PRINTABLE.sub(lambda match: f"\\U{ord(match.group()):08x}", orjson.dumps(value).decode())


def flow(value: Any) -> str:
    """The value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def _changed(data: Any, fix: Fix) -> Any:
    """What the document has to say after the fix."""
    whole = {"": copy.deepcopy(data)}
    *way, last = ("", *fix.path) if not isinstance(fix, Insert) else ("", *fix.path, fix.key)
    holder: Any = whole
    for step in way:
        holder = holder[step]
    if isinstance(fix, Remove):
        del holder[last]
    else:
        holder[last] = fix.value
    return whole[""]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, the types of numbers and the order of keys included."""
    return repr(one) == repr(other)


def value_at(body: Any, path: NodePath) -> tuple[bool, Any]:
    """Whether there is a value at `path`, and which."""
    for step in path:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            return False, None
    return True, body
