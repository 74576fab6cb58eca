"""What an update sends beside what the spec says, because a PUT would clear or renumber it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ddops.choice import models_at
from ddops.kinds.contract import Body, Json, Kind
from ddops.location import NodePath, dotted
from ddops.plan.compare import sets
from ddops.plan.rules import NO_RULE, Rule, rules


def carry(kind: Kind, payload: Body, live: Body) -> tuple[Body, list[str]]:
    """The payload as an update of `live` sends it: with the ids of its parts (`Kind.continued`), with what people set
    in the UI (`Kind.kept`) and with what this version of ddops does not know; and the names of the last."""
    continued, kept = kind.continued(payload, live)
    sent, unknown = carry_unknown(kind, carry_kept(kind, continued, live), live)
    return sent, [*kept, *unknown]


def carry_kept(kind: Kind, payload: Body, live: Body) -> Body:
    """The payload with what people set in the UI (`Kind.kept`), where the spec says nothing of it."""
    for path in sorted(kind.kept):
        value: Json = live
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value and not sets(payload, path):
            payload = _with(payload, path.split("."), value)
    return payload


def _with(body: Body, path: list[str], value: Json) -> Body:
    step, rest = path[0], path[1:]
    return {**body, step: _with(body.get(step) or {}, rest, value) if rest else value}


def carry_unknown(kind: Kind, payload: Body, live: Body) -> tuple[Body, list[str]]:
    """The payload with the fields of `live` that the kind's model has never heard of, so that an update sends them
    back as they are; and their paths. In lists it looks into the items that both have."""
    carrying = _Carrying(kind, payload, live)
    return carrying.into(payload, live, rules(kind.normal), (), ()), carrying.paths


@dataclass(slots=True)
class _Carrying:
    kind: Kind
    payload: Body
    live: Body
    paths: list[str] = field(default_factory=list)

    def into(self, payload: Body, live: Body, rule: Rule, path: NodePath, there: NodePath) -> Body:
        """`payload`, an object at `path` of the whole, with what `live` (at `there`) has beyond the models of such an
        object. An object of another sort has other fields, and none is missing."""
        models = models_at(self.kind.model, path, self.payload)
        is_same_sort = not payload or models == models_at(self.kind.model, there, self.live)
        if not models or not is_same_sort or any(model.model_config.get("extra") == "allow" for model in models):
            return payload
        known = {field.alias or name for model in models for name, field in model.model_fields.items()}
        found: Body = {}
        for key, value in live.items():
            below, before = rule.below(key), payload.get(key)
            if key not in known:
                if key not in payload and not below.read_only:
                    self.paths.append(dotted((*path, key)))
                    found[key] = value
            elif isinstance(value, dict) and (before is None or isinstance(before, dict)):
                kept = self.into(before or {}, value, below, (*path, key), (*there, key))
                if kept != (before or {}):
                    found[key] = kept
            elif isinstance(value, list) and isinstance(before, list):
                items = self._items(before, value, below, (*path, key), (*there, key))
                if any(item is not other for item, other in zip(items, before, strict=True)):
                    found[key] = items
        return {**payload, **found} if found else payload

    def _items(self, payload: list[Json], live: list[Json], rule: Rule, path: NodePath, there: NodePath) -> list[Json]:
        items = list(payload)
        for one, other in _pairs(payload, live, rule):
            items[one] = self.into(items[one], live[other], rule.item or NO_RULE, (*path, one), (*there, other))
        return items


def _pairs(payload: Sequence[Json], live: Sequence[Json], rule: Rule) -> Iterator[tuple[int, int]]:
    """Which item of the live list each object of the payload's is: where items have ids the one with its id, else the
    one in its place, or if items came or went the one that has all that it has."""
    mine = [(index, item) for index, item in enumerate(payload) if isinstance(item, dict)]
    its = [(index, item) for index, item in enumerate(live) if isinstance(item, dict)]
    if any("id" in item for _, item in its):
        by_id = {item["id"]: index for index, item in its if isinstance(item.get("id"), int | str)}
        yield from ((index, by_id[item["id"]]) for index, item in mine if item.get("id") in by_id)
    elif len(payload) == len(live) == len(mine) == len(its) and not rule.unordered:
        yield from ((index, index) for index, _ in mine)
    else:
        for index, item in mine:
            for position, (place, other) in enumerate(its):
                if all(key in other and other[key] == item[key] for key in item):
                    yield index, place
                    del its[position]
                    break
