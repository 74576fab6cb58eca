import copy

import pytest
from datadog_api_client.v1.model.service_level_objective import ServiceLevelObjective
from datadog_api_client.v1.model.service_level_objective_query import ServiceLevelObjectiveQuery
from datadog_api_client.v1.model.service_level_objective_request import ServiceLevelObjectiveRequest
from datadog_api_client.v1.model.slo_count_definition_with_bad_events_formula import (
    SLOCountDefinitionWithBadEventsFormula,
)
from datadog_api_client.v1.model.slo_count_definition_with_total_events_formula import (
    SLOCountDefinitionWithTotalEventsFormula,
)
from datadog_api_client.v1.model.slo_formula import SLOFormula
from datadog_api_client.v1.model.slo_threshold import SLOThreshold
from datadog_api_client.v1.model.slo_time_slice_comparator import SLOTimeSliceComparator
from datadog_api_client.v1.model.slo_time_slice_condition import SLOTimeSliceCondition
from datadog_api_client.v1.model.slo_time_slice_interval import SLOTimeSliceInterval
from datadog_api_client.v1.model.slo_time_slice_query import SLOTimeSliceQuery
from datadog_api_client.v1.model.slo_timeframe import SLOTimeframe
from datadog_api_client.v1.model.slo_type import SLOType

from ddops.kinds import slo as ours
from ddops.kinds.slo import KIND
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

WEEK = {"timeframe": "7d", "target": 99.5}
RATIO = {"numerator": "sum:a{ok:1}.as_count()", "denominator": "sum:a{*}.as_count()"}
METRIC = {"name": "api", "type": "metric", "thresholds": [WEEK], "query": RATIO}
QUERIES = [{"data_source": "metrics", "name": "q1", "query": "avg:a{*}"}]
SLICE = {"comparator": ">", "threshold": 1, "query": {"formulas": [{"formula": "q1"}], "queries": QUERIES}}


@pytest.mark.parametrize(
    ("model", "client_model", "below"),
    [
        (ours.Slo, ServiceLevelObjective, ""),
        (ours.Slo, ServiceLevelObjectiveRequest, ""),
        (ours.Ratio, ServiceLevelObjectiveQuery, "-"),
        (ours.Threshold, SLOThreshold, "thresholds[]."),
        (ours.Count, SLOCountDefinitionWithBadEventsFormula, "-"),
        (ours.Count, SLOCountDefinitionWithTotalEventsFormula, "-"),
        (ours.Formula, SLOFormula, "-"),
        (ours.TimeSlice, SLOTimeSliceCondition, "-"),
        (ours.TimeSliceQuery, SLOTimeSliceQuery, "-"),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model, below):
    assert unknown_to(model, client_model, ours.READ_ONLY, below) == set()


@pytest.mark.parametrize(
    ("annotation", "client_values"),
    [
        (ours.Slo.model_fields["type"].annotation, values(SLOType)),
        # `custom` is for reading the history of any stretch of time; no threshold can have it.
        (ours.Timeframe, values(SLOTimeframe) - {"custom"}),
        (ours.TimeSlice.model_fields["comparator"].annotation, values(SLOTimeSliceComparator)),
        (ours.TimeSlice.model_fields["query_interval_seconds"].annotation, values(SLOTimeSliceInterval)),
    ],
)
def test_every_value_of_the_client_is_allowed_and_no_other(annotation, client_values):
    assert words(annotation) == client_values


@pytest.mark.parametrize(
    "body",
    [
        METRIC,
        {**METRIC, "thresholds": [{**WEEK, "warning": 99.9}, {"timeframe": "30d", "target": 99}]},
        {"name": "n", "type": "monitor", "thresholds": [WEEK], "monitor_ids": [1, "${monitor:rms/a.prod}"]},
        {"name": "n", "type": "time_slice", "thresholds": [WEEK], "sli_specification": {"time_slice": SLICE}},
    ],
)
def test_what_is_right_passes(body):
    assert faults(KIND, body) == {}


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"query": None}, ("type",), "needs `query` or `sli_specification.count`"),
        ({"type": "monitor", "query": None}, ("type",), "needs `monitor_ids`"),
        ({"type": "time_slice", "query": None}, ("type",), "needs `sli_specification.time_slice`"),
        ({"monitor_ids": [1]}, ("monitor_ids",), "goes with an SLO of type `monitor`"),
        ({"sli_specification": {"time_slice": SLICE}}, ("sli_specification", "time_slice"), "type `time_slice`"),
        ({"thresholds": []}, ("thresholds",), "at least 1 item"),
        ({"thresholds": [WEEK, WEEK]}, ("thresholds", 1, "timeframe"), "two thresholds are for 7d"),
        ({"thresholds": [{**WEEK, "target": 100}]}, ("thresholds", 0, "target"), "less than 100"),
        ({"thresholds": [{**WEEK, "target": 0}]}, ("thresholds", 0, "target"), "greater than 0"),
        ({"thresholds": [{**WEEK, "warning": 99.5}]}, ("thresholds", 0, "warning"), "above the target 99.5"),
        ({"thresholds": [{**WEEK, "timeframe": "1d"}]}, ("thresholds", 0, "timeframe"), "'30d'"),
        ({"timeframe": "30d"}, ("timeframe",), "that of no threshold"),
        ({"tags": ["env:prod", "Team:x"]}, ("tags", 1), "lower case, 'team:x'"),
        (
            {
                "query": None,
                "sli_specification": {"count": {"good_events_formula": {"formula": "q1"}, "queries": QUERIES}},
            },
            ("sli_specification", "count"),
            "one of the two",
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_place(change, place, says):
    found = faults(KIND, {**METRIC, **change})
    assert list(found) == [place]
    assert says in found[place]


@pytest.mark.parametrize("wrong", ["12", "${slo:rms/a}", "${monitor:rms/a.url}", True, 1.5])
def test_a_monitors_id_is_a_number_or_a_reference(wrong):
    body = {"name": "n", "type": "monitor", "thresholds": [WEEK], "monitor_ids": [wrong]}
    assert all(place[:2] == ("monitor_ids", 0) for place in faults(KIND, body))
    assert faults(KIND, body)


def test_a_payload_has_the_products_tags_in_lower_case():
    body = {**METRIC, "id": "ab", "creator": {}, "tags": ["tier:1"], "thresholds": [{**WEEK, "target_display": "99.5"}]}
    before = copy.deepcopy(body)
    payload = KIND.payload(spec(KIND, body, region="US"), SETTING)
    assert payload == {**METRIC, "tags": ["tier:1", "team:rms", "service:rms-api", "env:none", "region:us"]}
    assert body == before


def test_an_slo_needs_its_monitors():
    assert list(KIND.refers({"monitor_ids": [1, 2]})) == [("monitor", "1"), ("monitor", "2")]
    assert list(KIND.refers(METRIC)) == []
