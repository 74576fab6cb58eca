from contextlib import ExitStack

import pytest

from ddops.catalog.config import OrgConfig
from ddops.kinds import dashboard, monitor, slo
from ddops.kinds.contract import kinds
from ddops.org.http import HttpOrg
from ddops.sandbox.server import Sandbox
from tests.org.scripted import Scripted

API_KEY = "0123456789abcdef0123456789abcdef"
APP_KEY = "fedcba9876543210fedcba9876543210fedcba98"

MONITOR = monitor.KIND
DASHBOARD = dashboard.KIND
SLO = slo.KIND
assert {MONITOR.name, DASHBOARD.name, SLO.name} <= {*kinds()}


class Naps(list):
    """A `sleep` that takes no time: the seconds it was asked for. `clock` goes on by them."""

    def __call__(self, seconds):
        self.append(seconds)

    def clock(self):
        return 1000.0 + sum(self)


@pytest.fixture
def naps():
    return Naps()


@pytest.fixture
def lines():
    """What was told on the way."""
    return []


@pytest.fixture
def connect(naps, lines):
    """Makes an HttpOrg for an address, and closes it after the test."""
    with ExitStack() as stack:

        def make(url, **given):
            defaults = {
                "config": OrgConfig(name="acme", site="datadoghq.com"),
                "api_key": API_KEY,
                "app_key": APP_KEY,
                "sleep": naps,
                "clock": naps.clock,
                "on_progress": lines.append,
            }
            return stack.enter_context(HttpOrg(**{**defaults, "base_url": url, **given}))

        yield make


@pytest.fixture
def sandbox():
    with Sandbox(None) as server:
        yield server


@pytest.fixture
def org(connect, sandbox):
    """An org in the sandbox."""
    return connect(sandbox.url, is_sandbox=True)


@pytest.fixture
def scripted(connect):
    """Starts a scripted server; gives it and an org at its address."""
    with ExitStack() as stack:

        def start(script, **given):
            server = stack.enter_context(Scripted(script))
            return server, connect(server.url, **given)

        yield start


@pytest.fixture
def payloads():
    """A payload that the API takes, by kind; with a key, so that several differ."""

    def monitor_payload(key="a"):
        return {
            "name": f"CPU of {key}",
            "type": "query alert",
            "query": "avg(last_5m):avg:system.cpu.user{service:x} > 90",
            "message": f"Look at {key}.",
            "tags": ["env:prod", f"ddops:va/rms/{key}"],
            "options": {"thresholds": {"critical": 90}},
        }

    def dashboard_payload(key="a"):
        note = {"definition": {"type": "note", "content": f"About {key}"}}
        return {
            "title": f"Dashboard {key}",
            "description": f"What it shows.\n\nddops:va/rms/{key}",
            "layout_type": "ordered",
            "widgets": [note],
        }

    def slo_payload(key="a"):
        return {
            "name": f"SLO {key}",
            "type": "metric",
            "thresholds": [{"timeframe": "30d", "target": 99.9}],
            "query": {"numerator": "sum:good{*}.as_count()", "denominator": "sum:all{*}.as_count()"},
            "tags": [f"ddops:va/rms/{key}"],
        }

    return {"monitor": monitor_payload, "dashboard": dashboard_payload, "slo": slo_payload}
