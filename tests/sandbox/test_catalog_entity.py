from __future__ import annotations

from base64 import b64decode

import pytest

PATH = "/api/v2/catalog/entity"


def entity(name="shop", kind="service", **metadata):
    return {"apiVersion": "v3", "kind": kind, "metadata": {"name": name, **metadata}}


def put(org, body):
    status, answer = org.call("POST", PATH, body)
    assert status == 202, answer
    return answer


def found(org, **query):
    status, answer = org.call("GET", PATH, **query)
    assert status == 200
    return answer


def test_a_create_answers_the_entity_and_its_schema(org):
    answer = put(org, entity(displayName="Shop", owner="me", tags=["a:b"], links=[]))
    (data,), (included,) = answer["data"], answer["included"]
    assert data["attributes"] == {
        "apiVersion": "v3",
        "kind": "service",
        "name": "shop",
        "namespace": "default",
        "displayName": "Shop",
        "owner": "me",
        "tags": ["a:b"],
    }
    assert data["relationships"] == {"schema": {"data": {"id": data["id"], "type": "schema"}}}
    assert (included["id"], included["type"]) == (data["id"], "schema")
    metadata = included["attributes"]["schema"]["metadata"]
    assert (metadata["namespace"], metadata["managed"]["ingestionSource"]) == ("default", "api")
    assert "links" not in metadata
    assert answer["meta"] == {"count": 1, "includeCount": 1}


def test_a_second_one_of_the_same_name_replaces_the_first(org):
    first = put(org, entity(owner="me"))["data"][0]
    second = put(org, entity(displayName="x"))["data"][0]
    assert second["id"] == first["id"]
    assert "owner" not in second["attributes"]
    assert second["meta"]["createdAt"] == first["meta"]["createdAt"]
    assert put(org, entity(namespace="other"))["data"][0]["id"] != first["id"]
    assert put(org, entity(kind="queue"))["data"][0]["id"] != first["id"]
    assert found(org)["meta"]["count"] == 3


def test_yaml_is_taken_as_well_and_kept_as_text(org):
    text = "apiVersion: v3\nkind: service\nmetadata: \n  name: shop\n"
    put(org, text)
    (raw,) = found(org, include="raw_schema")["included"]
    assert raw["type"] == "rawSchema"
    assert b64decode(raw["attributes"]["rawSchema"]).decode() == "---\n" + text.replace(": \n", ":\n")


def test_what_is_empty_vanishes_and_what_is_an_object_is_filled_in(org):
    body = {**entity(additionalOwners=[]), "spec": {"dependsOn": []}, "datadog": {"events": [{}], "logs": []}}
    schema = put(org, body)["included"][0]["attributes"]["schema"]
    assert "spec" not in schema
    assert "additionalOwners" not in schema["metadata"]
    assert schema["datadog"] == {"events": [{"name": "", "query": ""}]}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["a", "b", "c"]),
        ({"filter[ref]": "service:default/a"}, ["a"]),
        ({"filter[ref]": "service:default/z"}, []),
        ({"filter[name]": "c"}, ["c"]),
        ({"filter[kind]": "queue"}, ["b"]),
        ({"filter[owner]": "me"}, ["c"]),
    ],
)
def test_entities_are_found_by_filters(org, query, names):
    put(org, entity("a"))
    put(org, entity("b", kind="queue"))
    put(org, entity("c", owner="me"))
    answer = found(org, **query)
    assert [one["attributes"]["name"] for one in answer["data"]] == names
    assert "included" not in answer


def test_all_are_listed_in_pages(org):
    for name in "abc":
        put(org, entity(name))
    answer = found(org, **{"page[limit]": "2", "include": "schema"})
    assert (answer["meta"]["count"], answer["meta"]["includeCount"]) == (2, 2)
    assert answer["links"]["next"] == f"{PATH}?include=schema&page%5Blimit%5D=2&page%5Boffset%5D=2"
    last = found(org, **{"page[limit]": "2", "page[offset]": "2"})
    assert [one["attributes"]["name"] for one in last["data"]] == ["c"]
    assert "next" not in last["links"]


@pytest.mark.parametrize("by", ["id", "ref"])
def test_an_entity_is_deleted_by_its_id_or_its_name(org, by):
    data = put(org, entity())["data"][0]
    path = f"{PATH}/{data['id'] if by == 'id' else 'service:default/shop'}"
    assert org.call("DELETE", path) == (204, None)
    assert found(org)["data"] == []
    assert org.call("DELETE", path)[0] == 404
    assert put(org, entity())["data"][0]["id"] != data["id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "a: [",
        {"apiVersion": "v3", "kind": "service", "metadata": {}},
        {**entity(), "apiVersion": "v2.2"},
        {**entity(), "more": 1},
        entity(tags="a"),
        entity(links=[{"name": "x", "url": "https://x"}]),
        entity(contacts=[{"type": "slack"}]),
    ],
)
def test_what_is_no_entity_is_refused(org, body):
    status, answer = org.call("POST", PATH, body)
    assert status == 400
    assert "invalid entity" in answer["errors"][0]
