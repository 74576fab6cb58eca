"""The order in which a file has its fields. Comments above a field and behind it move with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import CSafeLoader

from ddops.formatting.source import Edit, Source, is_block

WORKSPACE = ("workspace", "source_url", "orgs", "policy")
PRODUCT = (
    *("product", "title", "description", "org", "team", "tags", "depends_on", "support", "links", "vars", "runbook"),
    *("catalog", "channels", "routing", "routes", "tests"),
)
PRESET = ("preset", "kind", "description", "parameters", "body")
FIRST = (
    *("product", "key", "org", "adopt", "protect", "inherit", "for_each", "preset", "with"),
    *("name", "title", "description", "type", "subtype", "status", "layout_type", "reflow_type", "default_timeframe"),
    *("template_variables", "template_variable_presets", "query"),
)
LAST = (
    *("message", "priority", "runbook", "routes", "thresholds", "tags", "options"),
    *("draft_status", "restricted_roles", "restriction_policy", "assets", "steps", "group_widget", "widgets", "tabs"),
    *("unchecked", "ignore", "overrides"),
)
RESOURCE = (*FIRST, None, *LAST)
"""Every other field of a resource stands where None is, in the order that it is written."""


@dataclass(frozen=True, slots=True)
class Order:
    """Of which mappings of a file the fields have an order: of the root, of the items of the root's list `items`, of
    the root's mapping `body`."""

    root: Sequence[str | None]
    items: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """The lines of one field: its comments and the empty lines above it from `first`, its key in `key`, and what
    follows up to `end`."""

    name: str
    first: int
    key: int
    end: int


def edits(source: Source, order: Order) -> Iterator[Edit]:
    """The edits that bring the fields into order, of a source that has been indented."""
    if not _can_move(source):
        return
    root: Any = yaml.compose(source.text, Loader=CSafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return
    moved = [*_moved(source, root, order.root)]
    if not moved:
        # One level at a time: a file in order has nothing to move, so going over it again comes to the levels below.
        for key, value in root.value:
            if key.value == order.items and isinstance(value, yaml.SequenceNode) and not value.flow_style:
                for item in value.value:
                    moved += _moved(source, item, RESOURCE)
            elif key.value == order.body:
                moved += _moved(source, value, RESOURCE)
    yield from moved


def _can_move(source: Source) -> bool:
    """Whether a part means the same at another place. An anchor has to stand before its aliases; a text with `|+` has
    the empty lines behind it; and one at the end of the file can lack its last line end."""
    return source.text.endswith("\n") and not any(
        isinstance(token, yaml.AnchorToken) or (is_block(token) and "+" in source.header(token))
        for token in source.tokens
    )


def _moved(source: Source, node: Any, known: Sequence[str | None]) -> Iterator[Edit]:
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return
    fields = _fields(source, node)
    ranks = {name: rank for rank, name in enumerate(known)}
    other = ranks.get(None, len(known))
    wanted = sorted(fields, key=lambda field: ranks.get(field.name, other))
    if wanted == fields or not _is_plain(source, node):
        return
    column = node.value[0][0].start_mark.column
    # `  - ` where the mapping is an item of a list.
    begin = source.lines[fields[0].key][:column]
    moved: list[str] = []
    for field in wanted:
        above, own = source.lines[field.first : field.key], [*source.lines[field.key : field.end]]
        own[0] = (begin if field is wanted[0] else " " * column) + own[0][column:]
        if field is wanted[0]:
            above = [
                " " * (begin.find("-") if begin.strip() else column) + line.lstrip() for line in above if line.strip()
            ]
        moved += [*above, *own]
    yield source.starts[fields[0].first], source.starts[fields[-1].end] - 1, "\n".join(moved)


def _is_plain(source: Source, node: Any) -> bool:
    """Whether each key begins its line, or the first one stands behind a dash."""
    column = node.value[0][0].start_mark.column
    return all(
        key.start_mark.column == column
        and source.lines[key.start_mark.line][:column].strip() in ("", "-" if index == 0 else "")
        for index, (key, _) in enumerate(node.value)
    )


def _fields(source: Source, node: Any) -> list[Field]:
    """The fields of a mapping. What stands above its first one is said of the whole, and stays where it is."""
    column = node.value[0][0].start_mark.column
    keys = [(key.value, key.start_mark.line) for key, _ in node.value]
    ends = [_content_end(source, value) for _, value in node.value]
    behind = [_behind(source, end, column) for end in ends]
    firsts = [keys[0][1], *behind[:-1]]
    return [Field(name, first, key, end) for (name, key), first, end in zip(keys, firsts, behind, strict=True)]


def _behind(source: Source, end: int, column: int) -> int:
    """The line behind the comments that follow a value and are indented further than its field: they are of it."""
    found = end
    for line in range(end, len(source.lines)):
        text = source.lines[line].strip()
        if text and not (text.startswith("#") and source.lines[line][: column + 1].isspace()):
            break
        found = line + 1 if text else found
    return found


def _content_end(source: Source, node: Any) -> int:
    """The line behind what a value holds."""
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style and node.value:
        below = node.value[-1]
        return _content_end(source, below[1] if isinstance(below, tuple) else below)
    mark = node.end_mark
    end = mark.line + 1 if mark.column or mark.line == node.start_mark.line else mark.line
    # Empty lines behind a block.
    while end - 1 > node.start_mark.line and not source.lines[end - 1]:
        end -= 1
    return int(end)
