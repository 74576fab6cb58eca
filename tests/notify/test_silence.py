"""Which transitions a monitor never notifies of."""

import pytest

from ddops.message import Transition
from ddops.notify.silence import silence

WARNS = {"thresholds": {"critical": 2, "warning": 1}}
TELLS = {"notify_no_data": True}


@pytest.mark.parametrize(
    ("monitor", "transition", "reason"),
    [
        ({}, ("ok", "alert"), None),
        ({}, ("alert", "ok"), None),
        ({"draft_status": "draft"}, ("ok", "alert"), "is a draft"),
        ({"draft_status": "published"}, ("ok", "alert"), None),
        ({}, ("ok", "warning"), "never warns"),
        ({}, ("warning", "ok"), "never warns"),
        ({"options": {"thresholds": {"warning": None}}}, ("ok", "warning"), "never warns"),
        ({"options": WARNS}, ("ok", "warning"), None),
        ({"options": {"thresholds": {"warning": 0}}}, ("ok", "warning"), None),
        ({"type": "service check"}, ("ok", "warning"), None),
        ({}, ("ok", "no_data"), "never notifies of missing data"),
        ({}, ("no_data", "ok"), "never notifies of missing data"),
        ({}, ("no_data", "alert"), None),
        ({"options": {"on_missing_data": "show_no_data"}}, ("ok", "no_data"), "never notifies of missing data"),
        ({"options": {"on_missing_data": "resolve"}}, ("ok", "no_data"), "never notifies of missing data"),
        ({"options": {"on_missing_data": "show_and_notify_no_data"}}, ("ok", "no_data"), None),
        ({"options": TELLS}, ("ok", "no_data"), None),
        ({"options": TELLS}, ("no_data", "ok"), None),
        ({}, ("ok", "unknown"), "is never Unknown"),
        ({"type": "service check"}, ("ok", "unknown"), None),
        ({}, ("alert", "alert"), "never repeats itself"),
        ({"options": {"renotify_interval": 0}}, ("alert", "alert"), "never repeats itself"),
        ({"options": {"renotify_interval": 10}}, ("alert", "alert"), None),
        # Without `renotify_statuses` alert and no data are repeated.
        ({"options": {"renotify_interval": 10, **TELLS}}, ("no_data", "no_data"), None),
        ({"options": {"renotify_interval": 10, **WARNS}}, ("warning", "warning"), "does not repeat 'warn'"),
        ({"options": {"renotify_interval": 10, "renotify_statuses": ["warn"], **WARNS}}, ("warning", "warning"), None),
        ({"options": {"renotify_interval": 10, "renotify_statuses": ["warn"]}}, ("alert", "alert"), "does not repeat"),
        ({"options": None}, ("ok", "alert"), None),
    ],
)
def test_reasons(monitor, transition, reason):
    found = silence({"type": "query alert", **monitor}, Transition(*transition))
    assert found is None if reason is None else found is not None and found.startswith(reason)
