"""A pair that was compared before is not compared again, and nothing that changed is passed over."""

import pytest

from ddops.plan import build
from tests.online import NOTHING


@pytest.fixture
def settled(orgs):
    """An org that is as the specs say, planned once so that the comparisons are kept."""
    orgs.apply()
    assert orgs.plan()["summary"] == {**NOTHING, "unchanged": 5}
    return orgs


def test_a_second_plan_compares_nothing(settled, monkeypatch):
    monkeypatch.setattr(build, "differences", None)
    assert settled.plan()["summary"] == {**NOTHING, "unchanged": 5}


@pytest.mark.parametrize(
    ("kind", "title", "edit"),
    [
        ("monitor", "Shop is slow", {"priority": 1}),
        ("monitor", "Shop is slow", {"message": ""}),
        ("dashboard", "Shop", {"title": "Store"}),
        ("slo", "Shop answers", {"description": "x"}),
    ],
)
def test_an_edit_in_the_org_is_seen_and_its_undoing_as_well(settled, kind, title, edit):
    live = settled.main.one(kind, title)
    before = {field: live.get(field) for field in edit}
    settled.main.edit(kind, live["id"], **edit)
    assert settled.plan()["summary"] == {**NOTHING, "update": 1, "unchanged": 4}
    settled.main.edit(kind, live["id"], **before)
    assert settled.plan()["summary"] == {**NOTHING, "unchanged": 5}


def test_an_edit_in_the_specs_is_seen(settled, workspace):
    workspace.replace("monitors/shop.yaml", "name: Shop is slow", "name: Shop is slow, protected\n    protect: true")
    (change,) = settled.plan()["changes"]
    assert {field["path"] for field in change["fields"]} == {"name", "protect"}


def test_a_plan_of_one_product_forgets_no_other(settled, workspace, monkeypatch):
    workspace.write("products/other.yaml", "product: other\ntitle: Other\norg: main\nteam: other\n")
    assert settled.plan("other")["summary"] == NOTHING
    monkeypatch.setattr(build, "differences", None)
    assert settled.plan()["summary"] == {**NOTHING, "unchanged": 5}


def test_damaged_comparisons_are_made_again(settled, workspace):
    file = workspace.root / ".ddops" / "cache" / "comparisons"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert settled.plan()["summary"] == {**NOTHING, "unchanged": 5}
