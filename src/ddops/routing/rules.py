"""`routing: rules`: routes as Datadog's notification rules.

Each route is one rule, and a monitor takes it by a tag of its own, `ddops-route:WORKSPACE/PRODUCT/ROUTE`, that ddops
writes where the route matches. So who is notified is decided by the same `match` as with messages. A rule's own scope
could not say it: it knows neither type nor key of a monitor, a condition is one tag or one state but not both, and the
tags of the alerting group count too, as do monitors that are not the product's (reference: notifications, notification
rules).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ddops.address import MAX_TAG, Marker
from ddops.location import NodePath
from ddops.product import Product, Route, State
from ddops.routing.match import Subject, taken

TAG = "ddops-route"
MOST_RECIPIENTS = 20
LONGEST_NAME = 1000
"""Limits of a rule (the client's MonitorNotificationRuleAttributes)."""

TRANSITIONS: Mapping[State, str] = {
    "alert": "is_alert",
    "warning": "is_warning",
    "no_data": "is_no_data",
    "recovery": "is_recovery",
}
"""What `transition_type` calls a state: `is_alert` and `is_recovery` are recorded; the manual has warnings and no data
beside them, and neither repetitions nor unknown states (reference: notifications, notification rules)."""


def rules(product: Product, workspace: str) -> Mapping[str, dict[str, Any]]:
    """The bodies of the rules that the product's routes become, by key; none with `routing: messages`."""
    if product.routing != "rules":
        return {}
    return {
        key: {
            "name": f"{product.title}: {key}",
            "filter": {"tags": [_tag(product, workspace, key)]},
            **_recipients(product, route),
        }
        for key, route in zip(keys(product), product.routes, strict=True)
    }


def tags(
    product: Product, workspace: str, subject: Subject, *, add: Iterable[str] = (), skip: Iterable[str] = ()
) -> list[str]:
    """The tags by which a monitor takes its routes' rules; none with `routing: messages`."""
    if product.routing != "rules":
        return []
    names = keys(product)
    return [_tag(product, workspace, names[position]) for position in taken(product, subject, add=add, skip=skip)]


def keys(product: Product) -> list[str]:
    """A key for each route: its name, or what it is for (`env-prod-warning`)."""
    used = {route.name for route in product.routes if route.name is not None}
    found: list[str] = []
    for route in product.routes:
        key = route.name or next(key for key in _candidates(route) if key not in used)
        used.add(key)
        found.append(key)
    return found


def faults(product: Product, workspace: str) -> Iterator[tuple[NodePath, str]]:
    """What a notification rule cannot say or hold, with its place in the product's file; nothing with `routing:
    messages`."""
    if product.routing != "rules":
        return
    for index, (key, route) in enumerate(zip(keys(product), product.routes, strict=True)):
        for position, state in enumerate(route.states or ()):
            if state not in TRANSITIONS:
                known = ", ".join(TRANSITIONS)
                yield (
                    ("routes", index, "states", position),
                    f"a notification rule cannot tell `{state}`, only {known}; take it out, or use `routing: messages`",
                )
        count = len(_handles(product, route.notify))
        if count > MOST_RECIPIENTS:
            yield (
                ("routes", index, "notify"),
                f"a notification rule has at most {MOST_RECIPIENTS} recipients, and here are {count}; make two routes",
            )
        if len(tag := _tag(product, workspace, key)) > MAX_TAG:
            yield (
                ("routes", index, "name") if route.name else ("routes", index),
                f"the tag '{tag}' is longer than the {MAX_TAG} characters of a tag; give the route a shorter `name`",
            )
    longest = max((len(_marked(product, workspace, key)) for key in keys(product)), default=0)
    if longest > LONGEST_NAME:
        yield (
            ("title",),
            f"a notification rule's name has at most {LONGEST_NAME} characters, and one with this title has {longest}",
        )


def _tag(product: Product, workspace: str, key: str) -> str:
    return f"{TAG}:{workspace}/{product.product}/{key}"


def _marked(product: Product, workspace: str, key: str) -> str:
    """A rule's name as it is sent: its marker stands behind it, with room for the word that it is protected."""
    return f"{product.title}: {key} [{Marker(workspace, product.product, key)}]"


def _handles(product: Product, channels: Iterable[str]) -> list[str]:
    """The channels' handles as rules have them: without the `@`. A name that is no channel is told of elsewhere."""
    known = (product.channels[name] for name in channels if name in product.channels)
    return list(dict.fromkeys(channel.handle.removeprefix("@") for channel in known))


def _recipients(product: Product, route: Route) -> dict[str, Any]:
    """One state excludes the others, so it does not matter whether the first condition or all that are true count."""
    recipients = _handles(product, route.notify)
    if route.states is None:
        return {"recipients": recipients}
    transitions = [transition for state, transition in TRANSITIONS.items() if state in route.states]
    conditions = [{"scope": f"transition_type:{one}", "recipients": recipients} for one in transitions]
    return {"conditional_recipients": {"conditions": conditions}}


def _candidates(route: Route) -> Iterator[str]:
    match = [f"{name}-{_joined(wanted)}" for name, wanted in route.match.items()]
    key = _slug([*match, *(route.states or ())]) or "all"
    yield key
    key = f"{key}-to-{_slug(route.notify)}"
    yield key
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1


def _joined(wanted: str | int | Collection[str | int]) -> str:
    return str(wanted) if isinstance(wanted, str | int) else "-".join(map(str, wanted))


def _slug(words: Iterable[str]) -> str:
    return re.sub(r"[^a-z0-9_]+", "-", "-".join(words).lower()).strip("-_")
