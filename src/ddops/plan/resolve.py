"""References to live ids: in a plan for what exists, in an apply for what was just created."""

from __future__ import annotations

from collections.abc import Callable

from ddops.kinds.contract import Body, Json, Kind, kinds
from ddops.reference import Reference, substitute


def resolve(
    kind: Kind, payload: Body, found: Callable[[Reference], str | None], url: Callable[[Kind, str], str]
) -> Body:
    """The payload of an object of `kind` with the live ids that `found` knows; where it gives None the reference stays.

    An id is sent as text but for the fields that take a number.
    """

    def lookup(reference: Reference, at: str) -> Json:
        live_id = found(reference)
        if live_id is None:
            return None
        if reference.url:
            return url(kinds()[reference.target.kind], live_id)
        return int(live_id) if at in kind.id_as_number else live_id

    return substitute(payload, lookup)  # type: ignore[no-any-return]


def unresolved(payload: Body) -> Body:
    """The payload as people read it: references as they stand, escaped texts (`$${`) as they will be."""
    return substitute(payload, lambda reference, at: None)  # type: ignore[no-any-return]
