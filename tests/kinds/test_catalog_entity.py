import copy
from typing import Any

import pytest
from datadog_api_client.v2.model import (
    entity_v3_api,
    entity_v3_api_datadog,
    entity_v3_api_spec,
    entity_v3_api_spec_interface_definition,
    entity_v3_api_spec_interface_file_ref,
    entity_v3_datadog_code_location_item,
    entity_v3_datadog_event_item,
    entity_v3_datadog_integration_opsgenie,
    entity_v3_datadog_integration_pagerduty,
    entity_v3_datadog_log_item,
    entity_v3_datadog_performance,
    entity_v3_datadog_pipelines,
    entity_v3_datastore,
    entity_v3_datastore_datadog,
    entity_v3_datastore_spec,
    entity_v3_integrations,
    entity_v3_metadata,
    entity_v3_metadata_additional_owners_items,
    entity_v3_metadata_contacts_items,
    entity_v3_metadata_links_items,
    entity_v3_queue,
    entity_v3_queue_datadog,
    entity_v3_queue_spec,
    entity_v3_service,
    entity_v3_service_datadog,
    entity_v3_service_spec,
    entity_v3_system,
    entity_v3_system_datadog,
    entity_v3_system_spec,
)

from ddops.kinds.catalog_entity import KIND
from ddops.kinds.catalog_entity import model as ours
from ddops.kinds.catalog_entity.body import READ_ONLY, ref
from ddops.plan.compare import differences
from ddops.product import NATIVE_KINDS, Product
from tests.kinds.client import attributes, unknown_to
from tests.kinds.specs import SETTING, faults, spec

SHOP = {"kind": "service", "metadata": {"name": "shop"}}
CLIENT = {
    "service": (entity_v3_service.EntityV3Service, entity_v3_service_spec, entity_v3_service_datadog),
    "system": (entity_v3_system.EntityV3System, entity_v3_system_spec, entity_v3_system_datadog),
    "datastore": (entity_v3_datastore.EntityV3Datastore, entity_v3_datastore_spec, entity_v3_datastore_datadog),
    "queue": (entity_v3_queue.EntityV3Queue, entity_v3_queue_spec, entity_v3_queue_datadog),
    "api": (entity_v3_api.EntityV3API, entity_v3_api_spec, entity_v3_api_datadog),
}


def only_class(module):
    """The model class that a module of the client defines."""
    return next(one for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__)


@pytest.mark.parametrize(
    ("model", "module"),
    [
        (ours.Metadata, entity_v3_metadata),
        (ours.Owner, entity_v3_metadata_additional_owners_items),
        (ours.Contact, entity_v3_metadata_contacts_items),
        (ours.Link, entity_v3_metadata_links_items),
        (ours.Integrations, entity_v3_integrations),
        (ours.PagerDuty, entity_v3_datadog_integration_pagerduty),
        (ours.Opsgenie, entity_v3_datadog_integration_opsgenie),
        (ours.Interface, entity_v3_api_spec_interface_definition),
        (ours.Interface, entity_v3_api_spec_interface_file_ref),
        (ours.CodeLocation, entity_v3_datadog_code_location_item),
        (ours.SavedQuery, entity_v3_datadog_event_item),
        (ours.SavedQuery, entity_v3_datadog_log_item),
        (ours.PerformanceData, entity_v3_datadog_performance),
        (ours.Pipelines, entity_v3_datadog_pipelines),
    ],
)
def test_every_field_of_the_client_is_known(model, module):
    assert unknown_to(model, only_class(module), READ_ONLY, "metadata.") == set()


@pytest.mark.parametrize("kind", CLIENT)
def test_each_kind_of_entity_has_the_fields_that_the_client_gives_it(kind):
    whole, spec_module, datadog_module = CLIENT[kind]
    assert unknown_to(ours.CatalogEntity, whole) == set()
    for model, part, module in ((ours.EntitySpec, "spec", spec_module), (ours.Products, "datadog", datadog_module)):
        limited = {name: kinds for name, kinds in ours.GOES_WITH[part].items() if kind not in kinds}
        assert set(model.model_fields) - limited.keys() == attributes(only_class(module))


def test_every_kind_of_the_client_is_allowed_and_no_other():
    assert set(NATIVE_KINDS) == set(CLIENT)


@pytest.mark.parametrize(
    "body",
    [
        SHOP,
        {"apiVersion": "v3", **SHOP, "spec": {"tier": "1", "languages": ["go"], "dependsOn": ["service:a"]}},
        {"kind": "system", "metadata": {"name": "s"}, "spec": {"components": ["service:shop"]}},
        {"kind": "api", "metadata": {"name": "a"}, "spec": {"interface": {"fileRef": "x.yaml"}}},
        {"kind": "custom.library", "metadata": {"name": "l"}, "spec": {"dependsOn": ["service:a"]}},
        {**SHOP, "integrations": {"pagerduty": {"serviceURL": "https://x"}}, "extensions": {"a/b": {"c": [1]}}},
    ],
)
def test_what_is_right_passes(body):
    assert faults(KIND, body) == {}


def with_metadata(**fields):
    return {**SHOP, "metadata": {"name": "shop", **fields}}


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        ({"kind": "service", "metadata": {}}, ("metadata", "name"), "required"),
        ({**SHOP, "apiVersion": "v2.2"}, ("apiVersion",), "'v3'"),
        (with_metadata(ownr="x"), ("metadata", "ownr"), "not permitted"),
        (with_metadata(links=[{"name": "x", "url": "https://x"}]), ("metadata", "links", 0, "type"), "required"),
        (with_metadata(contacts=[{"type": "email", "contact": "x"}]), ("metadata", "contacts", 0, "contact"), "mail"),
        (
            with_metadata(contacts=[{"type": "slack", "contact": "x", "name": "y"}]),
            ("metadata", "contacts", 0, "name"),
            "at least 2",
        ),
        ({**SHOP, "spec": {"components": ["service:a"]}}, ("spec", "components"), "kind `system`, not `service`"),
        ({**SHOP, "kind": "queue", "spec": {"languages": ["go"]}}, ("spec", "languages"), "kind `service`"),
        ({**SHOP, "kind": "system", "datadog": {"codeLocations": []}}, ("datadog", "codeLocations"), "`api` or"),
        ({**SHOP, "spec": {"tier": ""}}, ("spec", "tier"), "at least 1"),
        (
            {"kind": "api", "metadata": {"name": "a"}, "spec": {"interface": {}}},
            ("spec", "interface"),
            "one of the two",
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_place(body, place, says):
    found = faults(KIND, body)
    assert place in found
    assert says in found[place]


@pytest.mark.parametrize("kind", ["servcie", "custom.", "custom.My", "library"])
def test_a_kind_is_one_of_datadogs_or_the_orgs_own(kind):
    assert {place[0] for place in faults(KIND, {**SHOP, "kind": kind})} == {"kind"}


def test_what_the_api_answers_can_be_pasted():
    answer = {"id": "service:default/shop", "createdAt": "x", "modifiedAt": "x", **with_metadata(id="1", managed={})}
    before = copy.deepcopy(answer)
    assert faults(KIND, answer) == {}
    tags = ["team:rms", "service:RMS-api", "env:none"]
    payload = KIND.payload(spec(KIND, answer), SETTING)
    assert payload == {"apiVersion": "v3", **with_metadata(tags=tags)}
    assert answer == before


ANSWER: dict[str, list[Any]] = {
    "data": [
        {"id": "1", "type": "entity", "meta": {"createdAt": "a", "modifiedAt": "b"}}
        | {"attributes": {"apiVersion": "v3", "kind": "service", "name": "shop", "namespace": "default"}},
        {"id": "2", "type": "entity"}
        | {"attributes": {"apiVersion": "v2.2", "kind": "service", "name": "old", "namespace": "x", "owner": "t"}},
    ],
    "included": [
        {"id": "1", "type": "schema", "attributes": {"schema": {"apiVersion": "v3", **with_metadata(owner="me")}}},
        {"id": "2", "type": "schema", "attributes": {"schema": {"dd-service": "old", "apiVersion": "v2.2"}}},
    ],
}


def test_an_entity_is_read_with_its_schema_and_known_by_its_name():
    wire = KIND.endpoint.wire
    shop, old = (wire.unwrap(item) or {} for item in wire.joined(ANSWER)["data"])
    assert shop == {
        "id": "service:default/shop",
        "createdAt": "a",
        "modifiedAt": "b",
        "apiVersion": "v3",
        **with_metadata(owner="me"),
    }
    assert (old["id"], old["metadata"]) == ("service:x/old", {"name": "old", "namespace": "x", "owner": "t"})
    one = {"data": ANSWER["data"][:1], "included": ANSWER["included"][:1]}
    assert wire.unwrap(one) == shop
    assert wire.unwrap({"data": []}) is None
    assert KIND.natural(SHOP) == ref(shop) == "service:default/shop"


def test_what_the_server_makes_of_empty_things_is_no_difference():
    payload = {
        **with_metadata(additionalOwners=[], description=""),
        "spec": {"dependsOn": []},
        "datadog": {"events": [{}]},
    }
    live = {**with_metadata(namespace="default", managed={"x": 1}), "datadog": {"events": [{"name": "", "query": ""}]}}
    assert differences(KIND, payload, live) == ()
    (change,) = differences(KIND, with_metadata(namespace="other"), with_metadata())
    assert change.path == "metadata.namespace"
    assert change.path in KIND.replaced_by


def product(**fields):
    body = {
        "product": "shop",
        "title": "Shop",
        "org": "main",
        "team": "shop-team",
        "description": "Sells.",
        "tags": {"service": "shop-api"},
        "depends_on": ["billing", "datastore:orders"],
        "links": {"status": "https://status.example.com"},
        "runbook": {"file": "runbooks/shop.md"},
        "channels": {
            "alerts": {"slack": "shop-alerts", "url": "https://x.slack.com/archives/C1"},
            "all": {"slack": "shop"},
            "m": {"email": "shop@example.com"},
            "teams": {"microsoft_teams": "Shop-Teams"},
            "page": {"pagerduty": "Shop", "url": "https://x.pagerduty.com/service-directory/P1"},
            "second": {"pagerduty": "Shop2", "url": "https://x.pagerduty.com/service-directory/P2"},
            "hook": {"webhook": "shop"},
        },
        "catalog": {"tier": "1", "lifecycle": "production", "repositories": ["https://github.com/acme/shop"]},
    }
    return Product.model_validate({**body, **fields})


def made(found, specs=(), setting=SETTING):
    assert KIND.from_product is not None
    return KIND.from_product(found, specs, setting)


def test_a_products_file_makes_its_entity():
    body = made(product())["shop"]
    assert faults(KIND, body) == {}
    assert body == {
        "kind": "service",
        "metadata": {
            "name": "shop-api",
            "displayName": "Shop",
            "description": "Sells.",
            "owner": "shop-team",
            "links": [
                {"name": "Runbook", "type": "runbook", "url": "https://example.com/blob/main/runbooks/shop.md"},
                {"name": "status", "type": "other", "url": "https://status.example.com"},
                {"name": "shop", "type": "repo", "url": "https://github.com/acme/shop"},
            ],
            "contacts": [
                {"name": "#shop-alerts", "type": "slack", "contact": "https://x.slack.com/archives/C1"},
                {"name": "#shop", "type": "slack", "contact": "#shop"},
                {"name": "shop@example.com", "type": "email", "contact": "shop@example.com"},
                {"name": "Shop-Teams", "type": "microsoft-teams", "contact": "Shop-Teams"},
            ],
        },
        "spec": {"lifecycle": "production", "tier": "1", "dependsOn": ["service:billing", "datastore:orders"]},
        "integrations": {"pagerduty": {"serviceURL": "https://x.pagerduty.com/service-directory/P1"}},
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"tags": {}}, "service:default/shop"),
        ({"catalog": {"name": "other", "namespace": "n"}}, "service:n/other"),
        ({"catalog": {"kind": "system"}}, "system:default/shop-api"),
        ({"catalog": {"kind": "custom.library"}}, "custom.library:default/shop-api"),
    ],
)
def test_the_entitys_name_is_the_service_tag_unless_the_product_says_otherwise(fields, expected):
    body = made(product(**fields))["shop"]
    assert ref(body) == expected
    assert faults(KIND, body) == {}


def test_a_product_without_a_section_makes_none():
    assert made(product(catalog=None)) == {}


def test_a_product_that_says_little_makes_a_small_one():
    little = {"product": "shop", "title": "Shop", "org": "main", "team": "t", "catalog": {}}
    metadata = {"name": "shop", "displayName": "Shop", "owner": "t"}
    assert made(Product.model_validate(little)) == {"shop": {"kind": "service", "metadata": metadata}}


def test_its_dashboards_are_links(workspace):
    workspace.replace("products/shop.yaml", "tags: {service: shop}", "tags: {service: shop}\ncatalog: {}")
    found = {str(one.address): one for one in workspace.load().specs}
    links = found["shop/catalog_entity/shop"].body["metadata"]["links"]
    assert {"name": "Shop", "type": "dashboard", "url": "${dashboard:shop/overview.url}"} in links
    assert str(found["shop/catalog_entity/shop"].source).startswith("products/shop.yaml:1")


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("{kind: servcie}", "'servcie' is no kind of entity: service, system"),
        ("{kind: system, languages: [go]}", "`languages` goes with `kind: service`"),
        ("{kind: api, component_of: ['system:a']}", "`component_of` does not go with `kind: api`"),
        ("{kind: system, type: web}", "`type` does not go with `kind: system`"),
        ("{tier: 1}", "tier"),
        ("{repositories: [acme/shop]}", "is no address of a web page"),
        ("{tiers: '1'}", "did you mean 'tier'?"),
    ],
)
def test_a_section_that_cannot_be_is_an_error_of_the_products_file(workspace, section, message):
    workspace.replace("products/shop.yaml", "tags: {service: shop}", f"tags: {{service: shop}}\ncatalog: {section}")
    (problem,) = workspace.problems()
    assert problem.startswith("products/shop.yaml:6:")
    assert message in problem
