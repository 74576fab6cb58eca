"""Objects by the addresses of their pages in the web UI, on any of Datadog's sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ddops.catalog.nearest import quoted
from ddops.errors import UsageError
from ddops.kinds.contract import Kind, kinds

_ID = r"(?P<id>[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?)"
_URL = re.compile(r"https?://[^\s)>\"']+")


@cache
def _page(web: str) -> re.Pattern[str] | None:
    """The pages of objects whose page is `web`, None where that has no id in it. Older addresses have `#ID` for `/ID`,
    and there are pages below the one that ddops links to."""
    path, _, query = web.partition("?")
    if "{id}" in query:
        name = query.partition("{id}")[0].rpartition("&")[2]
        return re.compile(rf"https?://[^/?#]+{re.escape(path)}(?:/[^?#]*)?\?(?:.*&)?{re.escape(name)}{_ID}")
    if "{id}" in path:
        before, _, after = path.partition("/{id}")
        return re.compile(rf"https?://[^/?#]+{re.escape(before)}[/#]{_ID}{re.escape(after)}(?=[/?#]|$)")
    return None


def pages(text: str) -> Iterator[tuple[Kind, str]]:
    """The objects whose pages a text links to."""
    for url in _URL.findall(text):
        if found := _object(url):
            yield found


def _object(url: str) -> tuple[Kind, str] | None:
    # The kind whose page says more comes first: `/dashboard/lists/manual/ID` is no dashboard `lists`.
    for kind in sorted(kinds().values(), key=lambda kind: -len(kind.web)):
        pattern = _page(kind.web)
        if pattern is not None and (match := pattern.match(url)):
            return kind, match["id"]
    return None


def identified(kind: Kind | None, text: str) -> tuple[str, str]:
    """The kind and the id of the object that `text` names: the address of its page, or an id of the `kind`. Raises
    UsageError."""
    if "://" not in text:
        if kind is None:
            raise UsageError(f"{quoted(text)} is no kind, and no address of a page; known: {', '.join(kinds())}")
        return kind.name, text
    found = _object(text)
    if found is None:
        raise UsageError(f"{quoted(text)} is no page of an object that ddops knows")
    if kind is not None and found[0] is not kind:
        raise UsageError(f"{quoted(text)} is the page of a {found[0].name}, not of a {kind.name}")
    return found[0].name, found[1]
