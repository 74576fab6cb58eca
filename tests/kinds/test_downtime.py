import copy

import pytest
from datadog_api_client.v2.model.downtime_create_request_attributes import DowntimeCreateRequestAttributes
from datadog_api_client.v2.model.downtime_monitor_identifier_id import DowntimeMonitorIdentifierId
from datadog_api_client.v2.model.downtime_monitor_identifier_tags import DowntimeMonitorIdentifierTags
from datadog_api_client.v2.model.downtime_notify_end_state_actions import DowntimeNotifyEndStateActions
from datadog_api_client.v2.model.downtime_notify_end_state_types import DowntimeNotifyEndStateTypes
from datadog_api_client.v2.model.downtime_response_attributes import DowntimeResponseAttributes
from datadog_api_client.v2.model.downtime_schedule_one_time_create_update_request import (
    DowntimeScheduleOneTimeCreateUpdateRequest,
)
from datadog_api_client.v2.model.downtime_schedule_one_time_response import DowntimeScheduleOneTimeResponse
from datadog_api_client.v2.model.downtime_schedule_recurrence_create_update_request import (
    DowntimeScheduleRecurrenceCreateUpdateRequest,
)
from datadog_api_client.v2.model.downtime_schedule_recurrences_create_request import (
    DowntimeScheduleRecurrencesCreateRequest,
)
from datadog_api_client.v2.model.downtime_schedule_recurrences_response import DowntimeScheduleRecurrencesResponse
from datadog_api_client.v2.model.downtime_update_request_attributes import DowntimeUpdateRequestAttributes

from ddops.address import Marker
from ddops.kinds import downtime as ours
from ddops.kinds.contract import mark, owner, unmark
from ddops.kinds.downtime import KIND
from ddops.plan.compare import differences
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

ALL = {"monitor_tags": ["*"]}
BODY = {"scope": "env:prod", "monitor_identifier": ALL}
DAILY = {"rrule": "FREQ=DAILY;INTERVAL=1", "duration": "1h"}


@pytest.mark.parametrize(
    ("model", "client_model", "below"),
    [
        (ours.Downtime, DowntimeCreateRequestAttributes, ""),
        (ours.Downtime, DowntimeUpdateRequestAttributes, ""),
        (ours.Downtime, DowntimeResponseAttributes, ""),
        (ours.MonitorIdentifier, DowntimeMonitorIdentifierId, "-"),
        (ours.MonitorIdentifier, DowntimeMonitorIdentifierTags, "-"),
        (ours.Schedule, DowntimeScheduleOneTimeCreateUpdateRequest, "schedule."),
        (ours.Schedule, DowntimeScheduleOneTimeResponse, "schedule."),
        (ours.Schedule, DowntimeScheduleRecurrencesCreateRequest, "schedule."),
        (ours.Schedule, DowntimeScheduleRecurrencesResponse, "schedule."),
        (ours.Recurrence, DowntimeScheduleRecurrenceCreateUpdateRequest, "-"),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model, below):
    assert unknown_to(model, client_model, ours.READ_ONLY, below) == set()


@pytest.mark.parametrize(
    ("field", "client_enum"),
    [("notify_end_states", DowntimeNotifyEndStateTypes), ("notify_end_types", DowntimeNotifyEndStateActions)],
)
def test_every_value_of_the_client_is_allowed_and_no_other(field, client_enum):
    assert words(ours.Downtime.model_fields[field].annotation) == values(client_enum)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"scope": "*"},
        {"scope": 'env:(staging OR prod) AND NOT service:"two words"'},
        {"monitor_identifier": {"monitor_id": 7}},
        {"monitor_identifier": {"monitor_id": "${monitor:rms/api.prod}"}},
        {"schedule": {"start": None, "end": "2042-01-02T03:04:05Z"}},
        {"schedule": {"start": "2042-01-02T03:04:05+00:00"}},
        {"schedule": {"timezone": "America/New_York", "recurrences": [{**DAILY, "start": "2042-07-13T01:02:03"}]}},
        {"id": "x", "status": "active", "schedule": {"recurrences": [DAILY], "current_downtime": {"start": "x"}}},
    ],
)
def test_what_is_right_passes(change):
    assert faults(KIND, {**BODY, **change}) == {}


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"scope": "prod"}, ("scope",), "'prod' has no key"),
        ({"scope": "env:(prod"}, ("scope",), "without its `)`"),
        ({"scope": ""}, ("scope",), "at least 1"),
        ({"monitor_identifier": {}}, ("monitor_identifier",), "one of the two"),
        ({"monitor_identifier": {**ALL, "monitor_id": 1}}, ("monitor_identifier",), "one of the two"),
        ({"monitor_identifier": {"monitor_tags": []}}, ("monitor_identifier", "monitor_tags"), "at least 1"),
        ({"schedule": {"start": "2042-01-02T03:04:05"}}, ("schedule", "start"), "no time in UTC"),
        ({"schedule": {"start": "tomorrow"}}, ("schedule", "start"), "no time in UTC"),
        ({"schedule": {"start": "2042-01-02T03:04:05-05:00"}}, ("schedule", "start"), "'2042-01-02T08:04:05Z'"),
        (
            {"schedule": {"start": "2042-01-02T00:00:00Z", "end": "2042-01-01T00:00:00Z"}},
            ("schedule", "end"),
            "not after `start`",
        ),
        ({"schedule": {"timezone": "UTC"}}, ("schedule", "timezone"), "goes with `recurrences`"),
        ({"schedule": {"recurrences": [DAILY], "end": "2042-01-01T00:00:00Z"}}, ("schedule", "end"), "no `end`"),
        ({"schedule": {"recurrences": [DAILY] * 6}}, ("schedule", "recurrences"), "at most 5"),
        (
            {"schedule": {"recurrences": [{**DAILY, "duration": "1 hour"}]}},
            ("schedule", "recurrences", 0, "duration"),
            "'1d' or '1w'",
        ),
        (
            {"schedule": {"recurrences": [{**DAILY, "rrule": "DTSTART=2020;FREQ=DAILY"}]}},
            ("schedule", "recurrences", 0, "rrule"),
            "DTSTART",
        ),
        (
            {"schedule": {"recurrences": [{**DAILY, "start": "2042-07-13T01:02:03Z"}]}},
            ("schedule", "recurrences", 0, "start"),
            "without an offset",
        ),
        ({"notify_end_states": ["ok"]}, ("notify_end_states", 0), "'alert'"),
        ({"name": "n"}, ("name",), "not permitted"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(change, place, says):
    found = faults(KIND, {**BODY, **change})
    assert list(found) == [place]
    assert says in found[place]


@pytest.mark.parametrize("wrong", ["12", "${slo:rms/a}", "${monitor:rms/a.url}"])
def test_a_monitors_id_is_a_number_or_a_reference(wrong):
    found = faults(KIND, {**BODY, "monitor_identifier": {"monitor_id": wrong}})
    assert all(place[:2] == ("monitor_identifier", "monitor_id") for place in found)
    assert found


LIVE = {
    "id": "83718756-0187-11ee-8c18-da7ad0900002",
    "canceled": None,
    "display_timezone": "UTC",
    "message": "m",
    "monitor_identifier": ALL,
    "mute_first_recovery_notification": False,
    "notify_end_states": ["no data", "warn", "alert"],
    "notify_end_types": ["expired"],
    "schedule": {"end": None, "start": "2023-06-02T20:53:23.238403+00:00"},
    "scope": "env:prod",
    "status": "active",
}
RECURRING = {
    "current_downtime": {"start": "2042-07-13T06:02:03+00:00", "end": "2042-07-13T07:02:03+00:00"},
    "recurrences": [{**DAILY, "start": "2042-07-13T01:02:03"}],
    "timezone": "UTC",
}


@pytest.mark.parametrize(
    ("payload", "live", "changed"),
    [
        ({}, {}, []),
        ({"schedule": None}, {}, []),
        ({"schedule": {"start": None}}, {}, []),
        ({"schedule": {"end": "2042-01-02T00:00:00Z"}}, {}, ["schedule.end"]),
        ({"schedule": {"start": "2042-01-02T00:00:00Z"}}, {}, ["schedule.start"]),
        (
            {"schedule": {"start": "2042-01-02T00:00:00Z"}},
            {"schedule": {"start": "2042-01-02T00:00:00+00:00", "end": None}},
            [],
        ),
        ({"schedule": {"recurrences": [DAILY]}}, {"schedule": RECURRING}, []),
        ({"schedule": {"recurrences": [{**DAILY, "duration": "2h"}]}}, {"schedule": RECURRING}, ["duration"]),
        ({"schedule": {"recurrences": [DAILY], "timezone": "Asia/Tokyo"}}, {"schedule": RECURRING}, ["timezone"]),
        ({"notify_end_states": ["warn", "alert", "no data"]}, {}, []),
        ({"notify_end_states": ["warn"]}, {}, ["notify_end_states"]),
        ({"display_timezone": ""}, {}, []),
    ],
)
def test_what_the_server_fills_in_is_no_difference(payload, live, changed):
    found = [change.path for change in differences(KIND, {**BODY, "message": "m", **payload}, {**LIVE, **live})]
    assert len(found) == len(changed)
    assert all(path.endswith(end) for path, end in zip(found, changed, strict=True))


def test_the_marker_is_the_last_line_of_the_message():
    body = {**BODY, "message": "Planned work. @slack-a"}
    before = copy.deepcopy(body)
    marker = Marker("va", "rms", "api")
    sent = mark(KIND, KIND.payload(spec(KIND, body), SETTING), marker, protected=False)
    assert sent["message"] == "Planned work. @slack-a\n\nddops:va/rms/api"
    held = owner(KIND, sent)
    assert held is not None
    assert held.marker == marker
    assert unmark(KIND, sent) == body == before


def test_a_downtime_needs_its_monitor():
    assert list(KIND.refers({"monitor_identifier": {"monitor_id": 7}})) == [("monitor", "7")]
    assert list(KIND.refers(LIVE)) == []


def test_what_is_cancelled_is_not_there():
    assert KIND.endpoint.unlisted({**LIVE, "status": "canceled"})
    assert KIND.endpoint.unlisted({**LIVE, "canceled": "2023-06-02T20:53:23.252025+00:00"})
    assert not KIND.endpoint.unlisted(LIVE)
