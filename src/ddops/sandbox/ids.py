"""Ids in the shapes that Datadog gives them: unique in a file, repeatable, and not the same in two orgs."""

from __future__ import annotations

import random
from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

from ddops.sandbox.store import Org

# Recorded dashboard ids use these letters and digits only.
DASHBOARD_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
MONITOR_BASE = 120_000_000
MONITOR_STEP = 1009
LIST_BASE = 600_000
# Recorded widget ids have 16 digits and stay below 2**53, so that JavaScript can read them.
WIDGET_RANGE = (10**15, 2**53 - 1)


def _digest(org: Org, kind: str) -> bytes:
    return sha256(f"{org.name}/{kind}/{org.next_number()}".encode()).digest()


def monitor_id(org: Org) -> int:
    """A new monitor's id: nine digits, larger than every earlier one, as in a real org."""
    return MONITOR_BASE + org.next_number() * MONITOR_STEP + int.from_bytes(_digest(org, "monitor")[:4]) % MONITOR_STEP


def dashboard_id(org: Org) -> str:
    """A new dashboard's id: `abc-def-ghi`."""
    return _three_by_three(_digest(org, "dashboard"))


def synthetics_id(org: Org) -> str:
    """A new synthetic test's id: like a dashboard's."""
    return _three_by_three(_digest(org, "synthetics"))


def synthetics_step_ids(org: Org, seed: str) -> Callable[[], str]:
    """A source of ids of steps for one write of one test: like those of tests."""
    source = random.Random(f"{org.name}/{seed}")
    return lambda: _three_by_three(source.randbytes(9))


def _three_by_three(digest: bytes) -> str:
    letters = "".join(DASHBOARD_ALPHABET[byte % len(DASHBOARD_ALPHABET)] for byte in digest[:9])
    return f"{letters[:3]}-{letters[3:6]}-{letters[6:]}"


def slo_id(org: Org) -> str:
    """A new SLO's id: 32 hex digits."""
    return _digest(org, "slo").hex()[:32]


def uuid(org: Org, kind: str) -> str:
    """A new object's id in API v2: `5dca07c7-267c-4159-9d8f-7dec1512fb77`."""
    return str(UUID(bytes=_digest(org, kind)[:16], version=4))


def list_id(org: Org) -> int:
    """A new dashboard list's id: six digits, larger than every earlier one."""
    return LIST_BASE + org.next_number()


def widget_ids(org: Org, seed: str) -> Callable[[], int]:
    """A source of widget ids for one write of one dashboard."""
    source = random.Random(f"{org.name}/{seed}")
    return lambda: source.randint(*WIDGET_RANGE)
