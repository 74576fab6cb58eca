import copy

import pytest
from datadog_api_client.v2.model.logs_metric_compute import LogsMetricCompute
from datadog_api_client.v2.model.logs_metric_compute_aggregation_type import LogsMetricComputeAggregationType
from datadog_api_client.v2.model.logs_metric_create_attributes import LogsMetricCreateAttributes
from datadog_api_client.v2.model.logs_metric_filter import LogsMetricFilter
from datadog_api_client.v2.model.logs_metric_group_by import LogsMetricGroupBy
from datadog_api_client.v2.model.logs_metric_update_compute import LogsMetricUpdateCompute
from hypothesis import given
from hypothesis import strategies as st

from ddops.kinds import logs_metric as ours
from ddops.kinds.contract import Body
from ddops.kinds.logs_metric import KIND, metric_name
from ddops.plan.compare import differences
from tests.kinds.client import attributes, unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

COUNT: Body = {"id": "shop.errors", "compute": {"aggregation_type": "count"}}
DURATION: Body = {"aggregation_type": "distribution", "path": "@duration"}
WRAP = KIND.endpoint.wire.wrap


@pytest.mark.parametrize(
    ("model", "client_model"),
    [
        (ours.LogsMetric, LogsMetricCreateAttributes),
        (ours.Compute, LogsMetricCompute),
        (ours.Filter, LogsMetricFilter),
        (ours.GroupBy, LogsMetricGroupBy),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model):
    assert unknown_to(model, client_model) == set()


def test_every_aggregation_of_the_client_is_allowed_and_no_other():
    allowed = words(ours.Compute.model_fields["aggregation_type"].annotation)
    assert allowed == values(LogsMetricComputeAggregationType)


def test_an_update_changes_of_compute_what_the_client_says():
    assert attributes(LogsMetricUpdateCompute) == {"include_percentiles"}


@pytest.mark.parametrize(
    "body",
    [
        COUNT,
        {**COUNT, "filter": {"query": "service:shop"}, "group_by": [{"path": "@http.status", "tag_name": "status"}]},
        {**COUNT, "compute": {**DURATION, "include_percentiles": True}, "group_by": [{"path": "service"}]},
    ],
)
def test_what_is_right_passes(body):
    assert faults(KIND, body) == {}


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"id": "1st.metric"}, ("id",), "begins with a letter"),
        ({"id": "a" * 201}, ("id",), "at most 200"),
        ({"compute": {"aggregation_type": "sum"}}, ("compute", "aggregation_type"), "'distribution'"),
        ({"compute": {"aggregation_type": "distribution"}}, ("compute", "path"), "needs the `path`"),
        ({"compute": {**DURATION, "aggregation_type": "count"}}, ("compute", "path"), "a count has none"),
        (
            {"compute": {"aggregation_type": "count", "include_percentiles": False}},
            ("compute", "include_percentiles"),
            "a count has none",
        ),
        ({"group_by": [{"tag_name": "a"}]}, ("group_by", 0, "path"), "required"),
        ({"filter": {"querry": "a"}}, ("filter", "querry"), "not permitted"),
        ({"tags": ["a"]}, ("tags",), "not permitted"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(change, place, says):
    found = faults(KIND, {**COUNT, **change})
    assert list(found) == [place]
    assert says in found[place]


def test_a_payload_has_the_name_that_the_metric_will_have():
    body = {**COUNT, "id": "shop-errors.5xx"}
    before = copy.deepcopy(body)
    assert KIND.payload(spec(KIND, body), SETTING) == {**COUNT, "id": "shop_errors.5xx"}
    assert body == before


@given(st.text())
def test_a_name_is_normalised_once(text):
    assert metric_name(metric_name(text)) == metric_name(text)
    assert len(metric_name(text)) == len(text)


def test_a_create_sends_all_and_an_update_what_can_change():
    body = {"id": "a", "compute": DURATION, "filter": {"query": "b"}}
    data = {"type": "logs_metrics", "attributes": {"compute": DURATION, "filter": {"query": "b"}}}
    assert WRAP(body, None) == {"data": {"id": "a", **data}}
    changes = {"compute": {"include_percentiles": False}, "filter": {"query": "b"}}
    assert WRAP(body, "a") == {"data": {"type": "logs_metrics", "attributes": changes}}
    assert WRAP(COUNT, "shop.errors") == {"data": {"type": "logs_metrics", "attributes": {}}}


@pytest.mark.parametrize(
    ("payload", "live", "differ"),
    [
        ({}, {"filter": {"query": "*"}, "group_by": []}, []),
        ({"id": "shop-errors"}, {"id": "shop_errors"}, []),
        ({"group_by": [{"path": "env"}]}, {"group_by": [{"path": "env", "tag_name": "env"}]}, []),
        (
            {"group_by": [{"path": "a", "tag_name": "a"}, {"path": "b", "tag_name": "b"}]},
            {"group_by": [{"path": "b", "tag_name": "b"}, {"path": "a", "tag_name": "a"}]},
            [],
        ),
        ({"compute": DURATION}, {"compute": {**DURATION, "include_percentiles": False}}, []),
        (
            {"compute": DURATION},
            {"compute": {**DURATION, "include_percentiles": True}},
            ["compute.include_percentiles"],
        ),
        ({"filter": {"query": "a"}}, {"filter": {"query": "b"}}, ["filter.query"]),
        ({"compute": DURATION}, {}, ["compute.aggregation_type", "compute.path"]),
    ],
)
def test_what_the_api_does_with_a_body_is_no_difference(payload, live, differ):
    found = differences(KIND, {**COUNT, **payload}, {**COUNT, **live})
    assert [change.path for change in found] == differ
