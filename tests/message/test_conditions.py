"""The table of conditions and transitions, as the reference prints it."""

import pytest

from ddops.message import TRANSITIONS, Transition, true

TABLE = {
    ("ok", "alert"): {"is_alert"},
    ("ok", "warning"): {"is_warning"},
    ("warning", "alert"): {"is_alert"},
    ("alert", "warning"): {"is_warning", "is_alert_to_warning"},
    ("alert", "ok"): {"is_recovery", "is_alert_recovery"},
    ("warning", "ok"): {"is_recovery", "is_warning_recovery"},
    ("ok", "no_data"): {"is_no_data"},
    ("alert", "no_data"): {"is_no_data"},
    ("no_data", "ok"): {"is_recovery", "is_no_data_recovery"},
    ("no_data", "alert"): {"is_alert"},
    ("unknown", "ok"): {"is_recovery"},
    ("ok", "unknown"): {"is_unknown"},
    ("alert", "alert"): {"is_alert", "is_renotify"},
    ("warning", "warning"): {"is_warning", "is_renotify"},
    ("no_data", "no_data"): {"is_no_data", "is_renotify"},
}


@pytest.mark.parametrize(("transition", "expected"), TABLE.items())
def test_the_conditions_of_a_transition(transition, expected):
    assert true(Transition(*transition)) == expected


def test_every_transition_is_of_some_state_and_nothing_repeats_that_all_is_well():
    assert Transition("ok", "ok") not in TRANSITIONS
    assert len(TRANSITIONS) == 24
    assert all(true(one) for one in TRANSITIONS)
