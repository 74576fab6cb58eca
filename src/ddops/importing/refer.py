"""Ids of other objects into references to their specs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ddops.address import Address
from ddops.importing.found import Draft
from ddops.importing.page import pages
from ddops.importing.paths import drop, put, scalars
from ddops.importing.trial import Trial
from ddops.kinds.contract import Body, Json, Kind, kinds
from ddops.reference import Reference

Object = tuple[str, str]
"""The kind and the id of a live object."""


def named(kind: Kind, body: Body) -> Counter[Object]:
    """The objects that a body names, by their ids or by their pages, and how often."""
    return Counter(kind.refers(body)) + Counter(_linked(body))


def _linked(body: Body) -> Iterator[Object]:
    for _, value in scalars(body):
        if isinstance(value, str) and "://" in value:
            yield from ((kind.name, object_id) for kind, object_id in pages(value))


def with_references(trial: Trial, draft: Draft, known: Mapping[Object, Address]) -> Draft:
    """The draft in which references stand for the ids of objects whose addresses are known. The trial knows their
    ids."""
    for found in named(trial.kind, draft.body):
        address = known.get(found)
        if address is None or address == trial.address:
            continue
        for path, value in list(scalars(draft.body)):
            for text in _written(trial, value, found, address):
                candidate = replace(draft, body=put(draft.body, path, text))
                # The same digits can be a threshold: what is no reference is not one object named less.
                if named(trial.kind, candidate.body)[found] >= named(trial.kind, draft.body)[found]:
                    continue
                # What a reference says already must not be said again beside it.
                for place in trial.faults(candidate):
                    candidate = replace(candidate, body=drop(candidate.body, place) if place else candidate.body)
                if trial.holds(candidate, draft):
                    draft = candidate
                    break
    return draft


def _written(trial: Trial, value: Json, found: Object, address: Address) -> Iterator[str]:
    """A text with references in place of the object's page, or of its id where that stands alone."""
    kind, object_id = found
    if str(value) == object_id:
        yield str(Reference(address))
    elif isinstance(value, str) and object_id in value:
        page = trial.url(kinds()[kind], object_id)
        if page:
            yield re.sub(rf"{re.escape(page)}(?![\w-])", str(Reference(address, url=True)), value)
        yield re.sub(rf"(?<![\w-]){re.escape(object_id)}(?![\w-])", str(Reference(address)), value)
