"""A link to a monitor, a dashboard or an SLO that is in git is a reference: `${dashboard:KEY.url}`.

Why: a link with an id leads nowhere once the object was made anew, and from one org into another; whoever is paged
finds an empty page (kennel checks the same).
Fix: `${dashboard:KEY.url}`, `${monitor:KEY.url}`. Of an object that is not in git the rule only remarks on it, unless
the product's file names the link under `links`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.location import NodePath

_LINK = re.compile(
    r"(?:https?://(?P<host>[\w.-]+)|(?<![\w./-]))/"
    r"(?:monitors/(?P<monitor>\d+)|dashboard/(?P<dashboard>[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3})"
    r"|slo(?:/manage)?\?(?:[^\s)\"']*&)?slo_id=(?P<slo>[0-9a-f]{32}))"
)
_SIGNS = (b"/monitors/", b"/dashboard/", b"slo_id=")
"""One of them stands in every such link."""
_FIELDS = {"monitor": ("message", "options"), "dashboard": ("description", "widgets"), "slo": ("description",)}


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    for field in _FIELDS[resource.kind.name]:
        if not _can_link(body.get(field)):
            continue
        for text, path in _texts(body.get(field), (field,)):
            for found in _LINK.finditer(text):
                host = found["host"]
                if host is None or any(host.endswith(f".{org.site}") for org in context.catalog.config.orgs.values()):
                    yield from _flaws(resource, context, found, path)


def _flaws(resource: Desired, context: Context, found: re.Match[str], path: NodePath) -> Iterator[Flaw]:
    kind = str(found.lastgroup)
    id_ = found[kind]
    everywhere = context.adopted.get((kind, id_), ())
    adopted = [one for one in everywhere if one.org == resource.org]
    if not everywhere and not any(found[0] in link for link in resource.spec.product.links.values()):
        message = f"a link to {kind} {id_} by its number; if it is in git, or is to be, write `${{{kind}:KEY.url}}`"
        yield Flaw(message, path, severity=Severity.INFO)
    # A reference leads to the resource's own org, and one back would be a circle: neither could be made first.
    if not adopted or _leads(adopted[0], resource, context):
        return
    address = adopted[0].address
    key = address.key if address.product == resource.address.product else f"{address.product}/{address.key}"
    yield Flaw(f"{kind} {id_} is {address}; write `${{{kind}:{key}.url}}` for the link", path)


def _leads(start: Desired, to: Desired, context: Context) -> bool:
    """Whether a resource needs another, by whatever way."""
    seen, pending = {start.address}, [start]
    while pending:
        one = pending.pop()
        if one.address == to.address:
            return True
        for need in one.needs - seen:
            seen.add(need)
            if (found := context.by_place.get((one.org, need))) is not None:
                pending.append(found)
    return False


def _can_link(value: Any) -> bool:
    """Whether any text of it can hold such a link: hardly one does, and the others need no walk."""
    encoded = orjson.dumps(value)
    return any(sign in encoded for sign in _SIGNS)


def _texts(value: Any, path: NodePath) -> Iterator[tuple[str, NodePath]]:
    if isinstance(value, str):
        if "/" in value:
            yield value, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _texts(child, (*path, key))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor", "slo", "dashboard"}), check=check)
