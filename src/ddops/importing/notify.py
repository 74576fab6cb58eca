"""The end of a message back into the words that ddops makes it of: routes, and a section of the runbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ddops import routing
from ddops.importing.found import Draft
from ddops.importing.trial import Trial
from ddops.product import Product

MOST_CHOSEN = 3
"""So many routes by name, at most, that a monitor adds or skips, are looked for."""


def with_routes(trial: Trial, draft: Draft) -> Iterator[Draft]:
    """Drafts that inherit the product's routes, those first that take the most of the message over."""
    inheriting = draft.inheriting("routes")
    if "routes" not in trial.kind.ours:
        yield inheriting
        return
    folded = []
    for add, skip in _choices(trial.product):
        chosen = {name: [*names] for name, names in (("add", add), ("skip", skip)) if names}
        option = inheriting.having(routes=chosen or None)
        for own in _own(trial, draft, add, skip):
            folded.append((len(own), len(add) + len(skip), option.having(message=own or None)))
    yield from (candidate for _, _, candidate in sorted(folded, key=lambda one: one[:2]))
    yield inheriting


def _own(trial: Trial, draft: Draft, add: tuple[str, ...], skip: tuple[str, ...]) -> Iterator[str]:
    """What is left of the message without what the routes would add to it, where it ends so."""
    message = draft.body.get("message") or ""
    payload = trial.payload(trial.spec(draft))
    subject = routing.Subject(
        tags=tuple(payload.get("tags") or ()),
        priority=payload.get("priority"),
        type=str(payload.get("type")),
        key=trial.address.key,
    )
    added = routing.notification(trial.product, routing.heard(trial.product, subject, add=add, skip=skip))
    if added and message.rstrip().endswith(added):
        yield message.rstrip().removesuffix(added).rstrip()


def _choices(product: Product) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What a monitor can ask of the routes by name, the simplest first."""
    opt_in = {route.name for route in product.routes if route.opt_in}
    names = routing.route_names(product)
    for count in range(min(MOST_CHOSEN, len(names)) + 1):
        for chosen in combinations(names, count):
            for cut in range(count + 1):
                for add in combinations(chosen, cut):
                    skip = tuple(name for name in chosen if name not in add)
                    if not opt_in & {*skip}:
                        yield add, skip


def with_runbook(trial: Trial, draft: Draft) -> Iterator[Draft]:
    """The draft whose message ends before a line with the link of the product's runbook."""
    if "runbook" not in trial.kind.ours or trial.product.runbook is None:
        return
    page = trial.product.runbook.page(trial.setting.source_url)
    line = re.compile(rf"(?:\A|\n)Runbook: {re.escape(page)}#(?P<section>[^\s#]+)\Z")
    message = (draft.body.get("message") or "").rstrip()
    if found := line.search(message):
        yield draft.having(runbook=found["section"], message=message[: found.start()].rstrip() or None)
