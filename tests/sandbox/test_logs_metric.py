from __future__ import annotations

import pytest

PATH = "/api/v2/logs/config/metrics"
DURATION = {"aggregation_type": "distribution", "path": "@duration"}


def metric(id="shop.errors", **attributes):
    return {
        "data": {
            "type": "logs_metrics",
            "id": id,
            "attributes": {"compute": {"aggregation_type": "count"}} | attributes,
        }
    }


def change(**attributes):
    return {"data": {"type": "logs_metrics", "attributes": attributes}}


def test_a_create_fills_in_what_is_not_sent_and_mends_the_name(org):
    made = org.made(PATH, metric("Shop-errors 5xx.v2"))["data"]
    assert made["id"] == "Shop_errors_5xx.v2"
    assert made["attributes"] == {"compute": {"aggregation_type": "count"}, "filter": {"query": "*"}, "group_by": []}
    assert org.call("GET", f"{PATH}/{made['id']}") == (200, {"data": made})
    assert org.call("GET", PATH) == (200, {"data": [made]})


def test_a_group_without_a_tag_has_its_paths_name(org):
    made = org.made(PATH, metric(compute=DURATION, group_by=[{"path": "@a"}, {"path": "b", "tag_name": "c"}]))["data"]
    assert made["attributes"]["group_by"] == [{"path": "@a", "tag_name": "@a"}, {"path": "b", "tag_name": "c"}]
    assert made["attributes"]["compute"] == DURATION | {"include_percentiles": False}


def test_an_update_keeps_what_it_does_not_send(org):
    org.made(PATH, metric(compute=DURATION, filter={"query": "service:shop"}))
    status, answer = org.call("PATCH", f"{PATH}/shop.errors", change(compute={"include_percentiles": True}))
    after = {"compute": DURATION | {"include_percentiles": True}, "filter": {"query": "service:shop"}, "group_by": []}
    assert (status, answer["data"]["attributes"]) == (200, after)
    org.call("PATCH", f"{PATH}/shop.errors", change(filter={"query": "a"}, compute={"path": "@other"}))
    read = org.call("GET", f"{PATH}/shop.errors")[1]["data"]["attributes"]
    assert read == after | {"filter": {"query": "a"}}


def test_a_deleted_metrics_name_is_free_again(org):
    org.made(PATH, metric())
    assert org.call("DELETE", f"{PATH}/shop.errors") == (204, None)
    assert org.call("GET", PATH) == (200, {"data": []})
    assert org.made(PATH, metric(filter={"query": "new"}))["data"]["attributes"]["filter"] == {"query": "new"}
    assert len(org.call("GET", PATH)[1]["data"]) == 1


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_missing_metric(org, method):
    answer = org.call(method, f"{PATH}/no.such", change() if method == "PATCH" else None)
    assert answer == (404, {"errors": ["not_found(Metric with name 'no.such' not found)"]})


def test_a_name_is_taken_once(org):
    org.made(PATH, metric("shop-errors"))
    words = "'shop_errors' cannot be used as metric name, a metric already exists with that name"
    assert org.call("POST", PATH, metric("shop_errors")) == (
        *(409, {"errors": [f"conflict(Field 'data.id' is invalid: {words})"]}),
    )


NO_PERCENTILES = "Count aggregation does not support an 'include_percentiles' attribute"


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        (
            metric(compute={"aggregation_type": "count", "include_percentiles": True}),
            "compute.include_percentiles",
            NO_PERCENTILES,
        ),
        (metric(compute={"aggregation_type": "sum"}), "compute.aggregation_type", "count, distribution"),
        (metric(compute={"aggregation_type": "distribution"}), "compute.path", "needs a 'path'"),
        (metric(compute=None), "compute.aggregation_type", "count, distribution"),
        (metric(group_by=[{}]), "group_by[0].path", "missing"),
        (metric(filter={"query": 1}), "query", "wrong type"),
    ],
)
def test_refusals(org, body, field, says):
    status, answer = org.call("POST", PATH, body)
    assert status == 400
    assert answer["errors"][0].startswith(f"input_validation_error(Field 'data.attributes.{field}' is invalid: ")
    assert says in answer["errors"][0]


def test_a_count_has_no_percentiles_to_change(org):
    org.made(PATH, metric())
    status, answer = org.call("PATCH", f"{PATH}/shop.errors", change(compute={"include_percentiles": False}))
    assert (status, NO_PERCENTILES in answer["errors"][0]) == (400, True)


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": {"type": "x"}}, {"data": {"type": "logs_metrics"}}])
def test_what_is_no_resource_is_refused(org, body):
    assert org.call("POST", PATH, body)[0] == 400


def test_two_orgs_can_have_a_metric_of_one_name(org, sandbox, pool):
    other = type(org)(sandbox.url, pool, "another-org")
    org.made(PATH, metric())
    other.made(PATH, metric(filter={"query": "theirs"}))
    assert org.call("GET", f"{PATH}/shop.errors")[1]["data"]["attributes"]["filter"] == {"query": "*"}
