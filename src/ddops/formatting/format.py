"""A spec file as it is laid out."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from ddops.catalog import config, inputs
from ddops.catalog.reader import parse
from ddops.errors import DdopsError
from ddops.formatting import order, spacing
from ddops.formatting.indentation import Indentation
from ddops.formatting.order import Order
from ddops.formatting.source import Source
from ddops.kinds.contract import kinds

_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
"""What YAML 1.1 takes for the end of a line, and an editor does not."""


class Unsafe(DdopsError):
    """A file whose layout cannot be changed without its meaning. It is left as it is."""


def order_of(path: str) -> Order | None:
    """The order of the fields of the file at `path`, relative to the workspace; None where it is no spec."""
    folder = path.partition("/")[0]
    if path == config.FILE:
        return Order(order.WORKSPACE)
    if folder == inputs.PRODUCTS:
        return Order(order.PRODUCT)
    if folder == inputs.PRESETS:
        return Order(order.PRESET, body="body")
    collections = {kind.collection for kind in kinds().values()}
    return Order(order.RESOURCE, items=folder) if folder in collections else None


def formatted(path: str, text: str) -> str:
    """The text of the file at `path`, laid out: the same values, the same comments. Formatting it again changes
    nothing. Raises SpecError where the text is no YAML that the reader takes, and Unsafe."""
    text = text.removeprefix("\ufeff")
    before = parse(path, text)
    if _BREAKS.search(text):
        raise Unsafe(f"{path}: left as it is: it holds a line end of an unusual kind")
    found = _laid_out(text.replace("\r\n", "\n"))
    _same(path, text, found, _shown(before.data))
    fields = order_of(path)
    if fields is None:
        return found
    # The root first, then what is below it.
    for _ in range(2):
        source = Source(found)
        found = source.edited(order.edits(source, fields))
    found = _laid_out(found)
    _same(path, text, found, _shown(before.data, fields), fields)
    return found


def _laid_out(text: str) -> str:
    source = Source(text)
    source = Source(source.edited(spacing.at_ends(source)))
    source = Source(source.edited(Indentation(source).make()))
    return source.edited(spacing.in_flow(source))


def _same(path: str, before: str, after: str, shown: str, fields: Order | None = None) -> None:
    """Raises Unsafe where the two are not the same, comments included. It would be a mistake of ours."""
    try:
        same = _shown(parse(path, after).data, fields) == shown
    except DdopsError:
        same = False
    if not same or _comments(before) != _comments(after):
        raise Unsafe(f"{path}: left as it is: its layout could not be changed safely")


def _comments(text: str) -> Counter[str]:
    return Counter(comment.rstrip() for comment in Source(text.replace("\r\n", "\n")).comments)


def _shown(data: Any, fields: Order | None = None) -> str:
    """A value as a text in which everything shows, types and the order of fields too; but for those mappings whose
    fields get an order."""
    if fields is not None and isinstance(data, dict):
        data = _sorted(data)
        for name in {fields.items, fields.body} & data.keys():
            below = data[name]
            data[name] = [*map(_sorted, below)] if isinstance(below, list) else _sorted(below)
    return json.dumps(data)


def _sorted(value: Any) -> Any:
    return {key: value[key] for key in sorted(value)} if isinstance(value, dict) else value
