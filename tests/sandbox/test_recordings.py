"""Replays recorded traffic of the real API against the sandbox, and compares status and body.

The recordings are not part of the project: set DDOPS_RECORDED to their folder, or the test is skipped.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from ddops.sandbox.server import Sandbox

HERE = Path(__file__).resolve()
RECORDED = Path(os.environ.get("DDOPS_RECORDED", HERE.parents[3] / "shared" / "recorded")) / "interactions.jsonl"
SERVED = tuple(
    re.compile(path)
    for path in (
        r"/api/v1/validate",
        r"/api/v1/monitor(/(validate|can_delete|\d+(/validate)?))?",
        r"/api/v1/dashboard(/[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3})?",
        r"/api/v1/slo(/(can_delete|[0-9a-f]{32}))?",
        r"/api/v2/downtime(/[^/]+)?",
        r"/api/v2/monitor/\d+/downtime_matches",
        r"/api/v2/monitor/(notification_rule|policy)(/[^/]+)?",
        r"/api/v1/synthetics/tests(/(delete|search))?",
        r"/api/v1/synthetics/tests(/(api|browser|mobile))?(/[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}(/status)?)?",
        r"/api/v2/logs/config/metrics(/[^/]+)?",
        r"/api/v[12]/dashboard/lists/manual(/\d+(/dashboards)?)?",
        r"/api/v2/powerpacks(/[^/]+)?",
        r"/api/v2/catalog/entity(/.+)?",
    )
)
LISTS = {
    "/api/v1/dashboard/lists/manual",
    "/api/v2/powerpacks",
    "/api/v2/catalog/entity",
    "/api/v1/monitor",
    "/api/v1/dashboard",
    "/api/v1/slo",
    "/api/v2/downtime",
    "/api/v2/monitor/notification_rule",
    "/api/v2/monitor/policy",
    "/api/v1/synthetics/tests",
}
NAMED = re.compile(r"(/logs/config/metrics|/catalog/entity)/[\w.:/-]+")
"""Paths that end in a name, which is the id."""
ID = re.compile(
    r"(?<![a-z0-9])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|[0-9a-f]{32}|[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}|\d+)(?![a-z0-9])"
)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")

# The recordings span four years. What newer answers hold and older ones lack, or the other way round, is not compared
# where only one side has it: the sandbox answers as the newest recordings do.
ADDED_LATER = {
    "assets",
    "draft_status",
    "restriction_policy",
    "sli_specification",
    "timeframe",
    "target_threshold",
    "warning_threshold",
}
# The same, in one part of the API. Monitor options are what a create of a synthetic test adds.
ADDED_LATER_IN = {"/api/v1/synthetics/": {"bits_ai_auto_investigate", "nested_steps", "on_missing_data"}}
# Filled in by older answers only.
FILLED_IN_EARLIER = {"is_read_only": False, "locked": False, "notify_no_data": False}
SAID_EARLIER = {"origin"}
# Recorded in some answers and not in others to the same request: how the org was set up at that time.
UNSTEADY = {"run_as", "restricted", "avalanche_window"}
PEOPLE_AND_TIMES = {
    "created",
    "created_at",
    "modified",
    "modified_at",
    "deleted_at",
    "creator",
    "created_by",
    "modified_by",
    "creation_source",
    "author",
    "createdAt",
    "modifiedAt",
    "canceled",
    "author_handle",
    "author_name",
    "org_id",
}
# Lists whose order is another in each answer (recorded).
UNORDERED = {"notify_end_states"}
# Monitors evaluate in a real org, seconds after they were made.
STATE = {"overall_state", "overall_state_modified"}
# Where an uploaded file is kept: a time and a UUID.
PLACES = {"bucketKey"}
IGNORED = PLACES | UNSTEADY | PEOPLE_AND_TIMES | STATE

# Steps that cannot match, by what they are, with the reason.
FOREIGN_LIST = "lists what others had made in the recording's org"
FOREIGN_OBJECT = "reads an object that the case did not make"
ANOTHER_TIME = "the API has answered with another status since (200 and `{}` to a delete, now 204)"

# Recordings that somebody wrote or changed by hand, as their ids say (`abc-123-xyz`, `apm-met-ric`): the URL has no
# slug of the title, or an absent description came back as "".
WRITTEN_BY_HAND = {
    "test_create_a_new_dashboard_with_apm_metrics_widget",
    "TestAccDatadogSecureEmbedDashboard_Basic",
    "TestAccDatadogSecureEmbedDashboard_Update",
}
EDITED = "the recording was edited by hand"

# Reached: all but 4. One dashboard came back without the `restricted_roles` that others got for the same fields.
FLOOR = 0.997


def cases() -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The recorded interactions of each case, in order."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with RECORDED.open() as lines:
        for line in lines:
            step = json.loads(line)
            found[step["source"], step["case"]].append(step)
    return {
        name: sorted(steps, key=lambda step: step["index"])
        for name, steps in found.items()
        if any(served(step) for step in steps)
    }


def served(step: dict[str, Any]) -> bool:
    return any(pattern.fullmatch(step["path"]) for pattern in SERVED)


class Replay:
    """One case against a fresh org; `ids` maps recorded ids to the sandbox's, `asked` is all that was sent."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self.ids: dict[str, str] = {}
        self.made: set[str] = set()
        self.asked = ""
        self.pool = urllib3.PoolManager()
        self.headers = {"DD-API-KEY": key, "DD-APPLICATION-KEY": "app", "Content-Type": "application/json"}

    def call(self, method: str, path: str, query: str, body: Any) -> tuple[int, Any]:
        """Send one request, with ids replaced."""
        target = self.translated(path) + (f"?{self.translated(query)}" if query else "")
        sent = None if body is None else self.translated(json.dumps(body)).encode()
        self.asked += json.dumps(body)
        answer = self.pool.request(method, self.url + target, body=sent, headers=self.headers, retries=False)
        return answer.status, json.loads(answer.data) if answer.data else None

    def translated(self, text: str) -> str:
        """Replace the ids of recorded objects."""
        return ID.sub(lambda match: self.ids.get(match[0], match[0]), text)

    def learn(self, recorded: Any, given: Any) -> None:
        """Note which id stands for which, wherever the two bodies have the same shape."""
        if isinstance(recorded, dict) and isinstance(given, dict):
            for key in recorded.keys() & given.keys():
                if (
                    key in ("id", "public_id", "monitor_id")
                    and isinstance(recorded[key], str | int)
                    and isinstance(given[key], str | int)
                ):
                    self.ids[str(recorded[key])] = str(given[key])
                    self.made.add(str(recorded[key]))
                else:
                    self.learn(recorded[key], given[key])
        elif isinstance(recorded, list) and isinstance(given, list) and len(recorded) == len(given):
            for left, right in zip(recorded, given, strict=True):
                self.learn(left, right)

    def stand_in(self, response: Any) -> None:
        """Make a monitor for one that another kind of object brought along, such as a synthetic test."""
        recorded = str(response["monitor_id"])
        if recorded in self.ids:
            return
        body = {"type": "metric alert", "query": "avg(last_5m):avg:a.b{*} > 1", "name": f"stands in for {recorded}"}
        status, made = self.call("POST", "/api/v1/monitor", "", body)
        assert status == 200
        self.ids[recorded] = str(made["id"])


def is_user(item: Any) -> bool:
    """Whether an item of `included` is one of the people."""
    return isinstance(item, dict) and item.get("type") == "users"


def only_then(path: str, key: str, value: Any) -> bool:
    """Whether a field that one side lacks is a matter of the recording's age."""
    if any(path.startswith(part) and key in keys for part, keys in ADDED_LATER_IN.items()):
        return True
    return key in ADDED_LATER or key in SAID_EARLIER or FILLED_IN_EARLIER.get(key, ...) is value


def comparable(path: str, body: Any, other: Any, replay: Replay | None) -> Any:
    """A body without what cannot be equal; recorded ids become the sandbox's."""
    if isinstance(body, dict):
        return {
            key: comparable(path, value, other.get(key) if isinstance(other, dict) else None, replay)
            for key, value in body.items()
            if key not in IGNORED and not (isinstance(other, dict) and key not in other and only_then(path, key, value))
        }
    if isinstance(body, list):
        others = other if isinstance(other, list) else []
        body, others = ([item for item in items if not is_user(item)] for items in (body, others))
        pairs = [(item, others[n] if n < len(others) else None) for n, item in enumerate(body)]
        return [comparable(path, item, peer, replay) for item, peer in pairs]
    if replay is not None and isinstance(body, str | int) and not isinstance(body, bool) and str(body) in replay.ids:
        return type(body)(replay.ids[str(body)])
    if replay is not None and isinstance(body, str):
        return replay.translated(body)
    return body


def without_own_times(body: Any, asked: str) -> Any:
    """A body in which every time that was not asked for is one: the server chose it."""
    if isinstance(body, dict):
        return {key: without_own_times(value, asked) for key, value in body.items()}
    if isinstance(body, list):
        return [without_own_times(item, asked) for item in body]
    if isinstance(body, str) and TIME.fullmatch(body) and body[:19] not in asked:
        return "a time"
    return body


def unordered(path: str, body: Any) -> Any:
    """A body without the order of what has none: `UNORDERED`, and an SLO's tags, whose reads were recorded in different
    orders."""
    return in_order(unordered_tags(path, body))


def in_order(body: Any) -> Any:
    if isinstance(body, dict):
        return {key: sorted(value) if key in UNORDERED else in_order(value) for key, value in body.items()}
    return [in_order(item) for item in body] if isinstance(body, list) else body


def unordered_tags(path: str, body: Any) -> Any:
    if path.startswith("/api/v1/slo") and isinstance(body, dict) and body.get("data"):
        for slo in body["data"] if isinstance(body["data"], list) else [body["data"]]:
            if isinstance(slo, dict):
                slo["tags"] = sorted(slo["tags"])
    return body


def endpoint(step: dict[str, Any]) -> str:
    """`GET /api/v1/monitor/{id}`."""
    path = NAMED.sub(r"\1/{id}", step["path"])
    return f"{step['method']} {re.sub(rf'(?<=/){ID.pattern}', '{id}', path)}"


def excuse(step: dict[str, Any], replay: Replay) -> str | None:
    """Why a step cannot match, if so."""
    if step["case"] in WRITTEN_BY_HAND:
        return EDITED
    listing = step["method"] == "GET" and step["path"] in LISTS and "filter" not in step["query"]
    if listing and step["status"] == 200:
        shown = re.findall(r'"id": "?([\w-]+)', json.dumps(step["response"]))
        return None if shown and set(shown) <= replay.made else FOREIGN_LIST
    named = ID.fullmatch(next(filter(ID.fullmatch, reversed(step["path"].split("/"))), ""))
    if named and step["status"] < 400 and named[0] not in replay.made:
        return FOREIGN_OBJECT
    if step["path"].endswith("/delete") and not set(step["request"]["public_ids"]) <= replay.made:
        return FOREIGN_OBJECT
    if step["method"] == "DELETE" and step["status"] == 200 and step["response"] == {}:
        # Done nevertheless: the reads after it are compared.
        return None if replay.call("DELETE", step["path"], "", None)[0] != 204 else ANOTHER_TIME
    return None


def replayed(url: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each step that the sandbox serves with `same`, `different` or `excused`, and why."""
    for number, steps in enumerate(cases().values()):
        replay = Replay(url, f"case-{number}")
        for step in steps:
            if not served(step):
                if isinstance(step["response"], dict) and step["response"].get("monitor_id"):
                    replay.stand_in(step["response"])
                continue
            reason = excuse(step, replay)
            if reason:
                yield step, "excused", reason
                continue
            status, body = replay.call(step["method"], step["path"], step["query"], step["request"])
            if status == step["status"] and status < 300:
                replay.learn(step["response"], body)
            wanted = unordered(step["path"], comparable(step["path"], step["response"], body, replay))
            given = unordered(step["path"], comparable(step["path"], body, step["response"], None))
            wanted, given = (without_own_times(one, replay.asked) for one in (wanted, given))
            if status == step["status"] and wanted == given:
                yield step, "same", ""
            else:
                yield step, "different", difference(step["status"], wanted, status, given)


def difference(wanted_status: int, wanted: Any, status: int, given: Any, at: str = "") -> str:
    """Where two bodies part first."""
    if wanted_status != status:
        return f"status {status} instead of {wanted_status}: {json.dumps(given)[:300]}"
    if isinstance(wanted, dict) and isinstance(given, dict):
        for key in sorted(wanted.keys() | given.keys()):
            if wanted.get(key, ...) != given.get(key, ...):
                return difference(status, wanted.get(key, ...), status, given.get(key, ...), f"{at}.{key}")
    if isinstance(wanted, list) and isinstance(given, list) and len(wanted) == len(given):
        for place, (left, right) in enumerate(zip(wanted, given, strict=True)):
            if left != right:
                return difference(status, left, status, right, f"{at}[{place}]")
    return f"{at}: {given!r:.200} instead of {wanted!r:.200}"


@pytest.mark.skipif(not RECORDED.exists(), reason="no recordings here")
def test_recorded_traffic_replays() -> None:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    failures = []
    with Sandbox(None, rate_limit=10**9) as sandbox:
        for step, outcome, why in replayed(sandbox.url):
            tally[endpoint(step)][outcome] += 1
            if outcome == "different":
                failures.append(f"{step['case']}[{step['index']}] {step['method']} {step['path']} {why}")
            elif outcome == "excused":
                reasons[why] += 1
    for name, counts in sorted(tally.items()):
        print(f"{counts['same']:4} of {counts['same'] + counts['different']:4}  {name}  (excused {counts['excused']})")
    print(*(f"excused {count}: {why}" for why, count in reasons.items()), *failures, sep="\n")
    same = sum(counts["same"] for counts in tally.values())
    compared = same + sum(counts["different"] for counts in tally.values())
    assert same / compared >= FLOOR, f"{same} of {compared}"
