"""Objects that the API knows by a name of theirs: a create of that name would replace somebody's."""

import pytest

ENTITY = "product: shop\nkey: KEY\nkind: service\nmetadata: {name: NAME}\n"
THEIRS = {"apiVersion": "v3", "kind": "service", "metadata": {"name": "api", "owner": "others"}}


def write(workspace, key, name="api", more=""):
    text = ENTITY.replace("KEY", key).replace("NAME", name) + more
    workspace.write(f"catalog_entities/shop/{key}.yaml", text)


def refused(orgs):
    run = orgs("plan")
    assert run.exit_code == 1
    assert orgs.writes() == []
    return run.stderr


def test_one_that_nobody_manages_is_only_ever_adopted(orgs, workspace):
    write(workspace, "api")
    orgs.main.create("catalog_entity", THEIRS)
    orgs.server.requests.clear()
    said = refused(orgs)
    assert "has the catalog_entity service:default/api already" in said
    assert "write `adopt: service:default/api` to take it over" in said
    write(workspace, "api", more="adopt: service:default/api\n")
    assert ("adopt", "shop/catalog_entity/api") in orgs.changes()
    orgs.apply()
    assert orgs.changes() == []
    (entity,) = orgs.main.all("catalog_entity")
    assert "ddops:acme/shop/api" in entity["metadata"]["tags"]


@pytest.mark.parametrize("marker", ["ddops:other/shop/api", "ddops:other/web/api"])
def test_one_of_another_workspace_is_left_alone(orgs, workspace, marker):
    write(workspace, "api")
    orgs.main.create("catalog_entity", {**THEIRS, "metadata": {"name": "api", "tags": [marker]}})
    orgs.server.requests.clear()
    assert "managed by the workspace 'other'" in refused(orgs)


def test_two_specs_of_one_name_are_refused(orgs, workspace):
    write(workspace, "api")
    write(workspace, "web")
    said = refused(orgs)
    assert "web: is the catalog_entity service:default/api, which shop/catalog_entity/api is as well" in said


def test_another_name_is_a_delete_and_a_create(orgs, workspace):
    write(workspace, "api")
    orgs.apply()
    write(workspace, "api", name="web")
    (delete, create) = [change for change in orgs.plan()["changes"] if "catalog_entity" in change["address"]]
    assert (delete["action"], create["action"]) == ("delete", "create")
    assert "the API does not change metadata.name in place" in delete["notes"][0]
    orgs.apply()
    assert [body["id"] for body in orgs.main.all("catalog_entity")] == ["service:default/web"]
    assert orgs.changes() == []


def test_a_name_moves_to_another_spec(orgs, workspace):
    write(workspace, "api")
    orgs.apply()
    workspace.remove("catalog_entities/shop/api.yaml")
    write(workspace, "web")
    orgs.apply()
    (entity,) = orgs.main.all("catalog_entity")
    assert "ddops:acme/shop/web" in entity["metadata"]["tags"]
    assert orgs.changes() == []


def test_a_products_file_keeps_its_entity(orgs, workspace):
    workspace.replace("products/shop.yaml", "tags: {service: shop}", "tags: {service: shop}\ncatalog: {tier: '1'}")
    orgs.apply()
    (entity,) = orgs.main.all("catalog_entity")
    assert (entity["id"], entity["spec"]["tier"]) == ("service:default/shop", "1")
    overview = orgs.main.one("dashboard", "Shop")["id"]
    assert f"https://acme.datadoghq.com/dashboard/{overview}" in [link["url"] for link in entity["metadata"]["links"]]
    assert orgs.changes() == []
    workspace.replace("products/shop.yaml", "tier: '1'", "tier: '2'")
    assert orgs.changes() == [("update", "shop/catalog_entity/shop")]
    orgs.apply()
    workspace.replace("products/shop.yaml", "catalog: {tier: '2'}\n", "")
    assert orgs.changes() == [("delete", "shop/catalog_entity/shop")]


@pytest.mark.parametrize("adopt", ["service:default/shop", "{main: 'service:default/shop'}"])
def test_a_products_file_can_adopt_its_entity(orgs, workspace, adopt):
    orgs.main.create("catalog_entity", {**THEIRS, "metadata": {"name": "shop"}})
    section = f"tags: {{service: shop}}\ncatalog: {{adopt: {adopt}}}"
    workspace.replace("products/shop.yaml", "tags: {service: shop}", section)
    assert ("adopt", "shop/catalog_entity/shop") in orgs.changes()
    orgs.apply()
    assert orgs.changes() == []


def test_an_entity_that_is_not_there_cannot_be_adopted(orgs, workspace):
    write(workspace, "api", more="adopt: service:default/api\n")
    assert "adopt: the org 'main' has no catalog_entity service:default/api" in refused(orgs)
