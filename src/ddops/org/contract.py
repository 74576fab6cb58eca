"""What plan and apply ask of an org, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Protocol

from ddops.kinds.contract import Body, Kind


class Org(Protocol):
    """A Datadog organisation. Every call can raise `ApiError`; none prints."""

    @property
    def name(self) -> str:
        """Its name in ddops.yaml."""

    @property
    def is_sandbox(self) -> bool:
        """Whether this is the sandbox standing in for the org."""

    def url(self, kind: Kind, object_id: str) -> str:
        """The page of an object in the web UI."""

    def read(
        self, kinds: Iterable[Kind], wanted: Callable[[Kind, Body], bool], dispensable: Set[str] = frozenset()
    ) -> Mapping[str, list[Body]]:
        """The whole bodies of the objects of each kind whose entry in the kind's list is wanted, by the kind's name,
        in the order of their ids. Lists and bodies are read side by side. A kind whose name is `dispensable` is left
        out where the org refuses its list: a site that lacks the product, keys without the permission."""

    def get(self, kind: Kind, object_id: str) -> Body | None:
        """One object, None where the org has no such id."""

    def create(self, kind: Kind, payload: Body) -> Body:
        """Creates an object and gives it as the API answers. Where the answer is lost, the object is looked for by its
        marker before the call is repeated, so that nothing is created twice."""

    def update(self, kind: Kind, object_id: str, payload: Body) -> Body:
        """Replaces an object in place."""

    def delete(self, kind: Kind, object_id: str) -> None:
        """Deletes an object; one that is gone already is deleted."""


def object_id(live: Body) -> str:
    """A live object's id as text; ids are numbers for some kinds (monitors) and text for others."""
    return str(live["id"])
