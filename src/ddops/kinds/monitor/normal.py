"""What the API does with a monitor's fields, as data.

Names in brackets are recorded cases or sections of the reference's page on monitor options.
"""

from __future__ import annotations

from collections.abc import Iterable

from ddops.kinds.contract import Body, Normal, without

READ_ONLY = frozenset(
    {
        # On every answer (test_create_a_*_monitor_returns_ok_response).
        *("id", "org_id", "created", "created_at", "creator", "modified", "deleted", "multi"),
        *("overall_state", "overall_state_modified"),
        # On some reads: with `group_states`, `with_downtimes`, or in older answers [1].
        *("state", "matching_downtimes", "run_as", "restricted", "url", "author_handle"),
        # In the UI's exports; the API drops them or keeps them as it likes [permadrift table].
        *("classification", "options.restriction_query"),
        *("options.thresholds.period", "options.thresholds.timeAggregator", "options.thresholds.comparison"),
        # Mutes are made on call, and are downtimes today; `silenced: {}` is added to every answer.
        "options.silenced",
        # Deprecated for roles; dropped or echoed (TestAccDatadogMonitor_Basic), and sometimes added.
        "options.locked",
        # A synthetic test's monitor belongs to the test. `aggregation` and `device_ids` are read-only in the client.
        *("options.synthetics_check_id", "options.device_ids", "options.aggregation"),
        # Undocumented, added to some answers.
        "options.avalanche_window",
        # Each asset comes back with these beside what was sent (TestAccDatadogMonitor_Assets).
        *("assets[].monitor_id", "assets[].template_variables", "assets[].options"),
    }
)


def _unseen(payload: Body, live: Body) -> Iterable[str]:
    """Paths that no read shows."""
    # Shown only by a read that asks for them (`with_assets`, `with_restriction_policy`); any other has them missing,
    # null or empty, whatever the monitor has (TestAccDatadogMonitor_Assets). So nothing there is no difference: what
    # the spec says goes along with a create and with the next update.
    return [field for field in ("assets", "restriction_policy") if not live.get(field)]


def _effective(body: Body) -> Body:
    """The body without options that another one overrules, or for which the server drops them."""
    return without(body, _overruled(body))


def _overruled(body: Body) -> Iterable[str]:
    options = body.get("options") or {}
    schedule = (options.get("scheduling_options") or {}).get("custom_schedule")
    # Stored only where a no-data notification is on; else missing or null [2: no_data_timeframe].
    if not options.get("notify_no_data"):
        yield "options.no_data_timeframe"
    # A custom schedule always evaluates partial windows [permadrift table].
    if schedule:
        yield "options.require_full_window"
    # "Send either this or new_host_delay, any value of it overrides the other" [2: new_group_delay].
    if options.get("new_group_delay") is not None:
        yield "options.new_host_delay"


NORMAL = Normal(
    read_only=READ_ONLY,
    absent={
        "message": ("", None),
        "tags": ([], None),
        "priority": (None, 0),
        "options": ({}, None),
        "draft_status": ("published", None),
        "restricted_roles": ([], None),
        "restriction_policy": (None,),
        "assets": ([], None),
        "assets[].*": (None,),
        # An option that was sent as null is echoed as null; one that was not sent is missing [permadrift table].
        "options.*": (None,),
        # Added where they are not sent; for a service check also dropped where they are [3].
        "options.notify_no_data": (False,),
        "options.notify_audit": (False,),
        "options.include_tags": (True,),
        "options.new_host_delay": (300,),
        "options.groupby_simple_monitor": (False,),
        # Not returned where it is the default [2].
        "options.on_missing_data": ("default",),
        "options.notification_preset_name": ("show_all",),
        "options.require_full_window": (False,),
        "options.enable_logs_sample": (False,),
        "options.min_failure_duration": (0,),
        "options.min_location_failed": (1,),
        # Zero, nothing and missing are used for each other [permadrift table].
        "options.evaluation_delay": (0, ""),
        "options.renotify_interval": (0,),
        "options.renotify_occurrences": (0,),
        "options.renotify_statuses": ([],),
        "options.timeout_h": (0,),
        "options.escalation_message": ("",),
        "options.notify_by": ([],),
        "options.variables": ([],),
        # An empty object disappears, and so does a null in it [permadrift table].
        "options.thresholds": ({},),
        "options.thresholds.*": (None,),
        "options.threshold_windows": ({},),
        "options.threshold_windows.*": (None,),
        "options.scheduling_options": ({},),
        "options.scheduling_options.*": ({}, None),
        "options.scheduling_options.evaluation_window.*": (None,),
    },
    unordered=frozenset({"tags", "restricted_roles", "options.notify_by", "options.renotify_statuses"}),
    trimmed=frozenset({"name", "query", "message", "options.escalation_message"}),
    # The server picks one of the two by the query: recorded creates sent either and got the other back.
    aliases={"type": {"metric alert": "query alert"}},
    if_set=frozenset({"assets", "draft_status", "restricted_roles", "restriction_policy"}),
    conditional=_unseen,
    rewritten=_effective,
)
