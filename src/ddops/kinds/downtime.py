"""Downtimes: times in which monitors change state and notify nobody.

Names in brackets are recorded cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ddops import reference
from ddops.kinds.contract import Body, Endpoint, Json, Kind, Normal, Paging, Setting, Spec, refuse, without
from ddops.location import NodePath
from ddops.marking import InText
from ddops.product import Model, shape
from ddops.query.scope import faults
from ddops.wire import json_api

READ_ONLY = frozenset(
    {
        # On every answer [test_get_a_downtime_returns_ok_response].
        *("id", "status", "created", "modified", "canceled"),
        # When a recurring one is on, or will be next [TestAccDowntimeScheduleBasicRecurring].
        "schedule.current_downtime",
        # Preview, in answers only (the client's DowntimeResponseAttributes).
        "run_as",
    }
)
"""Fields that the server alone writes."""


def _monitor_id(value: Any) -> Any:
    if isinstance(value, str):
        found = reference.parse(value)
        if found is None or found.target.kind != "monitor" or found.url:
            raise ValueError(f"'{value}' is neither a monitor's id nor a reference `${{monitor:KEY}}`")
    return value


def _moment(text: str) -> str:
    """The API takes times with an offset of zero only (the client's DowntimeScheduleOneTimeCreateUpdateRequest)."""
    at = _parsed(text)
    if at is None or at.utcoffset() is None:
        raise ValueError(f"'{text}' is no time in UTC, such as '2030-01-31T08:00:00Z'")
    if at.utcoffset() != UTC.utcoffset(None):
        raise ValueError(f"'{text}' has an offset; in UTC it is '{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'")
    return text


def _local(text: str) -> str:
    """A recurrence begins by the clock of the schedule's timezone (the client's …RecurrenceCreateUpdateRequest)."""
    at = _parsed(text)
    if at is None or at.tzinfo is not None:
        raise ValueError(f"'{text}' is no time without an offset, such as '2030-01-31T08:00:00'; `timezone` says where")
    return text


def _scope(text: str) -> str:
    """The server's words: `All values must have a key` [test_schedule_a_downtime_returns_bad_request_response]."""
    for fault in faults(text):
        raise ValueError(fault)
    return text


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


Text = Annotated[str, Field(min_length=1)]
Moment = Annotated[str, AfterValidator(_moment)]
LocalTime = Annotated[str, AfterValidator(_local)]
Length = Annotated[str, shape(r"\d+[mhdw]", "length of time, such as '30m', '2h', '1d' or '1w'")]
MonitorId = Annotated[int | str, BeforeValidator(_monitor_id)]
_OF_RRULE_ELSEWHERE = re.compile(r"\b(DTSTART|DTEND|DURATION)\b", re.IGNORECASE)


class MonitorIdentifier(Model):
    """One monitor, or all that have these tags (`["*"]`: every monitor)."""

    monitor_id: MonitorId | None = None
    monitor_tags: Annotated[list[Text], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.monitor_id is None) == (self.monitor_tags is None):
            raise ValueError("has `monitor_id` or `monitor_tags`, one of the two")
        return self


class Recurrence(Model):
    """Without a `start` it begins the moment that it is written."""

    rrule: Text
    duration: Length
    start: LocalTime | None = None

    @model_validator(mode="after")
    def _no_length_in_the_rule(self) -> Self:
        if found := _OF_RRULE_ELSEWHERE.search(self.rrule):
            refuse("recurrence", [(("rrule",), f"{found[1]} is not for `rrule`; `start` and `duration` say it")])
        return self


class Schedule(Model):
    """One stretch of time (no `start`: from now on; no `end`: for ever), or up to five that recur."""

    start: Moment | None = None
    end: Moment | None = None
    timezone: Text | None = None
    recurrences: Annotated[list[Recurrence], Field(min_length=1, max_length=5)] | None = None

    @model_validator(mode="after")
    def _once_or_again(self) -> Self:
        refuse("schedule", self._faults())
        return self

    def _faults(self) -> Iterator[tuple[NodePath, str]]:
        if self.recurrences is not None:
            for field in ("start", "end"):
                if getattr(self, field) is not None:
                    yield (field,), f"a schedule with `recurrences` has no `{field}` of its own"
        elif self.timezone is not None:
            yield ("timezone",), "goes with `recurrences`; `start` and `end` are in UTC"
        elif self.start is not None and self.end is not None and _utc(self.end) <= _utc(self.start):
            yield ("end",), "is not after `start`"


class Downtime(Model):
    scope: Annotated[str, Field(min_length=1), AfterValidator(_scope)]
    monitor_identifier: MonitorIdentifier
    message: str | None = None
    schedule: Schedule | None = None
    display_timezone: str | None = None
    mute_first_recovery_notification: bool | None = None
    notify_end_states: list[Literal["alert", "no data", "warn"]] | None = None
    notify_end_types: list[Literal["canceled", "expired"]] | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the API answers can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec. A downtime has no tags of its own."""
    return {**without(spec.body, READ_ONLY)}


def _utc(text: str) -> str:
    at = _parsed(text)
    return text if at is None or at.tzinfo is None else at.astimezone(UTC).isoformat()


def _in_utc(body: Body) -> Body:
    """Times in one form: `…Z` comes back as `…+00:00` [TestAccDowntimeScheduleChanged]."""
    schedule = body.get("schedule")
    if not isinstance(schedule, dict):
        return body
    times = {field: _utc(schedule[field]) for field in ("start", "end") if isinstance(schedule.get(field), str)}
    return {**body, "schedule": {**schedule, **times}}


def _from_now_on(payload: Body, live: Body) -> Iterator[str]:
    """Where a schedule names no start, the server writes when it was asked [TestAccDowntimeScheduleChanged]."""
    schedule = payload.get("schedule") or {}
    if schedule.get("start") is None:
        yield "schedule.start"
    if any(recurrence.get("start") is None for recurrence in schedule.get("recurrences") or ()):
        yield "schedule.recurrences[].start"


def refers(live: Body) -> Iterable[tuple[str, str]]:
    """The one monitor that it silences, if it is for one."""
    found: Json = (live.get("monitor_identifier") or {}).get("monitor_id")
    return () if found is None else (("monitor", str(found)),)


ALL_STATES = ["alert", "no data", "warn"]

KIND = Kind(
    name="downtime",
    collection="downtimes",
    model=Downtime,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v2/downtime",
        item="/api/v2/downtime/{id}",
        # The longest page is not documented; 30 is the default, and datadog-sync-cli asks for 100.
        paging=Paging(start="page[offset]", size="page[limit]", most=100, by="offset"),
        wire=json_api("downtime"),
        update="PATCH",
        listed="data",
        created="created",
        # DELETE cancels; what is cancelled stays readable [test_cancel_a_downtime_returns_ok_response].
        unlisted=lambda body: body.get("status") == "canceled" or body.get("canceled") is not None,
    ),
    normal=Normal(
        read_only=READ_ONLY,
        absent={
            # All of these are on every answer [test_cancel_a_downtime_returns_ok_response].
            "message": ("", None),
            "display_timezone": ("UTC", "", None),
            "mute_first_recovery_notification": (False, None),
            "notify_end_states": (ALL_STATES, None),
            "notify_end_types": (["expired"], None),
            "schedule": ({}, None),
            "schedule.start": (None,),
            "schedule.end": (None,),
            "schedule.timezone": (None,),
            "schedule.recurrences[].start": (None,),
            "monitor_identifier.*": (None,),
        },
        # Each read of one object gives its states in another order [test_get_a_downtime_returns_ok_response].
        unordered=frozenset({"notify_end_states", "notify_end_types", "monitor_identifier.monitor_tags"}),
        # What the server writes where none is sent is not recorded.
        if_set=frozenset({"schedule.timezone"}),
        conditional=_from_now_on,
        rewritten=_in_utc,
    ),
    # PATCH keeps what is not sent (the client: every attribute is optional).
    blank={
        "display_timezone": "UTC",
        "mute_first_recovery_notification": False,
        "notify_end_states": ALL_STATES,
        "notify_end_types": ["expired"],
        "schedule": {"start": None, "end": None},
    },
    id_as_number=frozenset({"monitor_id"}),
    marking=InText("message"),
    refers=refers,
    web="/monitors/downtimes?downtimeId={id}",
)
