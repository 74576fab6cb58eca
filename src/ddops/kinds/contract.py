"""What a kind supplies. Everything else (plan, apply, reports) works on any kind by this alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import is_
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from ddops.address import Address, Marker
from ddops.location import Location, NodePath
from ddops.marking import Marking, Ownership
from ddops.product import Product
from ddops.wire import PLAIN, Wire

Json = Any
"""A JSON value as Python has it."""

Body = dict[str, Json]
"""A JSON object: a spec's fields, a payload, or a live object."""

UNLIKE = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What a kind's functions raise for a body that no model would pass."""

INHERITED = frozenset({"tags", "routes"})
"""What a resource has of its product; `inherit` in a spec can name less."""


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
    inherits: frozenset[str] = INHERITED
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

    `collection` takes GET (list) and POST (create, unless `creation` names another path); `item`, with `{id}`, takes
    GET, `update` and DELETE (unless `deletion` gives another call). Paths can name fields of the object in braces
    (`/api/v1/synthetics/tests/{type}`); `lookup` is the path that gives one by its id alone where `item` needs more.
    `update` is PUT, PATCH, or POST where a create of the same thing replaces it. `wire` is how bodies travel.
    `listed` names the field of an answer that holds the list, None where the answer is it.
    `list_is_whole`: the list gives whole objects; where it does not, bodies are read one by one and can be kept by
    `modified`, the field of a summary that changes with every write. `created` is the field that says when an object
    was made, `author` the path of the name of who made it (who changed it last is on no answer to a read). `paging` is
    None where one answer holds all. `parts` are fields of the object that live at a path of their own. `find` is the
    list's parameter that finds objects by a tag. `unlisted` are objects of the list that are no objects of the org's (a
    cancelled downtime). `item_query` are the parameters by which `item` finds one object where it is the list; `{id}`
    in a value stands for its id, and an empty list for a 404.
    """

    collection: str
    item: str
    paging: Paging | None
    wire: Wire = PLAIN
    creation: str | None = None
    lookup: str | None = None
    update: Literal["PUT", "PATCH", "POST"] = "PUT"
    deletion: Callable[[str], tuple[str, str, Json]] | None = None
    listed: str | None = None
    list_is_whole: bool = True
    modified: str = "modified"
    created: str = "created_at"
    author: str | None = None
    list_query: Mapping[str, str] = field(default_factory=dict)
    item_query: Mapping[str, str] = field(default_factory=dict)
    find: str | None = None
    validate: str | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    unlisted: Callable[[Body], bool] = lambda body: False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of an object that is read (GET) and replaced (PUT) at `path`, with `{id}`; `field` names it in both
    bodies, and `fields` are what is sent of each item of it."""

    path: str
    field: str
    fields: tuple[str, ...]


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
class Fault:
    """What is wrong in a short form, at `path`. With `known`, the words that the one at the path's end is not among;
    without it the whole `message`."""

    path: NodePath
    message: str
    known: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """A body in the API's words, made of one that had short forms in it. `origin` leads from a path in it to the path
    of what was written."""

    body: Body
    origin: Callable[[NodePath], NodePath] = lambda path: path
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A piece of an object that people know by what it is, wherever it stands: a dashboard's widget. `before` is its
    place in the live body and `after` in the payload, None where it is not there.

    `moved` is there for a piece that stands elsewhere: in the body (`position`), or on the screen by its own field
    `layout`. One that only made room for others, or closed ranks, was `pushed`."""

    before: NodePath | None
    after: NodePath | None
    moved: Literal["position", "layout", "pushed"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A part of an object where its page shows it: `x` and `width` in columns, of which there are 12, `y` and `height`
    in rows. `path` reads as in `paired`, `queries` are what it shows, `tiles` stand in it."""

    path: str
    type: str
    title: str
    queries: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What an object alerts of: a monitor's `query`, in the grammar of its `type`, with the queries that a formula
    names (`variables`) and the thresholds that are numbers, by their names in the API. It looks at windows that ended
    `delay` seconds ago, at those `full` of data alone, and maybe at times of its own (`scheduled`)."""

    type: str
    query: str
    variables: Sequence[Body] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    delay: int = 0
    full: bool = False
    scheduled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A sort of Datadog object.

    `collection` is the folder of its specs and the list's name in a file. `model` checks a spec's body. `payload`
    makes the body that the API takes, without the marker; a pure function. `ours` are the model's fields that are
    words of ddops and are not sent. `marking` says where the marker stands. `blank` is what an update sends for a
    field that the spec does not set, where the API keeps what is not sent. `replaced_by` are the fields that the API
    never changes in place: another value is a delete and a create. `id_as_number` are the fields that
    take another object's id as a number (a monitor's); anywhere else it is text. `refers` names the live objects
    (kind, id) that a live object needs.
    `kept` are the fields of people's (a mute, say) that an update sends back as they are, as it would clear them.
    `natural` is the name by which the API itself knows an object, where it has one: a create of that name meets the
    object. Where the kind has no place for a marker (`marking.Nowhere`) the object of the name is the resource's; where
    it has, the marker says so, and another's object is only ever adopted.
    `completed(payload, spec_of)` fills in what a payload says of the resources that it names, by the bodies of their
    specs.
    `from_product(product, specs, setting)` gives the bodies, by key, that a product's own file makes of itself in an
    org to which its other `specs` go.
    `most` is how many of its objects an org can hold. `serves` are the kinds whose objects of the same product lean on
    its own without naming them (a rule finds monitors by their tags): a create comes before their changes, a delete
    after them.
    `expanded` writes a body's short forms out; what it gives is what `model` checks and everything else works on.
    `continued(payload, live)` is the payload as an update sends it: with the ids that the server gave to parts of the
    object which are still there, so that links to them hold; and with the parts that this version of ddops does not
    know, which are named.
    `derived(live)` are the paths of what the server makes of the rest of a live object: an import leaves them out.
    `written` makes the JSON schema of what people write from the model's, where there are short forms that the model
    does not know; the models below stand under `definitions`.
    `web` is the path of an object's page on the org's web host, with `{id}`. `outlines` give the lines by which a
    reader skims a top-level field that is too long to read whole. `tiles(body)` are the parts of an object as its page
    lays them out. `watches(body)` is what an object compares with thresholds, None where it is nothing.
    """

    name: str
    collection: str
    model: type[BaseModel]
    payload: Callable[[Spec, Setting], Body]
    endpoint: Endpoint
    normal: Normal
    marking: Marking
    web: str
    ours: frozenset[str] = frozenset()
    blank: Mapping[str, Json] = field(default_factory=dict)
    replaced_by: frozenset[str] = frozenset()
    id_as_number: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    natural: Callable[[Body], str | None] = lambda body: None
    completed: Callable[[Body, Callable[[Address], Body | None]], Body] | None = None
    from_product: Callable[[Product, Sequence[Spec], Setting], Mapping[str, Body]] | None = None
    refers: Callable[[Body], Iterable[tuple[str, str]]] = lambda live: ()
    most: int | None = None
    serves: frozenset[str] = frozenset()
    outlines: Mapping[str, Callable[[Json], Iterable[str]]] = field(default_factory=dict)
    expanded: Callable[[Body], Expanded] = lambda body: Expanded(body=body)
    continued: Callable[[Body, Body], tuple[Body, Sequence[str]]] = lambda payload, live: (payload, ())
    paired: Callable[[Body, Body], Sequence[Pair]] = lambda payload, live: ()
    called: Callable[[Body], str] = lambda piece: ""
    tiles: Callable[[Body], Sequence[Tile]] = lambda body: ()
    watches: Callable[[Body], Watched | None] = lambda body: None
    derived: Callable[[Body], Iterable[str]] = lambda live: ()
    written: Callable[[Body], Body] = lambda schema: schema


def owner(kind: Kind, live: Body) -> Ownership | None:
    """Who owns a live object, or None where it carries no marker."""
    return kind.marking.owner(live)


def mark(kind: Kind, body: Body, marker: Marker, *, protected: bool) -> Body:
    """The payload with the marker in its place, as it is sent."""
    return kind.marking.mark(body, marker, protected)


def unmark(kind: Kind, body: Body) -> Body:
    """The body without any marker of ddops, as it is compared."""
    return kind.marking.unmark(body)


def tags(spec: Spec) -> list[str]:
    """The tags of a spec: its own, the product's that it inherits (`team:…`, `tags`), and one for each `for_each`
    variable. A key that stands already is not added again, nor a tag twice."""
    found = list(dict.fromkeys(spec.body.get("tags") or ()))
    keys = {tag.partition(":")[0] for tag in found}
    inherited = [("team", spec.product.team), *spec.product.tags.items()] if "tags" in spec.inherits else []
    for key, value in [*inherited, *spec.variables.items()]:
        if key not in keys:
            keys.add(key)
            found.append(f"{key}:{value}")
    return found


def without(body: Body, paths: Iterable[str]) -> Body:
    """The body without what stands at the paths (written as in `Normal`; `steps[2].name` is of one item). The body
    itself is left as it is; parts that hold nothing of it are shared."""
    for path in paths:
        steps = _steps(path)
        if steps[0] in body or steps[0] == "*":
            body = _cut(body, steps)
    return body


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.replace("[", ".[").split("."))


def _cut(value: Json, steps: Sequence[str]) -> Json:
    step, rest = steps[0], steps[1:]
    if step.startswith("["):
        if not isinstance(value, list) or not rest:
            return value
        below, chosen = rest[0], step[1:-1]
        items = [
            _cut(item, rest)
            if isinstance(item, dict) and (below in item or below == "*") and chosen in ("", str(index))
            else item
            for index, item in enumerate(value)
        ]
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
