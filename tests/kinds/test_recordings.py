"""The kinds' tables and models against what the real API said and what Datadog ships.

The recordings are no part of the repository: `DDOPS_RECORDED` names their folder, `../shared/recorded` is the default.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import yaml

from ddops.kinds.contract import Body, Kind, kinds
from ddops.plan.carry import carry_unknown
from ddops.plan.compare import differences
from tests.kinds.specs import faults

RECORDED = Path(os.environ.get("DDOPS_RECORDED", Path(__file__).parents[3] / "shared" / "recorded"))
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="there are no recordings here")

KINDS = [*kinds().values()]

KEEPS = {"monitor", "logs_metric"}
"""An update keeps the fields that it does not send (test_edit_a_monitor_…): what was asked is both writes together."""


def interactions() -> Iterator[dict]:
    with (RECORDED / "interactions.jsonl").open() as lines:
        yield from sorted(map(json.loads, lines), key=lambda one: (one["source"], one["case"], one["index"]))


@dataclass(frozen=True)
class Answer:
    """What an org gave back for what was asked of it, in the answer to the write or in a read after it."""

    case: str
    method: str
    asked: Body
    live: Body


def pattern(path: str) -> re.Pattern[str]:
    """What a path with fields in braces matches."""
    return re.compile(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(path)))


def creates(kind: Kind, one: dict) -> bool:
    """Whether an interaction asks for a new object of the kind; what its path names in braces is in the body."""
    path = kind.endpoint.creation or kind.endpoint.collection
    found = pattern(path).fullmatch(one["path"]) if one["method"] == "POST" else None
    return found is not None and all(
        attributes(one["request"]).get(name) == value
        for name, value in zip(re.findall(r"\{(\w+)\}", path), found.groups(), strict=True)
    )


def attributes(request: Body | str) -> Body:
    """What a request asks for, as a spec says it: JSON:API has it in an envelope, beside an id of the client's own."""
    body: Body = yaml.safe_load(request) if isinstance(request, str) else request
    data = body.get("data")
    if not isinstance(data, dict) or "attributes" not in data:
        return body
    return {**({"id": data["id"]} if "id" in data else {}), **data["attributes"]}


def as_we_read(kind: Kind, one: dict) -> bool:
    """Whether a read asks for what ours asks for; without it an answer can hold less (a catalog entity's schema)."""
    asked = dict(parse_qsl(one["query"]))
    return all("{id}" in value or asked.get(name) == value for name, value in kind.endpoint.item_query.items())


def laid_over(before: Body, after: Body) -> Body:
    """A partial update: objects are laid over objects, anything else takes the place of what was there."""
    inner = {name: value for name, value in after.items() if isinstance(value, dict) and name in before}
    return {**before, **after, **{name: laid_over(before[name], value) for name, value in inner.items()}}


def answers(kind: Kind) -> Iterator[Answer]:
    item = pattern(kind.endpoint.item)
    asked: dict[tuple[str, str, str], Body] = {}
    for one in interactions():
        write = creates(kind, one)
        place = item.fullmatch(one["path"])
        if one["status"] // 100 != 2 or not (write or place) or not isinstance(one["response"], dict):
            continue
        live = kind.endpoint.wire.unwrap(one["response"])
        if live is None or (one["method"] == "GET" and not as_we_read(kind, one)):
            continue
        key = (one["source"], one["case"], str(live["id"]))
        if write or one["method"] in ("PUT", "PATCH"):
            kept = asked.get(key, {}) if kind.name in KEEPS else {}
            patch = one["method"] == "PATCH"
            asked[key] = (laid_over if patch else lambda old, new: {**old, **new})(kept, attributes(one["request"]))
        if key in asked:
            yield Answer(one["case"], one["method"], asked[key], live)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_was_asked_and_what_came_back_are_the_same(kind, record_property):
    found, total = [], 0
    for answer in answers(kind):
        total += 1
        changes = differences(kind, answer.asked, answer.live)
        if changes:
            found.append((answer.case, answer.method, changes))
    same = total - len(found)
    record_property("same", f"{same}/{total}")
    print(f"\n{kind.name}: {same} of {total} answers are what was asked")
    assert total > 0
    assert found == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_answer_has_a_field_that_the_model_has_never_heard_of(kind):
    unknown = {path for answer in answers(kind) for path in carry_unknown(kind, {}, answer.live)[1]}
    assert unknown == set()


def accepted() -> Iterator[tuple[str, str, Body]]:
    """Bodies that are a resource's: (kind, where from, body)."""
    for path in sorted((RECORDED / "dashboards").glob("*.json")):
        yield "dashboard", path.name, json.loads(path.read_text())
    for path in sorted((RECORDED / "monitors").glob("*.json")):
        yield "monitor", path.name, json.loads(path.read_text())["definition"]
    for path in sorted((RECORDED / "catalog").glob("*.yaml")):
        for name, monitor in yaml.safe_load(path.read_text()).items():
            yield "monitor", f"{path.name} {name}", from_catalog(monitor)
    for one in interactions():
        for kind in KINDS:
            if one["status"] // 100 == 2 and creates(kind, one):
                yield kind.name, one["case"], attributes(one["request"])


def from_catalog(flat: Body) -> Body:
    """The catalog's monitors are arguments of a Terraform module: options beside the fields, tags as a map, and
    switches of Terraform's own."""
    own = {"force_delete", "validate", "enabled"}
    fields = {"name", "type", "query", "message", "priority"}
    options = {key: value for key, value in flat.items() if key not in own | fields | {"tags"}}
    tags = [f"{key}:{value}" for key, value in flat["tags"].items()]
    return {**{key: flat[key] for key in fields}, "tags": tags, "options": options}


STRICTER = {
    "options.renotify_interval": "a number in quotes is no number",
    "tags.*": "the API refuses any tag of a dashboard but `team:…`; what ships with an integration is not sent to it",
    "widgets.*.layout.x": "the client's WidgetLayout begins at 0",
}
"""Where our models refuse what was accepted or shipped, and why."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_others_keep_passes_the_models(kind, record_property):
    refused, total = {}, 0
    for name, where, body in accepted():
        if name == kind.name:
            total += 1
            found = faults(kind, body)
            if found:
                refused[where] = {
                    ".".join("*" if isinstance(step, int) else step for step in place): reason
                    for place, reason in found.items()
                }
    record_property("accepted", f"{total - len(refused)}/{total}")
    print(f"\n{kind.name}: {total - len(refused)} of {total} bodies pass; refused: {refused}")
    assert len(refused) <= 0.03 * total
    assert {place for places in refused.values() for place in places} <= set(STRICTER)


def test_what_the_api_refused_for_its_shape_does_not_pass():
    passed, total = [], 0
    for one in interactions():
        for kind in KINDS:
            places = (kind.endpoint.collection, kind.endpoint.creation or kind.endpoint.collection, kind.endpoint.item)
            written = any(pattern(place).fullmatch(one["path"]) for place in places)
            if written and one["status"] == 400 and isinstance(one["request"], dict):
                total += 1
                passed += [] if faults(kind, attributes(one["request"])) else [(one["case"], one["response"])]
    assert total > 0
    # What is wrong in a query is for the grammar to find, not for the model.
    assert [case for case, response in passed if "'query' is invalid" not in str(response)] == []
