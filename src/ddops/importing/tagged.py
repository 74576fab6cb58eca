"""Objects by their tags: `--query 'team:x env:prod'`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

from ddops.catalog.nearest import quoted
from ddops.errors import UsageError
from ddops.importing.paths import at
from ddops.kinds.contract import Body, Kind
from ddops.location import NodePath
from ddops.marking import InTags

SUPPORTED = "a query is tags, each of which has to be there: 'team:x env:prod'; a `*` in one stands for anything"

_TERM = re.compile(r"""\s*(?:tags?:)?(?:"([^"]+)"|'([^']+)'|([^\s"'()]+:)"([^"]+)"|([^\s"'()]+))(?=\s|$)""")


def terms(query: str) -> tuple[str, ...]:
    """The tags that a query asks for: `team:x`, `"team:x"`, `team:"x y"` or `tag:team:x`, with or without AND between.
    Raises UsageError for anything else that Datadog's search knows."""
    found: list[str] = []
    position = 0
    while position < len(query.rstrip()):
        match = _TERM.match(query, position)
        if match is None:
            raise UsageError(f"--query: cannot read {quoted(query[position:].strip())}; {SUPPORTED}")
        whole, single, key, value, plain = match.groups()
        term = whole or single or (f"{key}{value}" if key else plain)
        if term in ("OR", "NOT") or (plain and term.startswith("-")):
            raise UsageError(f"--query: `{term}` is not supported; {SUPPORTED}")
        if term != "AND":
            found.append(term.lower())
        position = match.end()
    if not found:
        raise UsageError(f"--query: it is empty; {SUPPORTED}")
    return tuple(found)


def place_of_tags(kind: Kind) -> NodePath | None:
    """Where the tags of a kind's objects stand, None for a kind without any."""
    if isinstance(kind.marking, InTags):
        return tuple(kind.marking.field.split("."))
    return ("tags",) if "tags" in kind.model.model_fields else None


def has(kind: Kind, body: Body, wanted: Iterable[str]) -> bool:
    """Whether an object has all the tags."""
    path = place_of_tags(kind)
    tags = [str(tag).lower() for tag in (at(body, path) if path else None) or ()]
    return all(any(fnmatchcase(tag, term) for tag in tags) for term in wanted)


def perhaps(wanted: Iterable[str]) -> Callable[[Kind, Body], bool]:
    """Whether to read the object of a list's entry: not where the entry shows that it lacks a tag."""
    wanted = tuple(wanted)

    def judge(kind: Kind, summary: Body) -> bool:
        path = place_of_tags(kind)
        shown = path is not None and at(summary, path) is not None
        return has(kind, summary, wanted) if shown or kind.endpoint.list_is_whole else True

    return judge
