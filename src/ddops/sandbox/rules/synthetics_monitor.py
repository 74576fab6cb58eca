"""The monitor that Datadog keeps for a synthetic test.

It has the test's tags and some of its own (recorded in the search for monitors: `check_type:api-ssl`,
`check_status:live`, `probe_dc:aws:eu-central-1`), so a marker among the test's tags stands on both.
"""

from __future__ import annotations

from ddops.sandbox.exchange import Json

TYPE = "synthetics alert"


def monitor_of(test: Json) -> Json:
    """The monitor of a test, without what only the server knows."""
    options = test["options"]
    subtype = test.get("subtype")
    check = test["type"] if subtype in (None, "http") else f"{test['type']}-{subtype}"
    own = [f"check_type:{check}", f"check_status:{test['status']}"]
    return {
        "name": options.get("monitor_name") or f"[Synthetics] {test['name']}",
        "type": TYPE,
        "query": "no_query",
        "message": test["message"],
        "tags": [*test["tags"], *own, *(f"probe_dc:{location}" for location in test["locations"])],
        "priority": options.get("monitor_priority"),
        "options": options.get("monitor_options") or {},
        "multi": False,
        "restricted_roles": None,
        "restriction_policy": None,
        "draft_status": "published",
        "assets": [],
    }
