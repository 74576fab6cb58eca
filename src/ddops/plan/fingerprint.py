"""A plan's fingerprint: the same for the same specs, the same changes and the same state of what they touch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import orjson

from ddops.compile import Desired
from ddops.kinds.contract import Json
from ddops.plan.change import Change


def fingerprint(desired: Iterable[Desired], changes: Iterable[Change]) -> str:
    """A hex SHA-256 over the payloads, the changes and the last change of each object they touch. An object that
    the plan leaves alone counts as soon as it differs: then there is a change for it."""
    digest = hashlib.sha256()
    for resource in desired:
        digest.update(_bytes([resource.org, str(resource.address), resource.payload]))
    for change in changes:
        digest.update(_bytes(_identity(change)))
    return digest.hexdigest()


def _identity(change: Change) -> list[Json]:
    fields = [[one.path, one.before, one.after] for one in change.fields]
    place = [change.org, str(change.address), change.action.value, change.id]
    return [*place, change.payload, fields, change.last_changed]


def _bytes(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
