"""Which widget of a dashboard is which of the live one: by what they are, as a spec has no ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

import orjson

from ddops.kinds.contract import Body, Json, without

Path = tuple[int, ...]
"""A widget's position, after that of the group around it."""

TELLING = frozenset(
    {
        *("title", "content", "text", "url", "query", "q", "query_string", "metric", "facet", "field", "check"),
        *("alert_id", "slo_id", "powerpack_id", "workflow_id", "app_id", "service", "env", "label", "alias"),
    }
)
"""Fields of definitions, at any depth, that hold what people wrote of this widget alone."""

GRAMMAR = frozenset({"avg", "sum", "min", "max", "count", "by", "as_count", "as_rate", "rollup", "and", "or", "not"})
"""Words that any two queries share."""

ALIKE = 0.5
"""The share of its words that a widget must have in common with one that it continues, if nothing else says so."""
SAME_PLACE = 0.25
"""What standing in the same place adds to that share."""


@dataclass(frozen=True, slots=True, eq=False)
class Widget:
    body: Body
    path: Path

    @property
    def definition(self) -> Body:
        definition = self.body.get("definition")
        return definition if isinstance(definition, dict) else {}

    @property
    def kind(self) -> Json:
        return self.definition.get("type")


def inside(body: Body, path: Path) -> list[Widget]:
    """The widgets of a dashboard or a group, without those of groups in it."""
    widgets = body.get("widgets")
    listed = widgets if isinstance(widgets, list) else []
    return [Widget(one, (*path, index)) for index, one in enumerate(listed) if isinstance(one, dict)]


@dataclass(slots=True)
class Matching:
    """`pairs` are widgets of the payload and the live ones that they continue. What is left of each level waits in
    `new` and `gone` for what has changed its level."""

    pairs: list[tuple[Widget, Widget]] = field(default_factory=list)
    new: list[Widget] = field(default_factory=list)
    gone: list[Widget] = field(default_factory=list)

    @classmethod
    def of(cls, payload: Body, live: Body) -> Matching:
        """Widgets with the same id first, then equal ones, then those of the same type and title, then those that have
        the most in common. A widget that went into a group or out of it is the same where its id, its definition or its
        title is."""
        matching = cls()
        matching._level(inside(payload, ()), inside(live, ()))
        for key in (_id, _whole, _named):
            matching.pairs += _paired(matching.new, matching.gone, key)
        return matching

    def _level(self, new: list[Widget], gone: list[Widget]) -> None:
        pairs = [pair for key in (_id, _placed, _whole, _named) for pair in _paired(new, gone, key)]
        pairs += _alike(new, gone)
        self.pairs += pairs
        for one, other in pairs:
            self._level(inside(one.definition, one.path), inside(other.definition, other.path))
        for left, waiting in ((new, self.new), (gone, self.gone)):
            waiting += [*left, *(inner for widget in left for inner in inside(widget.definition, widget.path))]


def _id(widget: Widget) -> Hashable:
    found = widget.body.get("id")
    return found if isinstance(found, int) else None


def _whole(widget: Widget) -> Hashable:
    return _canonical(without(widget.definition, ("widgets[].id",)))


def _placed(widget: Widget) -> Hashable:
    return _whole(widget), _canonical(widget.body.get("layout"))


def _named(widget: Widget) -> Hashable:
    title = widget.definition.get("title")
    return (str(widget.kind), title) if isinstance(title, str) and title else None


def _paired(
    new: list[Widget], gone: list[Widget], key: Callable[[Widget], Hashable]
) -> Iterator[tuple[Widget, Widget]]:
    """The widgets that have the same key, in their order; taken out of both lists. None is no key."""
    waiting: defaultdict[Hashable, list[Widget]] = defaultdict(list)
    for widget in gone:
        waiting[key(widget)].append(widget)
    waiting.pop(None, None)
    for widget in list(new):
        if same := waiting.get(key(widget)):
            other = same.pop(0)
            new.remove(widget)
            gone.remove(other)
            yield widget, other


def _alike(new: list[Widget], gone: list[Widget]) -> Iterator[tuple[Widget, Widget]]:
    """The widgets of one type that have the most in common; taken out of both lists."""
    likeness = [
        (-_likeness(one, other), abs(one.path[-1] - other.path[-1]), one.path, other.path, one, other)
        for one in new
        for other in gone
        if one.kind == other.kind
    ]
    for score, _, _, _, one, other in sorted(likeness, key=lambda found: found[:4]):
        if -score >= ALIKE and one in new and other in gone:
            new.remove(one)
            gone.remove(other)
            yield one, other


def _likeness(one: Widget, other: Widget) -> float:
    mine, its = Counter(_words(one.definition)), Counter(_words(other.definition))
    shared = 2 * (mine & its).total() / max(1, mine.total() + its.total())
    layouts = one.body.get("layout"), other.body.get("layout")
    corners = [(at.get("x"), at.get("y")) if isinstance(at, dict) else None for at in layouts]
    is_there = corners[0] == corners[1] if any(corners) else one.path == other.path
    return shared + (SAME_PLACE if is_there else 0)


def _words(value: Json, key: str = "") -> Iterator[str]:
    """What a definition says in its own words; the rest is much the same in all widgets of a type."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _words(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from _words(child, key)
    elif key in TELLING:
        yield from (word for word in re.findall(r"[\w.@-]+", str(value)) if word.strip(".").lower() not in GRAMMAR)


def _canonical(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
