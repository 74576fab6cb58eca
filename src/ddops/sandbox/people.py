"""The one user of the sandbox, and times, as each part of the API writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NAME = "Sandbox User"
HANDLE = "sandbox@example.com"
USER_ID = 1_000_001
USER_UUID = "5a4db0c5-0000-11ee-9d1d-da7ad0900002"


def monitor_creator() -> dict[str, Any]:
    """`creator` of a monitor."""
    return {"name": NAME, "handle": HANDLE, "email": HANDLE, "id": USER_ID}


def slo_creator() -> dict[str, Any]:
    """`creator` of an SLO, which has no id."""
    return {"name": NAME, "handle": HANDLE, "email": HANDLE}


def user() -> dict[str, Any]:
    """The user as API v2 has one, beside the objects that they made."""
    attributes: dict[str, Any] = {
        "name": NAME,
        "handle": HANDLE,
        "email": HANDLE,
        "title": None,
        "icon": "https://example.com/icon.png",
        "status": "Active",
        "created_at": iso(0),
        "modified_at": iso(0),
        "disabled": False,
        "verified": True,
        "service_account": False,
        "allowed_login_methods": [],
        "last_login_time": None,
    }
    return {"type": "users", "id": USER_UUID, "attributes": attributes}


def list_author() -> dict[str, Any]:
    """`author` of a dashboard list."""
    return {"handle": HANDLE, "name": NAME}


def included_user() -> dict[str, Any]:
    """The user as an answer of API v2 lists it beside what it made."""
    return {"type": "users", "id": USER_UUID, "attributes": {"name": NAME, "email": HANDLE}}


def authored() -> dict[str, Any]:
    """`relationships` of what the user made, in API v2."""
    return {"author": {"data": {"id": USER_UUID, "type": "users"}}}


def zulu(seconds: float) -> str:
    """`2025-03-22T04:36:17.405805Z`: the same, as the software catalog writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def iso(seconds: float) -> str:
    """`2025-12-11T14:20:18.172301+00:00`: UTC, always with microseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
