"""What the recordings hold of writes, and what a spec of it would send: for the tests of round trips.

The recordings are no part of the repository: `DDOPS_RECORDED` names their folder, `../shared/recorded` is the default.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml

from ddops.catalog.load import load
from ddops.compile import payload_of
from ddops.importing import write
from ddops.importing.exported import exported
from ddops.importing.found import Found
from ddops.importing.run import Import, Imported
from ddops.importing.workspace import Workspace
from ddops.kinds.contract import Body, Kind, Spec
from ddops.plan.resolve import unresolved

RECORDED = Path(os.environ.get("DDOPS_RECORDED", Path(__file__).parents[3] / "shared" / "recorded"))


@dataclass(frozen=True)
class Write:
    """An accepted create or update: what was asked, and the object as the answer has it."""

    case: str
    method: str
    path: str
    request: Any
    live: Body | None


@cache
def interactions() -> list[dict[str, Any]]:
    with (RECORDED / "interactions.jsonl").open() as lines:
        return sorted(map(json.loads, lines), key=lambda one: (one["source"], one["case"], one["index"]))


def writes(kind: Kind) -> Iterator[Write]:
    endpoint = kind.endpoint
    creation, item = _pattern(endpoint.creation or endpoint.collection), _pattern(endpoint.item)
    for one in interactions():
        created = one["method"] == "POST" and creation.fullmatch(one["path"])
        updated = one["method"] == endpoint.update and item.fullmatch(one["path"])
        if one["status"] < 300 and one["request"] and (created or updated):
            live = endpoint.wire.unwrap(one["response"])
            yield Write(one["case"], one["method"], one["path"], one["request"], live)


def _pattern(path: str) -> re.Pattern[str]:
    """The paths of a kind's objects; `{type}` is that of a synthetic test."""
    text = re.escape(path).replace(re.escape("{type}"), "(?:api|browser|mobile)")
    return re.compile(text.replace(re.escape("{id}"), "[^/]+"))


def found(kind: Kind, name: str, content: Any) -> Found:
    """The one object in a file of this content: JSON, or the text of an entity."""
    text = content.encode() if isinstance(content, str) else orjson.dumps(content)
    (one,) = exported(kind, f"{name}.yaml", text)
    return one


def imported(workspace: Workspace, one: Found) -> Imported:
    """The object as a resource of the workspace's product `shop`."""
    run = Import(workspace=workspace, product=workspace.catalog.products["shop"])
    resources = run.run([one])
    assert run.failed == []
    return resources[0]


def read_again(workspace: Workspace, resource: Imported) -> Spec:
    """The spec that the resource's file gives."""
    product = workspace.catalog.products["shop"]
    text = write.one("shop", None, resource.item)
    spec, problems = workspace.read(resource.kind, product, f"{resource.address.key}.yaml", text)
    assert problems == []
    assert spec is not None
    return spec


def payload(workspace: Workspace, resource: Imported) -> Body:
    """What would be sent for it: the file that is written, read again and compiled."""
    spec = read_again(workspace, resource)
    return unresolved(payload_of(spec, workspace.catalog.config.setting, lambda address: None))


def workspace_at(root: Path) -> Workspace:
    return Workspace(root, load(root), "main")


def shipped() -> Iterator[tuple[str, str, Body]]:
    """What ships with integrations, and one organisation's monitors: (kind, where from, body)."""
    for path in sorted((RECORDED / "dashboards").glob("*.json")):
        yield "dashboard", path.name, json.loads(path.read_text())
    for path in sorted((RECORDED / "monitors").glob("*.json")):
        yield "monitor", path.name, json.loads(path.read_text())
    for path in sorted((RECORDED / "catalog").glob("*.yaml")):
        for name, monitor in yaml.safe_load(path.read_text()).items():
            yield "monitor", f"{path.name} {name}", _from_catalog(monitor)


def _from_catalog(flat: Body) -> Body:
    """The catalog's monitors are arguments of a Terraform module: options beside the fields, tags as a map, and
    switches of Terraform's own."""
    own = {"force_delete", "validate", "enabled"}
    fields = {"name", "type", "query", "message", "priority"}
    options = {key: value for key, value in flat.items() if key not in own | fields | {"tags"}}
    tags = [f"{key}:{value}" for key, value in flat["tags"].items()]
    return {**{key: flat[key] for key in fields}, "tags": tags, "options": options}
