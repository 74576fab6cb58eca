"""The one user of the sandbox, and times, as each part of the API writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NAME = "Sandbox User"
HANDLE = "sandbox@example.com"
USER_ID = 1_000_001


def monitor_creator() -> dict[str, Any]:
    """`creator` of a monitor."""
    return {"name": NAME, "handle": HANDLE, "email": HANDLE, "id": USER_ID}


def slo_creator() -> dict[str, Any]:
    """`creator` of an SLO, which has no id."""
    return {"name": NAME, "handle": HANDLE, "email": HANDLE}


def iso(seconds: float) -> str:
    """`2025-12-11T14:20:18.172301+00:00`: UTC, always with microseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
