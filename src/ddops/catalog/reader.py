"""YAML text to Python values, safe and bounded, with the place of every node.

Scalars are resolved by the core schema of YAML 1.2: `on`, `yes`, `no` and dates stay text. The places are found again
from the text when somebody asks (only errors do), so a large workspace does not carry them around.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from ddops.catalog.inputs import digest
from ddops.errors import Problem, SpecError
from ddops.location import Location, NodePath

MAX_BYTES = 10_000_000
MAX_DEPTH = 100
MAX_NODES = 1_000_000
"""Of one file, aliases counted as often as they stand."""
MAX_DIGITS = 300
MIN_INTEGER, MAX_INTEGER = -(2**63), 2**64 - 1
"""What JSON holds by common consent, and orjson writes."""

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBERS_BEGIN = frozenset("0123456789+-.")
_NO_TAG = ""
_STR_TAG = "tag:yaml.org,2002:str"
_TAGS = {
    yaml.ScalarNode: _STR_TAG,
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
KEPT = 2
"""How many steps below the root the places of nodes are kept."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file. `starts` holds the line and column (from 1) of the nodes at most `KEPT` steps below the root,
    `digest` that of the file's bytes."""

    path: str
    text: str = field(repr=False)
    data: Any = field(repr=False)
    starts: dict[NodePath, tuple[int, int]] = field(repr=False)
    digest: str = field(default="", repr=False)

    def locate(self, path: NodePath = (), *, key: bool = False) -> Location:
        """The place of the node at `path`, or of its nearest ancestor that exists; with `key`, of the mapping key that
        leads to it."""
        if not key and path in self.starts:
            return Location(self.path, *self.starts[path])
        return Location(self.path, *_place(_compose(self.text, self.path), path, key=key))

    def nodes(self, path: NodePath) -> list[tuple[yaml.Node, yaml.Node]]:
        """The way to the node at `path`, the root first, as (key, value); key and value are the same of the root and of
        a list's items. It ends before the first step that does not exist."""
        root = _compose(self.text, self.path)
        way = [(root, root)] if root is not None else []
        for step in path:
            child = _child(way[-1][1], step) if way else None
            if child is None:
                break
            way.append(child)
        return way

    def reach(self, path: NodePath) -> tuple[int, Any]:
        """How many steps of `path` exist in this document, and the value that they lead to."""
        node = self.data
        for depth, step in enumerate(path):
            # A text has an item 0 too, and no path leads there.
            if not isinstance(node, dict | list):
                return depth, node
            try:
                node = node[step]  # type: ignore[index, unused-ignore]
            except (KeyError, IndexError, TypeError):
                return depth, node
        return len(path), node


class _Composer(CParser):
    """libyaml's parser; it leaves the meaning of a scalar to us."""

    def descend_resolver(self, *_: Any) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, kind: type, value: str | None, implicit: Any) -> str:
        return _NO_TAG


@lru_cache(maxsize=8)
def _compose(text: str, path: str) -> yaml.Node | None:
    if (place := _too_deep(text)) is not None:
        raise SpecError([Problem(Location(path, *place), f"nested deeper than {MAX_DEPTH} levels")])
    composer = _Composer(text)
    try:
        node = composer.get_single_node()
    except yaml.YAMLError as error:
        place, message = _not_yaml(error, text)
        raise SpecError([Problem(Location(path, *place), f"this is not YAML: {message}")]) from None
    finally:
        composer.dispose()
    return node


def _not_yaml(error: yaml.YAMLError, text: str) -> tuple[tuple[int, int], str]:
    """Where the text is no YAML, and why: libyaml's words, but for mistakes that they do not make plain."""
    control = _NOT_PRINTABLE.search(text)
    if control is not None:
        return _line_and_column(text, control.start()), f"the control character U+{ord(control.group()):04X}"
    mark = error.problem_mark or error.context_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if mark is None or not isinstance(error, yaml.MarkedYAMLError):
        return (1, 1), str(error).strip().splitlines()[0]
    problem = error.problem
    if problem == "found unexpected end of stream" and error.context_mark is not None:
        mark, problem = error.context_mark, "a quoted text without its closing quote"
    elif problem == "found character that cannot start any token":
        first = text[mark.index : mark.index + 1]
        problem = "a tab; indent with blanks" if first == "\t" else f"a text that begins with '{first}' needs quotes"
    elif problem == "mapping values are not allowed in this context":
        problem = "a second ': ' in one line; a text that holds ': ' needs quotes"
    elif problem == "second occurrence":
        problem = "an anchor of this name stands already"
    else:
        problem = " ".join(filter(None, [error.context, problem]))
    return (mark.line + 1, mark.column + 1), problem


# What YAML 1.2 does not take as it is, only escaped in double quotes (its production c-printable).
_NOT_PRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEP_LINE = re.compile(r"^[ ?:-]{1000}", re.MULTILINE)


def _too_deep(text: str) -> tuple[int, int] | None:
    """Where the text nests so deep that libyaml, which composes by recursion, could run out of stack. Flow style nests
    by brackets, block style by columns (`- - - x`); what is merely too deep for us is found while building."""
    deep_line = _DEEP_LINE.search(text)
    if deep_line is not None:
        return _line_and_column(text, deep_line.start())
    if text.count("[") + text.count("{") <= 10 * MAX_DEPTH:
        return None
    depth = 0
    for bracket in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        if depth > 10 * MAX_DEPTH:
            return _line_and_column(text, bracket.start())
    return None


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def read(root: Path, path: Path) -> Document:
    """Reads a YAML file of the workspace at `root`. Raises SpecError with everything that is wrong in it."""
    name = path.relative_to(root).as_posix()
    raw = _raw(path, name)
    return replace(parse(name, _text(raw, name)), digest=digest(raw))


def _raw(path: Path, name: str) -> bytes:
    def wrong(message: str) -> SpecError:
        return SpecError([Problem(Location(name), message)])

    if path.is_dir():
        raise wrong("this is a directory; a file should be here")
    try:
        # A pipe or a device would keep a reader waiting.
        if path.exists() and not path.is_file():
            raise wrong("this is no file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise wrong(f"cannot be read: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise wrong(f"larger than {MAX_BYTES:,} bytes; split it into several files")
    return raw


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error` speaks of the bytes behind a byte order mark.
        line, column = _line_and_column(before := error.object[: error.start].decode("utf-8"), len(before))
        message = f"not UTF-8: byte 0x{error.object[error.start]:02x}; save the file as UTF-8"
        raise SpecError([Problem(Location(name, line, column), message)]) from None


def parse(name: str, text: str) -> Document:
    """Reads YAML text; `name` is the path that errors show. Raises SpecError."""
    root = _compose(text, name)
    builder = _Builder(name)
    data = builder.build(root, 0, ()) if root is not None else None
    if builder.problems:
        raise SpecError(builder.problems)
    return Document(name, text, data, builder.starts)


class _Builder:
    """Nodes to values. Collects every problem instead of stopping at the first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.starts: dict[NodePath, tuple[int, int]] = {}
        self.left = MAX_NODES
        self.open: set[int] = set()
        self.is_too_deep = False

    def wrong(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(Location(self.name, mark.line + 1, mark.column + 1), message))

    def build(self, node: yaml.Node, depth: int = 0, path: NodePath | None = None) -> Any:
        """The node's value. `path` is None below the places that are kept in `starts`."""
        self.left -= 1
        if self.left < 0:
            if self.left == -1:
                self.wrong(node, f"more than {MAX_NODES:,} values once aliases are written out")
            return None
        if path is not None:
            mark = node.start_mark
            self.starts[path] = (mark.line + 1, mark.column + 1)
            if depth == KEPT:
                path = None
        if node.tag and node.tag != _TAGS[type(node)]:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self.wrong(node, f"the tag {tag} is not known here; leave it out")
        if type(node) is yaml.ScalarNode:
            return self.scalar(node)
        if id(node) in self.open:
            self.wrong(node, "an alias that contains itself")
            return None
        if depth >= MAX_DEPTH:
            if not self.is_too_deep:
                self.is_too_deep = True
                self.wrong(node, f"nested deeper than {MAX_DEPTH} levels")
            return None
        self.open.add(id(node))
        built: Any = None
        if isinstance(node, yaml.MappingNode):
            built = self.mapping(node, depth + 1, path)
        elif isinstance(node, yaml.SequenceNode):
            built = self.sequence(node, depth + 1, path)
        self.open.discard(id(node))
        return built

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text = node.value
        if node.style or node.tag:
            return self.quoted(node)
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBERS_BEGIN:
            return text
        if _INTEGER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                self.wrong(node, f"a number of more than {MAX_DIGITS} digits; put it in quotes")
                return 0
            number = int(text, 0) if text[:2] in ("0o", "0x") else int(text)
            if not MIN_INTEGER <= number <= MAX_INTEGER:
                self.wrong(node, f"{text} takes more than 64 bits; put it in quotes")
            return number
        if _FLOAT.fullmatch(text):
            return self.finite(node, float(text))
        return self.finite(node, math.nan) if _NOT_FINITE.fullmatch(text) else text

    def quoted(self, node: yaml.ScalarNode) -> str:
        """The text of a scalar that is no number or word. Escaped, YAML holds any character; NUL is ours
        (ddops.reference), and no API takes it."""
        if "\x00" in node.value:
            self.wrong(node, "a NUL (\\0) cannot stand in a text")
        return node.value  # type: ignore[no-any-return]

    def finite(self, node: yaml.ScalarNode, number: float) -> float:
        if not math.isfinite(number):
            self.wrong(node, f"'{node.value}' is no number that JSON can hold")
        return number

    def sequence(self, node: yaml.SequenceNode, depth: int, path: NodePath | None) -> list[Any]:
        if path is None:
            return [self.build(child, depth) for child in node.value]
        return [self.build(child, depth, (*path, index)) for index, child in enumerate(node.value)]

    def mapping(self, node: yaml.MappingNode, depth: int, path: NodePath | None) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if type(key_node) is not yaml.ScalarNode:
                self.wrong(key_node, "a key is a text, not a list or a mapping")
                continue
            key = intern(self.quoted(key_node) if key_node.style else key_node.value)
            if key == "<<" and not key_node.style:
                self.wrong(key_node, "merge keys (<<) are not YAML 1.2; use a preset, or write the fields out")
                continue
            if key in built:
                first = next(known for known, _ in node.value if known.value == key)
                line = first.start_mark.line + 1
                self.wrong(key_node, f"the key '{key}' stands twice; it stands in line {line} already")
                continue
            built[key] = self.build(value_node, depth, None if path is None else (*path, key))
        return built


def _place(root: yaml.Node | None, path: NodePath, *, key: bool) -> tuple[int, int]:
    node, at = root, root
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        at, node = (child[0] if key else child[1]), child[1]
    return (at.start_mark.line + 1, at.start_mark.column + 1) if at is not None else (1, 1)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
