"""The kinds' tables and models against what the real API said and what Datadog ships.

The recordings are no part of the repository: `DDOPS_RECORDED` names their folder, `../shared/recorded` is the default.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ddops.kinds.contract import Body, Kind, kinds
from ddops.plan.compare import carry_unknown, differences
from tests.kinds.specs import faults

RECORDED = Path(os.environ.get("DDOPS_RECORDED", Path(__file__).parents[3] / "shared" / "recorded"))
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="there are no recordings here")

KINDS = [*kinds().values()]

KEEPS = {"monitor"}
"""A PUT keeps the fields that it does not send (test_edit_a_monitor_…): what was asked is both writes together."""


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


def enveloped(kind: Kind, response: Body) -> Body | None:
    live = response.get(kind.endpoint.envelope) if kind.endpoint.envelope else response
    live = live[0] if isinstance(live, list) and live else live
    return live if isinstance(live, dict) and "id" in live else None


def answers(kind: Kind) -> Iterator[Answer]:
    item = re.compile(re.escape(kind.endpoint.item).replace(r"\{id\}", "([^/]+)"))
    asked: dict[tuple[str, str, str], Body] = {}
    for one in interactions():
        write = one["method"] == "POST" and one["path"] == kind.endpoint.collection
        place = item.fullmatch(one["path"])
        if one["status"] != 200 or not (write or place) or not isinstance(one["response"], dict):
            continue
        live = enveloped(kind, one["response"])
        if live is None:
            continue
        key = (one["source"], one["case"], str(live["id"]))
        if write or one["method"] == "PUT":
            kept = asked.get(key, {}) if kind.name in KEEPS else {}
            asked[key] = {**kept, **one["request"]}
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
            if one["method"] == "POST" and one["path"] == kind.endpoint.collection and one["status"] == 200:
                yield kind.name, one["case"], one["request"]


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
    "template_variable_presets.*.template_variables.*.name": "a preset of a variable that is not there does nothing",
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
            written = one["path"] == kind.endpoint.collection or one["path"].startswith(f"{kind.endpoint.collection}/")
            if written and one["status"] == 400 and isinstance(one["request"], dict):
                total += 1
                passed += [] if faults(kind, one["request"]) else [(one["case"], one["response"])]
    assert total > 0
    # What is wrong in a query is for the grammar to find, not for the model.
    assert [case for case, response in passed if "'query' is invalid" not in str(response)] == []
