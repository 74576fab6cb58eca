"""When and how a test runs, and what its monitor does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ddops.kinds.synthetics_test.assertion import Text
from ddops.kinds.synthetics_test.request import HttpVersion
from ddops.kinds.synthetics_test.steps import Retry
from ddops.product import Model

SECONDS_A_WEEK = 604_800


class MonitorOptions(Model):
    """Those of the monitor that Datadog keeps for a test."""

    renotify_interval: Annotated[int, Field(ge=0)] | None = None
    renotify_occurrences: int | None = None
    escalation_message: str | None = None
    notification_preset_name: (
        Literal[
            "show_all",
            "hide_all",
            "hide_query",
            "hide_handles",
            "hide_query_and_handles",
            "show_only_snapshot",
            "hide_handles_and_footer",
        ]
        | None
    ) = None
    # A create adds these, and an export has them; the client does not know them.
    include_tags: bool | None = None
    locked: bool | None = None
    new_host_delay: int | None = None
    notify_audit: bool | None = None
    notify_no_data: bool | None = None
    on_missing_data: str | None = None


class Timeframe(Model):
    """`day` 1 is Monday; times are `HH:MM`."""

    day: Annotated[int, Field(ge=1, le=7)]
    from_: Annotated[str, Field(alias="from")]
    to: str


class Scheduling(Model):
    timeframes: list[Timeframe]
    timezone: str


class Ci(Model):
    executionRule: Literal["blocking", "non_blocking", "skipped"]


class Rum(Model):
    isEnabled: bool
    applicationId: str | None = None
    clientTokenId: int | None = None


class MobileApplication(Model):
    applicationId: Annotated[str, Field(max_length=1500)]
    referenceId: Annotated[str, Field(max_length=1500)]
    referenceType: Literal["latest", "version"]


class Binding(Model):
    relation: Literal["editor", "viewer"] | None = None
    principals: list[str] | None = None


class Options(Model):
    """`tick_every` is in seconds: how often the test runs."""

    tick_every: Annotated[int, Field(ge=30, le=SECONDS_A_WEEK)]
    retry: Retry | None = None
    min_failure_duration: Annotated[int, Field(ge=0, le=7200)] | None = None
    min_location_failed: int | None = None
    scheduling: Scheduling | None = None
    ci: Ci | None = None
    restricted_roles: list[str] | None = None
    monitor_name: str | None = None
    monitor_priority: Annotated[int, Field(ge=1, le=5)] | None = None
    monitor_options: MonitorOptions | None = None
    bits_ai_auto_investigate: bool | None = None
    # API and browser tests
    accept_self_signed: bool | None = None
    allow_insecure: bool | None = None
    checkCertificateRevocation: bool | None = None
    disableAiaIntermediateFetching: bool | None = None
    follow_redirects: bool | None = None
    httpVersion: HttpVersion | None = None
    ignoreServerCertificateError: bool | None = None
    ignore_certificate_validation: bool | None = None
    # Browser tests
    blockedRequestPatterns: list[str] | None = None
    captureNetworkPayloads: bool | None = None
    device_ids: list[Text] | None = None
    disableCors: bool | None = None
    disableCsp: bool | None = None
    enableProfiling: bool | None = None
    enableSecurityTesting: bool | None = None
    initialNavigationTimeout: int | None = None
    noScreenshot: bool | None = None
    rumSettings: Rum | None = None
    # Mobile tests
    allowApplicationCrash: bool | None = None
    bindings: list[Binding] | None = None
    defaultStepTimeout: Annotated[int, Field(ge=1, le=300)] | None = None
    disableAutoAcceptAlert: bool | None = None
    mobileApplication: MobileApplication | None = None
    verbosity: Annotated[int, Field(ge=0, le=5)] | None = None
