"""A plan after an apply is empty, for whatever the specs say, and nobody else's objects are in it.

Specs are generated, applied to an empty org, changed into other generated ones, and applied again."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ddops.apply.outcome import Result
from ddops.apply.run import run
from ddops.catalog.load import load
from ddops.cli.environment import Environment
from ddops.cli.orgs import choose, connected
from ddops.compile import compile_specs
from ddops.plan.build import build
from ddops.plan.change import Plan
from tests.online import Ui
from tests.plan.bodies import dashboards, monitors, slos

_NUMBERS = itertools.count()
FILES = {
    "ddops.yaml": "workspace: acme\norgs: {main: {}}\n",
    "products/shop.yaml": "product: shop\ntitle: Shop\norg: main\nteam: shop\ntags: {service: Shop, a: b}\n",
    "monitors/base.yaml": "product: shop\nname: Base\ntype: query alert\nquery: avg(last_5m):avg:base{*} > 1\n",
    "slos/base.yaml": "product: shop\nname: Base\ntype: monitor\nmonitor_ids: ['${monitor:base}']\n"
    "thresholds: [{timeframe: 7d, target: 99}]\n",
}
COLLECTION = {"monitor": "monitors", "slo": "slos", "dashboard": "dashboards"}
TITLE = {"monitor": "name", "slo": "name", "dashboard": "title"}
MADE = {"monitor": monitors(), "slo": slos(), "dashboard": dashboards()}


class Place:
    """A directory of specs, and an empty org."""

    def __init__(self, root: Path, url: str, pool: Any) -> None:
        self.root = root
        key = f"generated-{next(_NUMBERS)}"
        self.environment = Environment({"DDOPS_API_URL": url, "DD_API_KEY": key, "DD_APP_KEY": key})
        self.ui = Ui(url, pool, key, key)
        for path, text in FILES.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def specs(self, kind: str, bodies: list[dict[str, Any]]) -> None:
        """Writes generated bodies; their titles are told apart, as equal monitors are refused."""
        items = [
            {"key": f"k{number}", **body, TITLE[kind]: f"{body[TITLE[kind]]} {number}"}
            for number, body in enumerate(bodies)
        ]
        data = {"product": "shop", COLLECTION[kind]: items}
        self.write(f"{COLLECTION[kind]}/generated.yaml", orjson.dumps(data, option=orjson.OPT_INDENT_2).decode())

    @contextmanager
    def planned(self) -> Iterator[tuple[Plan, Any]]:
        catalog = load(self.root)
        target = choose(None, catalog.config.orgs, self.environment)
        with connected(target, self.root, self.environment, lambda line: None) as orgs:
            yield build(compile_specs(catalog), orgs, label="main", workspace="acme", max_change=100), orgs

    def converge(self) -> Plan:
        """Plans and applies, and plans again."""
        with self.planned() as (plan, orgs):
            outcomes = run(plan, orgs, lambda outcome: None, lambda: False)
            assert [outcome.why for outcome in outcomes if outcome.result is not Result.DONE] == []
        with self.planned() as (again, _):
            assert [(str(one.address), one.action.value, one.fields) for one in again.changes] == []
        return plan


@pytest.fixture
def place(server: Any, pool: Any) -> Any:
    """Makes places, each with an org of its own."""

    @contextmanager
    def make() -> Iterator[Place]:
        with tempfile.TemporaryDirectory() as directory:
            yield Place(Path(directory), server.url, pool)

    return make


# An example is several runs: there is no time to look for a smaller one of those that fail.
runs = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("kind", MADE)
@runs
@given(data=st.data())
def test_a_plan_after_an_apply_is_empty(place: Any, kind: str, data: Any) -> None:
    bodies = data.draw(st.lists(MADE[kind], min_size=2, max_size=9))
    with place() as here:
        here.specs(kind, bodies)
        here.converge()
        here.specs(kind, data.draw(st.permutations(bodies)))
        here.converge()
        here.specs(kind, data.draw(st.lists(MADE[kind], max_size=6)))
        here.converge()
        here.specs(kind, [])
        here.converge()
        assert [len(here.ui.all(name)) for name in MADE] == [1, 1, 0]


@runs
@given(data=st.data())
def test_a_plan_names_only_what_carries_our_marker(place: Any, data: Any) -> None:
    markers = (
        "",
        "ddops:other/shop/k0",
        "ddops:acme",
        "ddops:acme/shop",
        "ddops",
        "x-ddops:acme/shop/k0",
        "DDOPS:acme/shop/k0",
    )
    with place() as here:
        others = []
        for number in range(data.draw(st.integers(1, 4))):
            marker = data.draw(st.sampled_from(markers))
            body = {
                "name": f"o{number}",
                "type": "query alert",
                "query": "avg(last_5m):avg:o{*} > 1",
                "tags": [marker or "a"],
            }
            others.append(("monitor", here.ui.create("monitor", body)))
            body = {"title": f"o{number}", "layout_type": "ordered", "widgets": [], "description": f"Text.\n\n{marker}"}
            others.append(("dashboard", here.ui.create("dashboard", body)))
        theirs = {(kind, str(body["id"])) for kind, body in others}
        for _ in range(3):
            for kind, bodies in MADE.items():
                here.specs(kind, data.draw(st.lists(bodies, max_size=3)))
            plan = here.converge()
            assert theirs.isdisjoint((change.address.kind, change.id) for change in plan.changes)
        for kind, body in others:
            now = here.ui.get(kind, body["id"])
            assert [now.get("modified"), now.get("modified_at")] == [body.get("modified"), body.get("modified_at")]
