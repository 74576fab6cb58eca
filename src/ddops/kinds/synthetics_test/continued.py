"""What an update sends back, so that what Datadog keeps of a test's parts stays with them.

Names in brackets are recorded cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ddops.kinds.contract import Body, Json


def continued(payload: Body, live: Body) -> tuple[Body, Sequence[str]]:
    """The payload with the ids of the steps of an API test that are still there
    [TestAccDatadogSyntheticsTestMultistepApi_AllSubtypes], the places of the files whose content the spec does not
    have, and what the runs taught Datadog of the elements that people find by a locator of their own."""
    config, before = payload.get("config") or {}, live.get("config") or {}
    changed: Body = {}
    if config.get("steps"):
        changed["steps"] = _paired(config["steps"], before.get("steps"), _api_step, "subtype", "name")
    if config.get("request"):
        changed["request"] = _with_files(config["request"], before.get("request") or {})
    whole = {**payload, "config": {**config, **changed}} if changed else payload
    if payload.get("steps"):
        whole = {**whole, "steps": _paired(payload["steps"], live.get("steps"), _screen_step, "type", "name")}
    return whole, ()


def _paired(ours: list[Body], theirs: Json, joined: Callable[[Body, Body], Body], *known_by: str) -> list[Body]:
    """Each of our items joined with the first of theirs that the fields know it by; none is taken twice."""
    left: list[Body] = list(theirs or ())
    items = []
    for item in ours:
        name = [item.get(field) for field in known_by]
        found = next((other for other in left if [other.get(field) for field in known_by] == name), None)
        if found is not None:
            left.remove(found)
        items.append(item if found is None else joined(item, found))
    return items


def _api_step(ours: Body, theirs: Body) -> Body:
    step = {**ours, "id": theirs["id"]} if "id" in theirs and not ours.get("id") else ours
    return {**step, "request": _with_files(step["request"], theirs.get("request") or {})} if "request" in step else step


def _screen_step(ours: Body, theirs: Body) -> Body:
    params, before = ours.get("params") or {}, theirs.get("params") or {}
    changed = _with_files(params, before)
    element, found = _element(params), _element(before)
    # People's locator is still the one that Datadog learned from.
    if "userLocator" in element and element["userLocator"] == found.get("userLocator"):
        changed = {**changed, "element": {**found, **element}}
    return ours if changed is params else {**ours, "params": changed}


def _element(params: Body) -> Body:
    element = params.get("element")
    return element if isinstance(element, dict) else {}


def _with_files(holder: Body, before: Body) -> Body:
    files: Iterable[Body] | None = holder.get("files")
    return {**holder, "files": _paired([*files], before.get("files"), _file, "name")} if files else holder


def _file(ours: Body, theirs: Body) -> Body:
    if ours.get("content") is not None or ours.get("bucketKey") or "bucketKey" not in theirs:
        return ours
    return {**ours, "bucketKey": theirs["bucketKey"]}
