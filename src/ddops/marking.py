"""Where a live object of a kind carries its marker: as a tag, as a line of a text, behind its name, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from ddops.address import MARKER_PREFIX, Marker

Body = dict[str, Any]

PROTECTED_TAG = "ddops-protect:true"
"""Beside the marker's tag: the resource is protected, so deleting its spec does not delete it. It lives in the org
because the spec that says so is gone by then."""
PROTECTED_TEXT = " (protected)"
"""The same, behind the marker in a text."""


@dataclass(frozen=True, slots=True)
class Ownership:
    marker: Marker
    protected: bool


class Marking(Protocol):
    """A place for markers. None of the methods changes the body that it is given."""

    def owner(self, body: Body) -> Ownership | None:
        """Who owns the object, None where it carries no marker."""

    def mark(self, body: Body, marker: Marker, protected: bool) -> Body:
        """The body with the marker in its place, as it is sent."""

    def unmark(self, body: Body) -> Body:
        """The body without any marker of ddops, as it is compared."""


@dataclass(frozen=True, slots=True)
class InTags:
    """A tag of its own. `field` can lead into an object: `metadata.tags`."""

    field: str = "tags"

    def owner(self, body: Body) -> Ownership | None:
        tags = self._tags(body)
        for tag in tags:
            if tag.startswith(MARKER_PREFIX) and (marker := Marker.parse(tag)):
                return Ownership(marker, PROTECTED_TAG in tags)
        return None

    def mark(self, body: Body, marker: Marker, protected: bool) -> Body:
        return self._with(body, [*self._tags(body), str(marker), *([PROTECTED_TAG] if protected else [])])

    def unmark(self, body: Body) -> Body:
        tags = self._tags(body)
        if not tags:
            return body
        return self._with(body, [tag for tag in tags if tag != PROTECTED_TAG and not Marker.parse(tag)])

    def _tags(self, body: Body) -> list[str]:
        *above, name = self.field.split(".")
        for step in above:
            body = body.get(step) or {}
        return body.get(name) or []

    def _with(self, body: Body, tags: list[str]) -> Body:
        return _put(body, self.field.split("."), tags)


def _put(body: Body, path: list[str], value: Any) -> Body:
    step, rest = path[0], path[1:]
    return {**body, step: _put(body.get(step) or {}, rest, value) if rest else value}


@dataclass(frozen=True, slots=True)
class InText:
    """A line of its own in a text: the last one, unless somebody wrote on below it in the UI."""

    field: str

    def owner(self, body: Body) -> Ownership | None:
        return self._split(body.get(self.field))[0]

    def mark(self, body: Body, marker: Marker, protected: bool) -> Body:
        line = str(marker) + (PROTECTED_TEXT if protected else "")
        return {**body, self.field: "\n\n".join(filter(None, [(body.get(self.field) or "").rstrip(), line]))}

    def unmark(self, body: Body) -> Body:
        ownership, rest = self._split(body.get(self.field))
        return {**body, self.field: rest} if ownership else body

    def _split(self, text: Any) -> tuple[Ownership | None, Any]:
        if not isinstance(text, str) or MARKER_PREFIX not in text:
            return None, text
        lines = text.rstrip().split("\n")
        for index, line in reversed([*enumerate(map(str.strip, lines))]):
            if marker := Marker.parse(line.removesuffix(PROTECTED_TEXT)):
                rest = "\n".join([*lines[:index], *lines[index + 1 :]])
                return Ownership(marker, line.endswith(PROTECTED_TEXT)), rest.rstrip()
        return None, text


@dataclass(frozen=True, slots=True)
class InName:
    """In brackets behind a name of one line, for kinds without another text: `Pages for payments [ddops:va/pay/p]`."""

    field: str = "name"

    def owner(self, body: Body) -> Ownership | None:
        return self._split(body.get(self.field))[0]

    def mark(self, body: Body, marker: Marker, protected: bool) -> Body:
        text = str(marker) + (PROTECTED_TEXT if protected else "")
        return {**body, self.field: f"{(body.get(self.field) or '').rstrip()} [{text}]".lstrip()}

    def unmark(self, body: Body) -> Body:
        ownership, rest = self._split(body.get(self.field))
        return {**body, self.field: rest} if ownership else body

    def _split(self, text: Any) -> tuple[Ownership | None, Any]:
        if not isinstance(text, str) or not text.rstrip().endswith("]") or f"[{MARKER_PREFIX}" not in text:
            return None, text
        name, _, inside = text.rstrip()[:-1].rpartition("[")
        marker = Marker.parse(inside.removesuffix(PROTECTED_TEXT))
        if marker is None:
            return None, text
        return Ownership(marker, inside.endswith(PROTECTED_TEXT)), name.rstrip()


@dataclass(frozen=True, slots=True)
class Nowhere:
    """The API leaves no place for a marker: an object is known by what the kind's `natural` name says, and ddops never
    deletes one, as nothing says whose it is."""

    def owner(self, body: Body) -> Ownership | None:
        return None

    def mark(self, body: Body, marker: Marker, protected: bool) -> Body:
        return body

    def unmark(self, body: Body) -> Body:
        return body
