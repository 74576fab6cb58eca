"""What a synthetic test must look like, what the server adds to it, and what it never gives back."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit

TYPES = ("api", "browser", "mobile")
SUBTYPES = ("http", "ssl", "tcp", "dns", "multi", "icmp", "udp", "websocket", "grpc")
STATUSES = ("live", "paused")
TICKS = range(30, 604_801)
MOBILE_LOCATIONS = ["aws:us-west-2"]
# What a create adds beside monitor options that are set (recorded, newest traffic); an update adds nothing.
MONITOR_OPTIONS: Json = {
    "include_tags": True,
    "new_host_delay": 300,
    "notify_audit": False,
    "on_missing_data": "show_no_data",
}
WRITABLE = ("name", "message", "status", "type", "subtype", "tags", "locations", "config", "options", "steps")
FILES: Shape = [{}]
REQUEST: Shape = {"certificate": {"cert": {}, "key": {}}, "files": FILES}
VARIABLES: Shape = [{"name": str, "type": str}]
SHAPE: Shape = {
    "name": str,
    "message": str,
    "status": str,
    "type": str,
    "subtype": str,
    "tags": [str],
    "locations": [str],
    "config": {
        "request": REQUEST,
        "assertions": [{}],
        "configVariables": VARIABLES,
        "variables": VARIABLES,
        "steps": [{"name": str, "subtype": str, "id": str, "subtestPublicId": str, "request": REQUEST}],
    },
    "options": {"tick_every": int, "monitor_options": {}, "monitor_name": str, "monitor_priority": int},
    "steps": [{"type": str, "params": {"subtestPublicId": str, "files": FILES}}],
}


def check(body: Json, type: str) -> None:
    """Refuses what the API refuses: all problems in one text, a line each. Recorded are those of `assertions` and
    `tick_every`; the words of the others follow their form."""
    if wrong := misfit(body, SHAPE):
        refuse(400, f"Value of parameter '{wrong}' is invalid")
    problems = [*_problems(body, type)]
    if problems:
        refuse(400, "\n".join(problems))


def _problems(body: Json, type: str) -> Iterator[str]:
    config, options = body.get("config"), body.get("options")
    for name in ("config", "message", "name", "options"):
        if body.get(name) is None:
            yield f"Required parameter '{name}' is missing"
    if type != "mobile" and not body.get("locations"):
        yield "Required parameter 'locations' is missing"
    if body.get("type") not in (None, type):
        yield _not_any("type", (type,))
    if body.get("status") is not None and body["status"] not in STATUSES:
        yield _not_any("status", STATUSES)
    if type == "api" and body.get("subtype") not in (None, *SUBTYPES):
        yield _not_any("subtype", SUBTYPES)
    if type == "api" and config is not None:
        part = "steps" if body.get("subtype") == "multi" else "assertions"
        if not config.get(part):
            yield f"Minimum number of elements in parameter '{part}' should be 1"
    for index, step in enumerate(body.get("steps") or ()):
        if not step.get("type"):
            yield f"Invalid steps data: Step {index} has no type"
    if options is not None:
        tick = options.get("tick_every")
        if tick is None:
            yield "Required parameter 'tick_every' is missing"
        elif tick not in TICKS:
            yield f"Value of parameter 'tick_every' should be between {TICKS.start} and {TICKS.stop - 1}"


def _not_any(name: str, values: tuple[str, ...]) -> str:
    return f"Value of parameter '{name}' should be any of these {[*values]}"


def completed(
    sent: Json, type: str, before: Json | None, step_id: Callable[[], str], file_key: Callable[[], str]
) -> Json:
    """The test that a create or an update (of `before`) asks for, without what only the server knows. An update
    replaces the whole test, but for a status that it does not send."""
    body = {name: copy.deepcopy(value) for name, value in sent.items() if name in WRITABLE and value is not None}
    body["type"] = type
    body.setdefault("tags", [])
    body.setdefault("status", before["status"] if before else "live" if type == "api" else "paused")
    if type == "api":
        body.setdefault("subtype", "http")
        body.pop("steps", None)
    else:
        body.pop("subtype", None)
        body["steps"] = [_screen_step(step, step_id, file_key) for step in body.get("steps") or ()]
    if type == "mobile":
        body.setdefault("locations", MOBILE_LOCATIONS)
    _hide_secrets(body["config"], file_key)
    for step in body["config"].get("steps") or ():
        step["id"] = step.get("id") or step_id()
        step.pop("subtest", None)
    if body["options"].get("monitor_options") and before is None:
        body["options"]["monitor_options"] = MONITOR_OPTIONS | body["options"]["monitor_options"]
    body["options"].setdefault("bits_ai_auto_investigate", False)
    return body


def _screen_step(step: Json, step_id: Callable[[], str], file_key: Callable[[], str]) -> Json:
    """A step of a browser or mobile test has a new id after each write (recorded)."""
    kept = {name: value for name, value in step.items() if name not in ("hasNewStepElement", "publicId")}
    _keep_files((step.get("params") or {}).get("files"), file_key)
    return kept | {"public_id": step_id()}


def _hide_secrets(config: Json, file_key: Callable[[], str]) -> None:
    """Certificates, files and secure variables lose what they hold (recorded)."""
    for request in (config.get("request"), *(step.get("request") for step in config.get("steps") or ())):
        for item in ((request or {}).get("certificate") or {}).values():
            if item:
                item.pop("content", None)
        _keep_files((request or {}).get("files"), file_key)
    for variable in (*(config.get("variables") or ()), *(config.get("configVariables") or ())):
        if variable.get("secure"):
            variable.pop("example", None)
            variable.pop("pattern", None)


def _keep_files(files: Any, file_key: Callable[[], str]) -> None:
    """What a file holds goes to a store; the test names its place there."""
    for file in files or ():
        if file.pop("content", None) is not None:
            file.pop("encoding", None)
            file["bucketKey"] = file_key()


def count(body: Json, subtest: Callable[[str], Json | None]) -> Json:
    """`stepCount` of a browser or mobile test: a test that is played counts with its own steps (recorded)."""
    steps = body["steps"]
    played = [(step.get("params") or {}).get("subtestPublicId") for step in steps if step["type"] == "playSubTest"]
    inner = [found for id in played if id and (found := subtest(id))]
    return {
        # `assertRequests` is not counted (recorded).
        "assertions": sum(step["type"].startswith("assert") and step["type"] != "assertRequests" for step in steps),
        "nested_steps": 0,
        "subtests": len(played),
        "total": len(steps) - len(played) + sum(len(test.get("steps") or ()) for test in inner),
    }


def played(body: Json) -> Iterator[str]:
    """The ids of the tests that a test plays."""
    for step in body["config"].get("steps") or ():
        if step.get("subtestPublicId"):
            yield step["subtestPublicId"]
    for step in body.get("steps") or ():
        if id := (step.get("params") or {}).get("subtestPublicId"):
            yield id
