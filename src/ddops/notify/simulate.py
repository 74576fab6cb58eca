"""Who is notified when a monitor changes its state, through what, and what they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ddops import routing
from ddops.compile import Desired
from ddops.kinds.contract import Body, Setting
from ddops.kinds.monitor.payload import taken
from ddops.message import Situation, Transition, longest, parse, render, true
from ddops.notify.rules import recipients
from ddops.notify.silence import silence
from ddops.notify.values import values
from ddops.product import Product
from ddops.reference import substitute

MONITOR, RULE = "monitor", "notification_rule"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`channel` is the product's name for the handle, None where it has none. `via` are the routes, the parts of the
    message and the rules that lead to it: `route prod-page`, `message`, `rule shop/notification_rule/all`."""

    channel: str | None
    handle: str
    via: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.channel or self.handle


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """What a monitor does at a transition. With a `silence` it notifies nobody, for that reason. `notes` say what had
    to be assumed."""

    recipients: tuple[Recipient, ...]
    title: str = ""
    message: str = ""
    silence: str | None = None
    notes: tuple[str, ...] = ()


def rules_of(resources: Iterable[Desired]) -> Mapping[str, list[Desired]]:
    """The notification rules of each org."""
    found: dict[str, list[Desired]] = {}
    for resource in resources:
        if resource.kind.name == RULE:
            found.setdefault(resource.org, []).append(resource)
    return found


def with_priority(monitor: Desired, priority: int, setting: Setting) -> Desired:
    """The monitor as it would be with another priority: routes look at it."""
    spec = replace(monitor.spec, body={**monitor.spec.body, "priority": priority})
    return replace(monitor, spec=spec, payload=monitor.kind.payload(spec, setting))


def simulate(
    monitor: Desired,
    rules: Mapping[str, list[Desired]],
    transition: Transition,
    *,
    group: Mapping[str, str] | None = None,
    value: str | None = None,
    undecided: bool = False,
) -> Notification:
    """The notification of a monitor at a transition. `group` has the tags of the group that changes, `value` what its
    query gives. With `undecided` a match on what is not known is taken both ways: the recipients are all that could
    hear."""
    body = monitor.payload
    reason = silence(body, transition)
    if reason is not None:
        return Notification(recipients=(), silence=reason)
    priority, group = body.get("priority"), group or {}
    text, own = _message(monitor, transition)
    templates = parse(text), parse(_plain(str(body.get("name") or "")))
    known = values(body, templates, group, value)
    situation = Situation(transition=transition, priority=priority, values=known)
    message, title = (render(template, situation, undecided=undecided) for template in templates)
    found = _Found(monitor.spec.product)
    states = true(transition)
    routes = _routes(monitor, states)
    for mention in message.mentions:
        is_own = not own.start <= mention.at.offset < own.stop
        handle = found.add(mention.handle, "message" if is_own else None)
        for route in routes.get(handle, ()):
            found.add(handle, f"route {route}")
        if not is_own and handle not in routes:
            found.add(handle, "message")
    for rule in rules.get(monitor.org, ()):
        tags = [f"{key}:{one}" for key, one in group.items()]
        for handle in recipients(rule.payload, body.get("tags") or (), tags, transition, priority):
            found.add(handle, f"rule {rule.address}", rule.spec.product)
    return Notification(
        recipients=found.recipients(),
        title=_title(body, title.text, message.priority or title.priority or priority, transition, group),
        message=message.text,
        notes=() if undecided else tuple(map(_note, message.open)),
    )


class _Found:
    """Recipients by handle, each once however many ways lead to it."""

    def __init__(self, product: Product) -> None:
        self.channels = _channels(product)
        self.by_handle: dict[str, tuple[str | None, str, dict[str, None]]] = {}

    def add(self, written: str, via: str | None, product: Product | None = None) -> str:
        """Notes a handle and gives it as the channel has it; a rule's can be one of its own product's."""
        channels = self.channels
        handle = longest(written, channels)
        if handle is None and product is not None:
            channels = _channels(product)
            handle = longest(written, channels)
        channel = channels[handle] if handle is not None else None
        handle = handle or written
        self.by_handle.setdefault(handle, (channel, handle, {}))
        if via is not None:
            self.by_handle[handle][2][via] = None
        return handle

    def recipients(self) -> tuple[Recipient, ...]:
        return tuple(Recipient(channel, handle, tuple(via)) for channel, handle, via in self.by_handle.values())


def _channels(product: Product) -> dict[str, str]:
    """The first channel of each handle."""
    return {channel.handle: name for name, channel in reversed(product.channels.items())}


def _routes(monitor: Desired, states: frozenset[str]) -> dict[str, list[str]]:
    """The names of the routes by which each handle stands at the end of the message."""
    product = monitor.spec.product
    if product.routing != "messages":
        return {}
    names = dict(zip(map(id, product.routes), routing.keys(product), strict=True))
    found: dict[str, list[str]] = {}
    for route in taken(monitor.spec):
        if route.states is None or any(f"is_{state}" in states for state in route.states):
            for handle in dict.fromkeys(product.channels[channel].handle for channel in route.notify):
                found.setdefault(handle, []).append(names[id(route)])
    return found


def _message(monitor: Desired, transition: Transition) -> tuple[str, range]:
    """The text that is sent, and where in it the handles of the routes stand."""
    body, spec = monitor.payload, monitor.spec.body
    text = _plain(str(body.get("message") or ""))
    added = range(len(_plain(str(spec.get("message") or "")).rstrip()), len(text))
    escalation = (body.get("options") or {}).get("escalation_message")
    if transition.is_renotification and escalation:
        text = f"{text}\n\n{_plain(str(escalation))}"
    return text, added


def _plain(text: str) -> str:
    """References as they stand, escaped texts as they will be."""
    return str(substitute(text, lambda reference, at: None))


_TRIGGERED = {
    "alert": "Triggered",
    "warning": "Warn",
    "no_data": "No data",
    "unknown": "Unknown",
    "ok": "Recovered",
}


def _title(body: Body, name: str, priority: int | None, transition: Transition, group: Mapping[str, str]) -> str:
    """`[P1] [Triggered on {host:a}] Name` (reference: notifications, what the message looks like)."""
    word = ("Re-" if transition.is_renotification else "") + _TRIGGERED[transition.now]
    where = ""
    if group and (body.get("options") or {}).get("include_tags", True) is not False:
        where = f" on {{{','.join(f'{key}:{value}' for key, value in group.items())}}}"
    return f"{f'[P{priority}] ' if priority else ''}[{word}{where}] {name}"


def _note(path: str) -> str:
    return f"'{path}' decides who hears this, and its value is not known here"
