"""A plan on disk: the JSON contract, and what it takes to make the same plan again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ddops.address import Address
from ddops.errors import PlanRefused
from ddops.meaning.contract import Meaning, PlanMeaning
from ddops.plan.change import Plan
from ddops.report import whole
from ddops.report.contract import Review
from ddops.report.json import VERSION, document, dumps

MOST_LINES = 20
"""Of what moved, named in a refusal."""


class SavedField(BaseModel):
    path: str
    before: Any
    after: Any


class SavedChange(BaseModel):
    address: str
    org: str
    action: str
    id: str | None
    fields: list[SavedField]
    last_changed: Any

    @property
    def place(self) -> tuple[str, str, str]:
        return self.org, self.address, self.action


def _places(only: Any) -> Any:
    if only is None:
        return None
    return frozenset((str(one["org"]), Address.parse(str(one["address"]))) for one in only)


class Saved(BaseModel):
    """What a file of `plan --out` says, as far as it takes to make the same plan again."""

    model_config = ConfigDict(strict=True, frozen=True)

    org: str
    products: list[str] | None
    max_change: int
    changes: list[SavedChange]
    fingerprint: str
    only: Annotated[frozenset[tuple[str, Address]] | None, BeforeValidator(_places)] = None
    digest: str


def write(review: Review, max_change: int) -> str:
    data = {**document(review), "max_change": max_change, **whole.rest(review)}
    return dumps({**data, "digest": digest(orjson.loads(orjson.dumps(data)))})


def digest(data: dict[str, Any]) -> str:
    """A hex SHA-256 over all that a saved plan says but for this: it tells a file that was edited, or lost a part, from
    one that was not. It is no signature. What `apply` does is made anew, and bound by the fingerprint."""
    rest = {name: value for name, value in data.items() if name != "digest"}
    return hashlib.sha256(orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)).hexdigest()


def read(text: bytes, name: str) -> Saved:
    """Raises PlanRefused for a file that is no saved plan of this version."""
    return _saved(_loaded(text, name), name)


def show(text: bytes, name: str) -> Review:
    """All that formats write of a saved plan. Raises PlanRefused as `read` does."""
    data = _loaded(text, name)
    _saved(data, name)
    return whole.review(data, name)


def _loaded(text: bytes, name: str) -> Any:
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise PlanRefused(f"{name} is no saved plan: it is not JSON ({error})") from None
    if isinstance(data, dict) and data.get("format", VERSION) != VERSION:
        raise PlanRefused(f"{name} was saved by another version of ddops (format {data['format']}); plan again")
    return data


def _saved(data: Any, name: str) -> Saved:
    try:
        saved = Saved.model_validate(data)
    except ValidationError:
        raise PlanRefused(f"{name} is no saved plan; `ddops plan --out FILE` writes one") from None
    if saved.digest != digest(data):
        raise PlanRefused(f"{name} is not as it was saved: somebody edited it, or a part is lost; plan again")
    return saved


def refuse_if_moved(saved: Saved, plan: Plan) -> None:
    """Raises PlanRefused, naming what moved, unless `plan`, made just now, is the saved one."""
    if saved.fingerprint == plan.fingerprint:
        return
    moved = list(_moved(saved, plan)) or ["specs, in a way that changes nothing in the plan"]
    listed = "\n".join(f"  {line}" for line in moved[:MOST_LINES])
    more = f"\n  and {len(moved) - MOST_LINES} more" if len(moved) > MOST_LINES else ""
    raise PlanRefused(
        "the specs or the org changed since this plan was saved, so it is not applied; plan again and review that:\n"
        f"{listed}{more}"
    )


def _moved(saved: Saved, plan: Plan) -> Iterator[str]:
    before = {change.place: change for change in saved.changes}
    # What the changes mean is not compared.
    told = PlanMeaning(changes=tuple(Meaning() for _ in plan.changes))
    now = write(Review(plan, told), saved.max_change)
    after = {change.place: change for change in read(now.encode(), "").changes}
    for place in sorted(before.keys() | after.keys()):
        org, address, action = place
        if place not in after:
            yield f"{address} in {org}: {action} was planned, and is not needed any more"
        elif place not in before:
            yield f"{address} in {org}: {action} is needed now, and was not planned"
        elif differences := list(_differences(before[place], after[place])):
            yield f"{address} in {org}: {'; '.join(differences)}"


def _differences(before: SavedChange, after: SavedChange) -> Iterator[str]:
    if before.id != after.id:
        yield f"{after.action} is for {after.id} now, and was planned for {before.id}"
    elif before.last_changed != after.last_changed:
        yield f"somebody changed {after.id} in the org"
    planned, needed = ({field.path: field for field in change.fields} for change in (before, after))
    paths = [path for path in {**planned, **needed} if planned.get(path) != needed.get(path)]
    if paths:
        yield f"{after.action} would do something else to {', '.join(paths)}"
