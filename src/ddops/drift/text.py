"""Makes an edit in the text of a YAML file, and changes nothing else there: comments, layout, quotes and order stay."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from ddops.catalog.reader import Document, parse
from ddops.drift.edit import Add, Drop, Edit, Put, at, done
from ddops.errors import SpecError
from ddops.importing.yaml import write
from ddops.kinds.contract import Json
from ddops.lint.edit import edited as mended
from ddops.lint.edit import flow, scalar
from ddops.lint.finding import Remove
from ddops.location import NodePath


@dataclass(frozen=True, slots=True)
class Cut:
    """`text` in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str = ""


def edited(document: Document, edit: Edit) -> Document | None:
    """The document after an edit whose path is the document's, None where its text cannot say so without changing
    more."""
    if isinstance(edit, Drop):
        edit = _settled(document.data, edit)
        if isinstance(edit, Drop) and (found := mended(document, Remove(edit.path))) is not None:
            return found
    cut = _cut(document, edit)
    if cut is None:
        return None
    newline = "\r\n" if "\r\n" in document.text else "\n"
    text = document.text[: cut.start] + cut.text.replace("\n", newline) + document.text[cut.end :]
    try:
        found = parse(document.path, text)
    except SpecError:
        return None
    return found if _same(found.data, done(document.data, edit)) else None


def _settled(data: Json, edit: Drop) -> Edit:
    """What would leave a list or a mapping empty takes it along; a list that is an item itself stays, empty."""
    path = edit.path
    while len(path) > 1 and isinstance(path[-2], str) and len(at(data, path[:-1])[1]) == 1:
        path = path[:-1]
    return Drop(path)


def _cut(document: Document, edit: Edit) -> Cut | None:
    if isinstance(edit, Add):
        return _add(document, edit)
    if isinstance(edit, Drop):
        return _drop_first_key(document, edit.path)
    if at(document.data, edit.path)[0]:
        return _replace(document, edit)
    return _insert(document, edit)


def _replace(document: Document, edit: Put) -> Cut | None:
    way, value = document.nodes(edit.path), edit.value
    if len(way) <= max(1, len(edit.path)):
        return None
    (key, node), parent, text = way[-1], way[-2][1], document.text
    style = node.style if isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list) else None
    is_scalar = isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list)
    if any(_is_flow(around) for _, around in way[:-1]):
        return Cut(node.start_mark.index, end(text, node), flow(value))
    has_lines = isinstance(value, str) and "\n" in value
    if is_scalar and not has_lines and style not in ("|", ">") and node.start_mark.index < node.end_mark.index:
        return Cut(node.start_mark.index, node.end_mark.index, scalar(value, style or ""))
    if not is_scalar and "#" in text[node.start_mark.index : end(text, node)]:
        return None  # comments would go
    if isinstance(parent, yaml.MappingNode):
        name = text[key.start_mark.index : key.end_mark.index]
        return _behind(text, key.start_mark.index, end(text, node), _entry(name, value, key.start_mark.column))
    item = _item(value, node.start_mark.column - 2).lstrip()[2:]
    return _behind(text, node.start_mark.index, end(text, node), item)


def _behind(text: str, start: int, stop: int, new: str) -> Cut:
    """New lines in place of what stood there; a comment behind that stays behind the first of them."""
    comment = text[stop : line_end(text, stop)]
    if "\n" not in new or not comment.lstrip().startswith("#"):
        return Cut(start, stop, new)
    first, _, rest = new.partition("\n")
    return Cut(start, stop + len(comment), f"{first}{comment}\n{rest}")


def _insert(document: Document, edit: Put) -> Cut | None:
    """A key that is not there yet, with the mappings that lead to it."""
    path, value = edit.path, edit.value
    while path and not at(document.data, path[:-1])[0]:
        if not isinstance(path[-1], str):
            return None
        path, value = path[:-1], {path[-1]: value}
    node, text = document.nodes(path[:-1])[-1][1], document.text
    if not isinstance(node, yaml.MappingNode) or not isinstance(path[-1], str):
        return None
    if _is_flow(node):
        entry = f"{scalar(path[-1])}: {flow(value)}"
        place = end(text, node.value[-1][1]) if node.value else node.start_mark.index + 1
        return Cut(place, place, f", {entry}" if node.value else entry)
    column = node.value[0][0].start_mark.column
    place = line_end(text, end(text, node.value[-1][1]))
    return Cut(place, place, f"\n{' ' * column}{_entry(scalar(path[-1]), value, column)}")


def _add(document: Document, edit: Add) -> Cut | None:
    way = document.nodes(edit.path)
    if len(way) <= len(edit.path) or not isinstance(way[-1][1], yaml.SequenceNode):
        return None
    node, text, items = way[-1][1], document.text, way[-1][1].value
    if _is_flow(node):
        if edit.index < len(items):
            place = items[edit.index].start_mark.index
            return Cut(place, place, f"{flow(edit.value)}, ")
        place = end(text, items[-1]) if items else node.start_mark.index + 1
        return Cut(place, place, f", {flow(edit.value)}" if items else flow(edit.value))
    first = items[0].start_mark.index
    begin = text.rfind("\n", 0, first) + 1
    dash = text.find("-", begin)
    if text[begin:dash].strip() or not begin <= dash < first:
        return None
    added = _item(edit.value, dash - begin)
    if edit.index == 0:
        return Cut(begin, begin, f"{added}\n")
    place = line_end(text, end(text, items[min(edit.index, len(items)) - 1]))
    return Cut(place, place, f"\n{added}")


def _drop_first_key(document: Document, path: NodePath) -> Cut | None:
    """The first key of an item, which stands behind the item's dash: the next one moves up."""
    way = document.nodes(path)
    if len(way) <= len(path) or len(way) < 2 or not isinstance(way[-2][1], yaml.MappingNode):
        return None
    pairs = way[-2][1].value
    if len(pairs) < 2 or pairs[0][0] is not way[-1][0] or _is_flow(way[-2][1]):
        return None
    cut = Cut(pairs[0][0].start_mark.index, pairs[1][0].start_mark.index)
    return None if "#" in document.text[cut.start : cut.end] else cut


def _entry(name: str, value: Json, column: int) -> str:
    """A key, as it is written, with its value; the key stands at the column."""
    first, *rest = write({"k": value}).removesuffix("\n").split("\n")
    return "\n".join([f"{name}{first.removeprefix('k')}", *_indented(rest, column)])


def _item(value: Json, column: int) -> str:
    """An item of a list whose dash stands at the column."""
    return "\n".join(_indented(write([value]).removesuffix("\n").split("\n"), column))


def _indented(lines: list[str], column: int) -> list[str]:
    return [f"{' ' * column}{line}" if line else "" for line in lines]


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def end(text: str, node: yaml.Node) -> int:
    """Where a node's own text ends; a block reaches up to what follows it, comments included."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end(text, last[1] if isinstance(last, tuple) else last)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return _block_end(text, node)
    return node.end_mark.index


def _block_end(text: str, node: yaml.ScalarNode) -> int:
    """A block text ends with its last line; what is indented less is a comment behind it."""
    stop = line_end(text, node.start_mark.index)
    column, place = None, stop
    while place < node.end_mark.index:
        begin = text.find("\n", place) + 1
        if not 0 < begin < len(text):
            break
        place = line_end(text, begin)
        line = text[begin:place]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip():
            if column is not None and indent < column:
                break
            column = indent if column is None else column
            stop = place
    return stop


def line_end(text: str, place: int) -> int:
    """The end of the line, without its line break."""
    found = text.find("\n", place)
    found = len(text) if found < 0 else found
    return found - 1 if found > place and text[found - 1] == "\r" else found


def _same(one: Json, other: Json) -> bool:
    """Whether two values are the same, the types of numbers included."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other
