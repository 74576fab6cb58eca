"""The orgs that the contract is tested on: a sandbox always, a real one where the environment names it.

    DDOPS_CONTRACT_ORG=NAME              run the suite on this real org as well …
    DDOPS_CONTRACT_WORKSPACE=DIRECTORY   … which stands in this directory's ddops.yaml, with the variables of its keys;
                                         without one its keys are DD_API_KEY and DD_APP_KEY, its site DD_SITE

The application key needs to read and write monitors, dashboards and SLOs, and to query metrics. Whatever a run creates
carries the marker of a workspace that nobody else has, and is deleted at the end, also where a test fails.
"""

from __future__ import annotations

import itertools
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ddops.address import Marker
from ddops.catalog.config import OrgConfig
from ddops.catalog.load import load
from ddops.kinds.contract import Body, Kind, kinds, mark, owner
from ddops.org.contract import object_id
from ddops.org.http import HttpOrg
from ddops.org.site import api_url
from ddops.sandbox.server import Sandbox

NAME = "DDOPS_CONTRACT_ORG"
WORKSPACE = "DDOPS_CONTRACT_WORKSPACE"
KINDS = ("dashboard", "slo", "monitor")
"""What refers to others goes first, when all is deleted."""
NOTICED_AFTER = 30
"""Seconds after which a list of a real org shows a change (reference: API behaviour, reads, caching, consistency)."""


@dataclass
class Contract:
    """An org, and what was created in it."""

    org: HttpOrg
    config: OrgConfig
    patience: float
    workspace: str = field(default_factory=lambda: f"contract-{secrets.token_hex(4)}")
    created: list[tuple[Kind, str]] = field(default_factory=list)
    _keys: Iterator[int] = field(default_factory=itertools.count)

    def marked(self, kind: Kind, body: Body) -> Body:
        """The body with a marker that no other object has."""
        return mark(kind, body, Marker(self.workspace, "contract", f"k{next(self._keys)}"), protected=False)

    def create(self, kind: Kind, payload: Body) -> Body:
        live = self.org.create(kind, payload)
        self.created.append((kind, object_id(live)))
        return live

    def listed(self, kind: Kind) -> dict[str, Body]:
        """Our objects of a kind, as the list finds them, by id."""
        found = self.org.read([kind], lambda _, body: self.is_ours(kind, body))
        return {object_id(body): body for body in found[kind.name]}

    def is_ours(self, kind: Kind, body: Body) -> bool:
        ownership = owner(kind, body)
        return ownership is not None and ownership.marker.workspace == self.workspace

    def sooner_or_later(self, holds: Callable[[], bool]) -> bool:
        """Whether it holds now, or once the org has noticed."""
        end = time.monotonic() + self.patience
        while not (held := holds()) and time.monotonic() < end:
            time.sleep(1)
        return held

    def clean(self) -> None:
        """Deletes what was created, and what the list says was left."""
        left = [(kinds()[name], live_id) for name in KINDS for live_id in self.listed(kinds()[name])]
        for kind, live_id in sorted([*self.created, *left], key=lambda one: KINDS.index(one[0].name)):
            self.org.delete(kind, live_id)


def real() -> OrgConfig:
    name, directory = os.environ[NAME], os.environ.get(WORKSPACE)
    if directory is not None:
        return load(Path(directory)).config.orgs[name]
    return OrgConfig(name=name, site=os.environ.get("DD_SITE", "datadoghq.com"))


@pytest.fixture(scope="session", params=["sandbox", "real"])
def contract(request: pytest.FixtureRequest) -> Iterator[Contract]:
    if request.param == "real":
        if not os.environ.get(NAME):
            pytest.skip(f"{NAME} names no real org")
        config = real()
        api_key, app_key = os.environ[config.api_key_env], os.environ[config.app_key_env]
        with HttpOrg(config, base_url=api_url(config), api_key=api_key, app_key=app_key) as org:
            yield from _used(Contract(org, config, patience=NOTICED_AFTER))
    else:
        config = OrgConfig(name="main")
        with Sandbox(None) as sandbox, HttpOrg(config, base_url=sandbox.url, api_key="any", app_key="any") as org:
            yield from _used(Contract(org, config, patience=0))


def _used(contract: Contract) -> Iterator[Any]:
    try:
        yield contract
    finally:
        contract.clean()
