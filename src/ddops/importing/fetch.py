"""The objects of an org that an import is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddops.address import Address
from ddops.catalog.nearest import quoted
from ddops.errors import ApiError
from ddops.importing.found import Failed, Found
from ddops.importing.refer import Object
from ddops.importing.tagged import has, perhaps, place_of_tags, terms
from ddops.importing.workspace import Workspace
from ddops.kinds.contract import Kind, kinds
from ddops.org.contract import Org, object_id
from ddops.org.workers import Workers

AT_A_TIME = 8


def by_id(org: Org, objects: Sequence[Object]) -> list[Found | Failed]:
    """Each object, or why it is not there, in their order."""

    def one(wanted: Object) -> Found | Failed:
        kind, wanted_id = kinds()[wanted[0]], wanted[1]
        origin = f"{kind.name} {wanted_id}"
        try:
            body = org.get(kind, wanted_id)
        except ApiError as error:
            return Failed(origin, str(error))
        if body is None:
            return Failed(origin, f"the org '{org.name}' has no {kind.name} {quoted(wanted_id)}")
        return Found(kind=kind, body=body, id=object_id(body), origin=origin)

    with Workers(AT_A_TIME) as workers:
        return list(workers.map(one, dict.fromkeys(objects)))


def by_tags(org: Org, query: str, of: Iterable[Kind]) -> list[Found]:
    """The objects of some kinds that have all the tags of a query, those of each kind in the order of their ids. A kind
    whose list the org refuses has none. Raises UsageError for a query that cannot be read, ApiError."""
    wanted = terms(query)
    tagged = [kind for kind in of if place_of_tags(kind) is not None]
    bodies = org.read(tagged, perhaps(wanted), {kind.name for kind in tagged})
    return [
        Found(kind=kind, body=body, id=object_id(body), origin=f"{kind.name} {object_id(body)}")
        for kind in tagged
        for body in bodies.get(kind.name, ())
        if has(kind, body, wanted)
    ]


class Holders:
    """Which resources hold the objects of an org, each asked for once."""

    def __init__(self, org: Org, workspace: Workspace) -> None:
        self._org = org
        self._workspace = workspace
        self._known: dict[Object, Address | None] = {}

    def __call__(self, kind: str, wanted_id: str) -> Address | None:
        """The address of the resource whose object this is, None where it is nobody's or not there."""
        found = (kind, wanted_id)
        if found not in self._known:
            self._known[found] = self._ask(kinds()[kind], wanted_id)
        return self._known[found]

    def _ask(self, kind: Kind, wanted_id: str) -> Address | None:
        try:
            body = self._org.get(kind, wanted_id)
        except ApiError:  # an id in a text that is none, say: it stays as it is
            return None
        return None if body is None else self._workspace.holder(kind, body)
