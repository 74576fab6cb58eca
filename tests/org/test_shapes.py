"""Kinds whose objects travel in shapes of their own: in parts, in an envelope, found by the list alone."""

import pytest

from ddops.errors import UsageError
from ddops.kinds.catalog_entity import KIND as ENTITY
from ddops.kinds.dashboard_list import KIND as LIST
from ddops.kinds.powerpack import KIND as POWERPACK
from tests.org.conftest import DASHBOARD

SHOP = {"apiVersion": "v3", "kind": "service", "metadata": {"name": "shop", "tags": ["a:b"]}}


def everything(org, kind):
    return org.read([kind], lambda *_: True)[kind.name]


def test_the_dashboards_of_a_list_live_at_a_path_of_their_own(org, payloads):
    board = {"id": org.create(DASHBOARD, payloads["dashboard"]())["id"], "type": "custom_timeboard"}
    created = org.create(LIST, {"name": "n", "dashboards": [{**board, "title": "passed over"}]})
    assert [item["id"] for item in created["dashboards"]] == [board["id"]]
    id_ = str(created["id"])
    (found,) = everything(org, LIST)
    assert found == org.get(LIST, id_)
    assert board.items() <= found["dashboards"][0].items()
    org.update(LIST, id_, {"name": "m", "dashboards": []})
    assert (org.get(LIST, id_)["name"], org.get(LIST, id_)["dashboards"]) == ("m", [])
    org.delete(LIST, id_)
    assert everything(org, LIST) == []


def test_a_powerpack_travels_in_an_envelope(org):
    group = {"definition": {"type": "group", "layout_type": "ordered", "widgets": []}}
    created = org.create(POWERPACK, {"name": "n", "group_widget": group})
    assert org.get(POWERPACK, created["id"])["name"] == "n"
    assert org.update(POWERPACK, created["id"], {"name": "m", "group_widget": group})["name"] == "m"
    assert [body["name"] for body in everything(org, POWERPACK)] == ["m"]
    org.delete(POWERPACK, created["id"])
    assert org.get(POWERPACK, created["id"]) is None


def test_an_entity_is_found_by_its_name_alone(org):
    assert org.get(ENTITY, "service:default/shop") is None
    assert org.create(ENTITY, SHOP)["id"] == "service:default/shop"
    org.create(ENTITY, {**SHOP, "kind": "queue"})
    assert org.get(ENTITY, "service:default/shop")["metadata"]["tags"] == ["a:b"]
    assert [body["kind"] for body in everything(org, ENTITY)] == ["queue", "service"]
    changed = org.update(ENTITY, "service:default/shop", {**SHOP, "spec": {"tier": "1"}})
    assert changed["spec"] == {"tier": "1"}
    org.delete(ENTITY, "service:default/shop")
    assert org.get(ENTITY, "service:default/shop") is None
    assert len(everything(org, ENTITY)) == 1


@pytest.mark.parametrize("name", ["with blanks", "what?", "a#b", "a:b"])
def test_an_entity_can_have_any_name(org, name):
    org.create(ENTITY, {**SHOP, "metadata": {"name": name}})
    assert org.get(ENTITY, f"service:default/{name}")["metadata"]["name"] == name
    org.delete(ENTITY, f"service:default/{name}")
    assert everything(org, ENTITY) == []


@pytest.mark.parametrize("name", ["..", ".", "a/../b", ""])
def test_a_name_that_would_climb_in_the_path_is_not_deleted(org, sandbox, name):
    with pytest.raises(UsageError, match="no id of a catalog_entity"):
        org.delete(ENTITY, f"service:default/{name}")
    assert not sandbox.requests


def test_a_page_of_entities_is_followed_by_the_next(org):
    for number in range(101):
        org.create(ENTITY, {**SHOP, "metadata": {"name": f"s{number:03}"}})
    assert len(everything(org, ENTITY)) == 101
