"""A monitor's message is a template that Datadog can fill: blocks are closed, conditions and functions exist, the
query's groups fill the variables, and every handle stands in a branch that some transition leads into.

Why: the API takes any text, and shows or drops what it does not understand. A variable that nothing fills is empty; a
handle that no transition reaches notifies nobody, and one beside the branches of the others hears every transition.

Fix: `ddops notify ADDRESS --state STATE` shows how the message reads. Close each block by its own name, group the query
by the variable's key, and put handles into blocks, or leave them to the product's routes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddops.catalog.nearest import unknown
from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.messages import template as parsed
from ddops.location import NodePath, dotted
from ddops.message import ALWAYS, TRANSITIONS, Fault, Template, mentions, paths, reachable, unfilled
from ddops.notify import groups

# Of the message as it was written: behind it stand the handles of the routes.
TEXTS: tuple[NodePath, ...] = (("name",), ("message",), ("options", "escalation_message"))


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    texts = {path: text for path in TEXTS if (text := _text(body, path))}
    if not any(sign in text for text in texts.values() for sign in ("{{", "@")):
        return
    for path, text in texts.items():
        template = parsed(text)
        empty = _unfilled(resource, template)
        for fault in sorted({*template.faults, *empty}, key=lambda fault: fault.at):
            yield Flaw(f"{dotted(path)}, {fault.at}: {_worded(fault)}", path)
        if path != ("name",):  # in a title a handle is only text
            yield from (Flaw(f"{dotted(path)}, {message}", path) for message in _misplaced(template))


def _unfilled(resource: Desired, template: Template) -> Iterable[Fault]:
    """The query's groups are looked for only where a message needs one: most show the value and no more."""
    if all(path in ALWAYS for _, path, _ in paths(template)):
        return ()
    return unfilled(template, groups(resource.payload).fillable, str(resource.payload.get("type")))


def _text(body: dict[str, object], path: NodePath) -> str:
    found: object = body
    for step in path:
        found = found.get(str(step)) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _worded(fault: Fault) -> str:
    return fault.message if fault.word is None else unknown(fault.message, fault.word, fault.known)


def _misplaced(template: Template) -> Iterator[str]:
    """Handles that no transition reaches, and those beside the branches of a message that has some."""
    found = mentions(template)
    branched = any(one.branch for one in found)
    for one in found:
        if not any(reachable(one.branch, transition) for transition in TRANSITIONS):
            branch = " in ".join(f"{{{{{condition}}}}}" for condition in reversed(one.branch))
            yield f"{one.at}: '{one.handle}' is never notified: no transition leads into {branch}"
        elif branched and not one.branch:
            yield (
                f"{one.at}: '{one.handle}' stands in no branch, so it hears every transition, although other handles "
                "have theirs; put it into a block, or into a route of the product"
            )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
