"""Every handle that a message or a channel names exists in the org.

Why: Datadog takes any text behind an `@`; a handle that it does not know notifies nobody, and nobody hears that either.
Fix: configure the channel, service or webhook in the org's integration, or correct the name. A channel that is a `user`
has to be a Datadog user; any other e-mail address is a handle, and is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddops.catalog.nearest import unknown
from ddops.kinds.contract import Body
from ddops.lint.finding import CannotTell, Flaw, OnlineRule, Place, Question, Severity
from ddops.location import NodePath
from ddops.message import mentions, parse
from ddops.org.contract import Handles


def check(question: Question) -> Iterator[tuple[Place, Flaw]]:
    known = question.org.handles()
    if not known.names:
        raise CannotTell("the org lists no handle at all")
    products = {one.address.product: one.spec.product for one in question.resources}
    for product in products.values():
        for name, channel in product.channels.items():
            found = _no_user if channel.way == "user" else _wrong
            for message in found(channel.handle, known, question.org.name):
                yield Place(product.product), Flaw(message, ("channels", name))
    for one in question.resources:
        if one.kind.name != "monitor":
            continue
        channels = {channel.handle for channel in one.spec.product.channels.values()}
        for path, text in _texts(one.spec.body):
            for handle in dict.fromkeys(mention.handle for mention in mentions(parse(text))):
                if handle not in channels:  # which its product's file is told
                    for message in _wrong(handle, known, question.org.name):
                        yield Place.of(one), Flaw(message, path)


def _texts(body: Body) -> Iterator[tuple[NodePath, str]]:
    """As they were written: behind the message stand the handles of the routes."""
    yield ("message",), body.get("message") or ""
    yield ("options", "escalation_message"), (body.get("options") or {}).get("escalation_message") or ""


def _wrong(handle: str, known: Handles, org: str) -> Iterable[str]:
    name = handle.removeprefix("@")
    if "{{" in name or name in known.names or not name.startswith(tuple(known.complete)):
        return ()
    way = name[: name.index("-") + 1]
    near = [one for one in known.names if one.startswith(way)]
    return (f"{unknown('handle', f'@{name}', [f'@{one}' for one in near])} (in the org '{org}')",)


def _no_user(handle: str, known: Handles, org: str) -> Iterable[str]:
    names = {name.lower() for name in known.names}
    if not known.users or handle.removeprefix("@").lower() in names:
        return ()
    users = [f"@{name}" for name in names if "@" in name]
    return (f"{unknown('Datadog user', handle, users)} (in the org '{org}')",)


RULE = OnlineRule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
