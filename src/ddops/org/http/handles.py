"""The handles that an org's messages can notify."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddops.errors import ApiError
from ddops.kinds.contract import Json
from ddops.org.contract import Handles
from ddops.org.http.call import Call, asking

ALL = asking("/api/v2/notifications/handles", [("group_limit", "99999")])
"""Not documented by Datadog; it is complete, with users among it (reference: notifications, handle grammar and lists of
configured handles: kennel checks mentions of users against it)."""
EVERY_WAY = frozenset({"slack-", "pagerduty-", "teams-", "opsgenie-", "webhook-", "team-", "oncall-"})


def read_handles(ask: Callable[[Call], Json]) -> Handles:
    """The one list of all, or where the org refuses that one, those of the integrations that have a list. Raises the
    ApiError of the one list where there is no other either."""
    try:
        groups = ask(ALL).get("data") or ()
        listed = [handle.get("value") for group in groups for handle in group["attributes"].get("handles") or ()]
        return Handles(frozenset(str(one).lstrip("@") for one in listed if one), EVERY_WAY, users=True)
    except ApiError as refused:
        found: dict[str, frozenset[str]] = {}
        for way, (call, names) in _LISTS.items():
            try:
                found[way] = frozenset(f"{way}{name}" for name in names(ask(call)))
            except ApiError:
                pass
        if not found:
            raise refused from None
        return Handles(frozenset().union(*found.values()), frozenset(found))


def _attribute(name: str) -> Callable[[Json], Iterator[str]]:
    def names(answer: Json) -> Iterator[str]:
        for item in answer.get("data") or ():
            if value := item.get("attributes", {}).get(name):
                yield str(value)

    return names


def _services(answer: Json) -> Iterator[str]:
    for item in answer.get("services") or ():
        yield str(item["service_name"])


# Slack's channels, and webhooks, have no list of their own that covers all.
_LISTS: dict[str, tuple[Call, Callable[[Json], Iterator[str]]]] = {
    "pagerduty-": (asking("/api/v1/integration/pagerduty"), _services),
    "opsgenie-": (asking("/api/v2/integration/opsgenie/services"), _attribute("name")),
    "teams-": (asking("/api/v2/integration/ms-teams/configuration/tenant-based-handles"), _attribute("name")),
}
