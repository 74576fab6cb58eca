"""What a kind supplies. Everything else (plan, apply, reports) works on any kind by this alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import is_
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from ddops.address import MARKER_PREFIX, Address, Marker
from ddops.location import Location, NodePath
from ddops.product import Product

Json = Any
"""A JSON value as Python has it."""

Body = dict[str, Json]
"""A JSON object: a spec's fields, a payload, or a live object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One resource that the YAML asks for, in one org: presets, variables and overrides resolved, the model checked.

    `body` has the API's fields and the kind's own words (`runbook`, `routes`); references to other resources stand in
    it as `${KIND:PRODUCT/KEY}`.
    """

    address: Address
    org: str
    product: Product
    body: Body
    variables: Mapping[str, str] = field(default_factory=dict)
    adopt: str | int | None = None
    protect: bool = False
    source: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What payloads depend on beside the specs, from `ddops.yaml`."""

    workspace: str
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How a list is read in parts. `start` counts pages (`by="page"`) or objects (`by="offset"`), from 0."""

    start: str
    size: str
    most: int
    by: Literal["page", "offset"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a kind's objects live in the HTTP API.

    `collection` takes POST (create) and GET (list); `item`, with `{id}`, takes GET, PUT and DELETE.
    `listed` and `envelope` name the field of an answer that holds the list or the object, None where the answer is it;
    an envelope that holds a list holds one object. `list_is_whole`: the list gives whole objects; where it does not,
    bodies are read one by one and can be kept by `modified`, the summary's field that changes with every write.
    `created` is the field of a whole object that says when it was made.
    `find` is the list's parameter that finds objects by a tag, None where there is none.
    """

    collection: str
    item: str
    paging: Paging
    listed: str | None = None
    envelope: str | None = None
    list_is_whole: bool = True
    modified: str = "modified"
    created: str = "created_at"
    list_query: Mapping[str, str] = field(default_factory=dict)
    find: str | None = None
    validate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Normal:
    """What makes two bodies of a kind the same, as data. Both the payload and the live object are brought to this
    form before they are compared; what is sent is never touched.

    A path is written `options.thresholds`, `widgets[].id` (each item of a list), `options.*` (each value of an object).
    """

    read_only: frozenset[str] = frozenset()
    """Fields that the server alone writes; a spec that sets one has no effect."""
    absent: Mapping[str, tuple[Json, ...]] = field(default_factory=dict)
    """Values that mean the same as no value: what the server fills in, and nulls and empties that it drops."""
    unordered: frozenset[str] = frozenset()
    """Lists whose order means nothing to the API."""
    trimmed: frozenset[str] = frozenset()
    """Texts whose outer white space the server strips."""
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Values that the server uses for each other."""
    if_set: frozenset[str] = frozenset()
    """Fields that are compared only where the spec sets them: what people set in the UI is left as it is."""
    conditional: Callable[[Body, Body], Iterable[str]] | None = None
    """`conditional(payload, live)`: paths that mean nothing between these two bodies, given what else they hold."""
    rewritten: Callable[[Body], Body] | None = None
    """A new body in which what can be said in two ways is said in one; asked before `conditional`'s paths go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A sort of Datadog object.

    `collection` is the folder of its specs and the list's name in a file. `model` checks a spec's body. `payload`
    makes the body that the API takes, without the marker; a pure function. `ours` are the model's fields that are
    words of ddops and are not sent. `marked_by` says where the marker stands. `blank` is what an update sends for a
    field that the spec does not set, where the API keeps what is not sent. `replaced_by` are the fields that the API
    never changes in place: another value is a delete and a create. `id_as_text` are the fields that take another
    object's id as text although it is a number. `refers` names the live objects (kind, id) that a live object needs.
    `kept` are the fields of people's (a mute, say) that an update sends back as they are, as it would clear them.
    `web` is the path of an object's page on the org's web host, with `{id}`. `outlines` give the lines by which a
    reader skims a top-level field that is too long to read whole.
    """

    name: str
    collection: str
    model: type[BaseModel]
    payload: Callable[[Spec, Setting], Body]
    endpoint: Endpoint
    normal: Normal
    marked_by: Literal["tags", "description"]
    web: str
    ours: frozenset[str] = frozenset()
    blank: Mapping[str, Json] = field(default_factory=dict)
    replaced_by: frozenset[str] = frozenset()
    id_as_text: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    refers: Callable[[Body], Iterable[tuple[str, str]]] = lambda live: ()
    outlines: Mapping[str, Callable[[Json], Iterable[str]]] = field(default_factory=dict)


PROTECTED_TAG = "ddops-protect:true"
"""Beside the marker's tag: the resource is protected, so deleting its spec does not delete it. It lives in the org
because the spec that says so is gone by then."""
PROTECTED_LINE = " (protected)"
"""The same, behind the marker in a description's last line."""


@dataclass(frozen=True, slots=True)
class Ownership:
    marker: Marker
    protected: bool


def owner(kind: Kind, live: Body) -> Ownership | None:
    """Who owns a live object, or None where it carries no marker."""
    if kind.marked_by == "description":
        return _in_text(live.get("description"))[0]
    tags = live.get("tags") or ()
    for tag in tags:
        if tag.startswith("ddops:") and (marker := Marker.parse(tag)):
            return Ownership(marker, PROTECTED_TAG in tags)
    return None


def _in_text(text: Json) -> tuple[Ownership | None, Json]:
    """Who owns the object with this description, and the description without the marker. That is a line of its own,
    the last one unless somebody wrote on below it in the UI."""
    if not isinstance(text, str) or MARKER_PREFIX not in text:
        return None, text
    lines = text.rstrip().split("\n")
    for index, line in reversed([*enumerate(map(str.strip, lines))]):
        if marker := Marker.parse(line.removesuffix(PROTECTED_LINE)):
            rest = "\n".join([*lines[:index], *lines[index + 1 :]])
            return Ownership(marker, line.endswith(PROTECTED_LINE)), rest.rstrip()
    return None, text


def mark(kind: Kind, body: Body, marker: Marker, *, protected: bool) -> Body:
    """The payload with the marker in its place, as it is sent."""
    if kind.marked_by == "description":
        line = str(marker) + (PROTECTED_LINE if protected else "")
        return {**body, "description": "\n\n".join(filter(None, [(body.get("description") or "").rstrip(), line]))}
    return {**body, "tags": [*(body.get("tags") or []), str(marker), *([PROTECTED_TAG] if protected else [])]}


def unmark(kind: Kind, body: Body) -> Body:
    """The body without any marker of ddops, as it is compared."""
    if kind.marked_by == "description":
        ownership, rest = _in_text(body.get("description"))
        return {**body, "description": rest} if ownership else body
    tags = body.get("tags")
    if not tags:
        return body
    return {**body, "tags": [tag for tag in tags if tag != PROTECTED_TAG and not Marker.parse(tag)]}


def tags(spec: Spec) -> list[str]:
    """The tags of a spec: its own, the product's (`team:…`, `tags`), and one for each `for_each` variable. A key that
    stands already is not added again, nor a tag twice."""
    found = list(dict.fromkeys(spec.body.get("tags") or ()))
    keys = {tag.partition(":")[0] for tag in found}
    for key, value in [("team", spec.product.team), *spec.product.tags.items(), *spec.variables.items()]:
        if key not in keys:
            keys.add(key)
            found.append(f"{key}:{value}")
    return found


def without(body: Body, paths: Iterable[str]) -> Body:
    """The body without what stands at the paths (written as in `Normal`). The body itself is left as it is; parts
    that hold nothing of it are shared."""
    for path in paths:
        steps = _steps(path)
        if steps[0] in body or steps[0] == "*":
            body = _cut(body, steps)
    return body


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.replace("[]", ".[]").split("."))


def _cut(value: Json, steps: Sequence[str]) -> Json:
    step, rest = steps[0], steps[1:]
    if step == "[]":
        if not isinstance(value, list) or not rest:
            return value
        items = [_cut(item, rest) for item in value]
        return value if all(map(is_, items, value)) else items
    if not isinstance(value, dict):
        return value
    if step == "*":
        return {key: _cut(child, rest) for key, child in value.items()} if rest else {}
    if step not in value:
        return value
    if rest:
        kept = _cut(value[step], rest)
        return value if kept is value[step] else {**value, step: kept}
    return {key: child for key, child in value.items() if key != step}


def refuse(title: str, found: Iterable[tuple[NodePath, str]]) -> None:
    """Raises pydantic's ValidationError where anything was found: (the place below the model at hand, what is wrong).
    For what a model can only see as a whole; pydantic puts the place of the model in front."""
    lines = [
        InitErrorDetails(type=PydanticCustomError("rule", "{reason}", {"reason": reason}), loc=place, input=None)
        for place, reason in found
    ]
    if lines:
        raise ValidationError.from_exception_data(title, lines)


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name."""
    import ddops.kinds  # noqa: PLC0415 (the package holds this module)
    from ddops.discovery import collect  # noqa: PLC0415

    return {kind.name: kind for kind in collect(ddops.kinds, "KIND").values()}
