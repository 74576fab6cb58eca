import copy

import pytest
from datadog_api_client.v1.model.monitor import Monitor as ClientMonitor
from datadog_api_client.v1.model.monitor_asset import MonitorAsset
from datadog_api_client.v1.model.monitor_asset_category import MonitorAssetCategory
from datadog_api_client.v1.model.monitor_asset_resource_type import MonitorAssetResourceType
from datadog_api_client.v1.model.monitor_draft_status import MonitorDraftStatus
from datadog_api_client.v1.model.monitor_formula_and_function_query_definition import (
    MonitorFormulaAndFunctionQueryDefinition,
)
from datadog_api_client.v1.model.monitor_options import MonitorOptions
from datadog_api_client.v1.model.monitor_options_custom_schedule import MonitorOptionsCustomSchedule
from datadog_api_client.v1.model.monitor_options_custom_schedule_recurrence import (
    MonitorOptionsCustomScheduleRecurrence,
)
from datadog_api_client.v1.model.monitor_options_notification_presets import MonitorOptionsNotificationPresets
from datadog_api_client.v1.model.monitor_options_scheduling_options import MonitorOptionsSchedulingOptions
from datadog_api_client.v1.model.monitor_options_scheduling_options_evaluation_window import (
    MonitorOptionsSchedulingOptionsEvaluationWindow,
)
from datadog_api_client.v1.model.monitor_renotify_status_type import MonitorRenotifyStatusType
from datadog_api_client.v1.model.monitor_threshold_window_options import MonitorThresholdWindowOptions
from datadog_api_client.v1.model.monitor_thresholds import MonitorThresholds
from datadog_api_client.v1.model.monitor_type import MonitorType as ClientMonitorType
from datadog_api_client.v1.model.on_missing_data_option import OnMissingDataOption
from hypothesis import given
from hypothesis import strategies as st

from ddops.kinds.contract import Setting
from ddops.kinds.monitor import KIND
from ddops.kinds.monitor import options as ours
from ddops.kinds.monitor.model import Asset, Monitor, MonitorType
from ddops.kinds.monitor.normal import READ_ONLY
from ddops.product import Product
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import PRODUCT, SETTING, faults, spec

BODY = {"name": "5xx", "type": "query alert", "query": "avg(last_5m):avg:a.b{*} > 1"}


@pytest.mark.parametrize(
    ("model", "client_model", "below"),
    [
        (Monitor, ClientMonitor, ""),
        (Asset, MonitorAsset, "assets[]."),
        (ours.Options, MonitorOptions, "options."),
        (ours.Thresholds, MonitorThresholds, "options.thresholds."),
        (ours.ThresholdWindows, MonitorThresholdWindowOptions, "options.threshold_windows."),
        (ours.SchedulingOptions, MonitorOptionsSchedulingOptions, "options.scheduling_options."),
        (ours.EvaluationWindow, MonitorOptionsSchedulingOptionsEvaluationWindow, "-"),
        (ours.CustomSchedule, MonitorOptionsCustomSchedule, "-"),
        (ours.Recurrence, MonitorOptionsCustomScheduleRecurrence, "-"),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model, below):
    assert unknown_to(model, client_model, READ_ONLY, below) == set()


@pytest.mark.parametrize(
    ("annotation", "client_enum"),
    [
        (MonitorType, ClientMonitorType),
        (Monitor.model_fields["draft_status"].annotation, MonitorDraftStatus),
        (Asset.model_fields["category"].annotation, MonitorAssetCategory),
        (Asset.model_fields["resource_type"].annotation, MonitorAssetResourceType),
        (ours.NotificationPreset, MonitorOptionsNotificationPresets),
        (ours.Options.model_fields["on_missing_data"].annotation, OnMissingDataOption),
        (ours.Options.model_fields["renotify_statuses"].annotation, MonitorRenotifyStatusType),
    ],
)
def test_every_value_of_the_client_is_allowed_and_no_other(annotation, client_enum):
    assert words(annotation) == values(client_enum)


def test_every_data_source_of_the_client_is_known_with_what_it_needs():
    sources = set()
    for definition in MonitorFormulaAndFunctionQueryDefinition._composed_schemas["oneOf"]:
        data_source = definition.openapi_types.get("data_source")
        if data_source is not None:
            sources |= values(data_source[0])
    assert set(ours.REQUIRED) == words(ours.DataSource) == sources


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"type": "metrics alert"}, ("type",), "'query alert'"),
        ({"priority": 6}, ("priority",), "less than or equal to 5"),
        ({"priority": "3"}, ("priority",), "valid integer"),
        ({"name": ""}, ("name",), "at least 1 character"),
        ({"prioritty": 3}, ("prioritty",), "not permitted"),
        ({"options": {"timeout_h": 25}}, ("options", "timeout_h"), "less than or equal to 24"),
        ({"options": {"treshold": {}}}, ("options", "treshold"), "not permitted"),
        ({"options": {"thresholds": {"critical": "5"}}}, ("options", "thresholds", "critical"), "valid number"),
        ({"options": {"on_missing_data": "show"}}, ("options", "on_missing_data"), "'show_no_data'"),
        ({"options": {"renotify_statuses": ["warning"]}}, ("options", "renotify_statuses", 0), "'warn'"),
        ({"options": {"min_failure_duration": 7201}}, ("options", "min_failure_duration"), "7200"),
        ({"options": {"group_retention_duration": "2 days"}}, ("options", "group_retention_duration"), "duration"),
        (
            {"options": {"scheduling_options": {"evaluation_window": {"hour_starts": 1, "day_starts": "04:00"}}}},
            ("options", "scheduling_options", "evaluation_window", "hour_starts"),
            "stands alone",
        ),
        (
            {"options": {"scheduling_options": {"evaluation_window": {"month_starts": 1}}}},
            ("options", "scheduling_options", "evaluation_window", "month_starts"),
            "goes with `day_starts`",
        ),
        (
            {"options": {"scheduling_options": {"custom_schedule": {"recurrences": []}}}},
            ("options", "scheduling_options", "custom_schedule", "recurrences"),
            "at least 1 item",
        ),
        ({"options": {"variables": [{"name": "a"}]}}, ("options", "variables", 0), "needs a `data_source`"),
        (
            {"options": {"variables": [{"name": "a", "data_source": "logs"}]}},
            ("options", "variables", 0),
            "a variable of `logs` needs `compute`",
        ),
        (
            {"options": {"variables": [{"name": "a", "data_source": "metric"}]}},
            ("options", "variables", 0, "data_source"),
            "'metrics'",
        ),
        ({"options": {"variables": [{"name": "a", "job_type": "x"}]}}, ("options", "variables", 0), "`jobs_query`"),
        ({"routes": {"add": ["x"], "only": []}}, ("routes", "only"), "not permitted"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(change, place, says):
    found = faults(KIND, {**BODY, **change})
    assert list(found) == [place]
    assert says in found[place]


def test_an_export_of_the_ui_can_be_pasted():
    export = {
        **BODY,
        "id": 1,
        "created": "2024-01-01T00:00:00+00:00",
        "creator": {"name": "x"},
        "overall_state": "OK",
        "classification": "metric",
        "options": {"silenced": {}, "locked": False, "thresholds": {"critical": 1, "period": {}}},
    }
    assert faults(KIND, export) == {}
    body = KIND.payload(spec(KIND, export), SETTING)
    assert set(body) == {*BODY, "options", "tags", "message"}
    assert body["options"] == {"thresholds": {"critical": 1}}


def test_a_payload_is_the_spec_and_what_ddops_adds():
    body = {**BODY, "message": "It answers 5xx.\n", "runbook": "errors", "tags": ["tier:1", "service:own"]}
    assert KIND.payload(spec(KIND, body, env="prod"), SETTING) == {
        **BODY,
        # `env` is a tag of the product already: the first wins.
        "tags": ["tier:1", "service:own", "team:rms", "env:none"],
        "message": "It answers 5xx.\n\nRunbook: https://example.com/blob/main/runbooks/rms.md#errors\n\n@slack-rms-alerts",
    }


def test_a_payload_keeps_the_order_of_the_spec():
    body = {"query": BODY["query"], "priority": 2, "type": "query alert", "name": "n", "options": {}, "message": "m"}
    assert list(KIND.payload(spec(KIND, body), SETTING)) == [*body, "tags"]


def test_variables_become_tags_and_choose_routes():
    body = KIND.payload(spec(KIND, {**BODY, "tags": ["env:prod"]}, region="us"), SETTING)
    assert body["tags"] == ["env:prod", "team:rms", "service:RMS-api", "region:us"]
    assert body["message"] == (
        "@slack-rms-alerts\n{{#is_alert}}\n@pagerduty-RMS\n{{/is_alert}}\n{{#is_recovery}}\n@pagerduty-RMS\n{{/is_recovery}}"
    )


@pytest.mark.parametrize(
    ("runbook", "source_url", "link"),
    [
        ({"file": "runbooks/rms.md"}, None, "runbooks/rms.md#errors"),
        ({"file": "runbooks/rms.md"}, "https://example.com", "https://example.com/runbooks/rms.md#errors"),
        ({"url": "https://wiki/p", "sections": ["errors"]}, "https://example.com", "https://wiki/p#errors"),
    ],
)
def test_the_runbook_link_leads_to_the_section(runbook, source_url, link):
    product = Product.model_validate({"product": "rms", "title": "R", "org": "o", "team": "t", "runbook": runbook})
    body = {**BODY, "runbook": "errors"}
    payload = KIND.payload(spec(KIND, body, product), Setting(workspace="va", source_url=source_url))
    assert payload["message"] == f"Runbook: {link}"


@pytest.mark.parametrize(
    ("live", "needs"),
    [
        (
            {"type": "composite", "query": "12 && !(34 || 12)"},
            [("monitor", "12"), ("monitor", "34"), ("monitor", "12")],
        ),
        ({"type": "slo alert", "query": 'error_budget("a1").over("7d") > 75'}, [("slo", "a1")]),
        ({"type": "slo alert", "query": 'burn_rate("b2").over("7d").long_window("1h") > 9'}, [("slo", "b2")]),
        (BODY, []),
    ],
)
def test_a_monitor_needs_what_its_query_names(live, needs):
    assert list(KIND.refers(live)) == needs


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "message": st.text() | st.none(),
            "tags": st.lists(st.text(min_size=1)) | st.none(),
            "priority": st.integers(1, 5) | st.none(),
            "options": st.dictionaries(st.sampled_from(["silenced", "timeout_h"]), st.integers()),
            "routes": st.just({"add": [], "skip": []}),
            "id": st.integers(),
        },
    )
)
def test_a_payload_is_pure(extra):
    one = spec(KIND, {**BODY, **extra}, PRODUCT, env="prod")
    before = copy.deepcopy(one.body)
    first = KIND.payload(one, SETTING)
    first["name"] = "changed"
    assert one.body == before
    assert KIND.payload(one, SETTING) == {**first, "name": BODY["name"]}
    assert not set(first) & KIND.ours
