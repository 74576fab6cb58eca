import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.backtest.contract import Count, Crossings
from ddops.backtest.crossings import crossings, states
from tests.backtest.made import backtest, curve, when

LETTERS = {"o": "ok", "w": "warning", "c": "critical"}


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (when(critical=5), [4, 5, 6], "ooc"),
        (when(">=", critical=5), [4, 5, 6], "occ"),
        (when("<", critical=5), [4, 5, 6], "coo"),
        (when("<=", critical=5), [4, 5, 6], "cco"),
        (when(critical=5, warning=3), [2, 4, 6, 4, 3], "owcwo"),
        (when("<", critical=5, warning=7), [8, 6, 4, 6, 7], "owcwo"),
        # An alert lasts until the value has come back over its recovery threshold.
        (when(critical=5, critical_recovery=3), [6, 4, 3, 4], "ccoo"),
        (when(">=", critical=5, critical_recovery=3), [5, 3, 2], "cco"),
        (when("<", critical=5, critical_recovery=7), [4, 6, 7, 6], "ccoo"),
        (when("<=", critical=5, critical_recovery=7), [5, 7, 8], "cco"),
        (when(critical=5, critical_recovery=4, warning=3), [6, 4.5, 4, 3], "ccwo"),
        (when(critical=5, warning=3, warning_recovery=1), [4, 2, 6, 2, 1], "wwcoo"),
        (when(critical=5), [float("nan"), float("inf"), float("-inf")], "oco"),
        (None, [1, 2], ""),
    ],
)
def test_the_state_after_each_evaluation(condition, values, expected):
    assert list(states(curve(*values), condition)) == [LETTERS[one] for one in expected]


def test_evaluations_and_groups_are_counted_with_those_that_are_not_shown():
    rest = Crossings(all=Count(evaluations=10, groups=3), critical_after=Count(evaluations=2, groups=1))
    groups = curve(1, 6, 9, scope="a"), curve(4, 1, 1, scope="b")
    found = crossings(backtest(*groups, before=when(critical=8), after=when(critical=5, warning=3), rest=rest))
    assert found == Crossings(
        all=Count(evaluations=16, groups=5),
        critical_before=Count(evaluations=1, groups=1),
        critical_after=Count(evaluations=4, groups=2),
        warning_after=Count(evaluations=1, groups=1),
    )


@given(st.lists(st.floats(-10, 10)), st.floats(-10, 10), st.floats(0, 5), st.sampled_from([">", ">=", "<", "<="]))
def test_a_looser_threshold_never_alerts_more(values, critical, by, comparator):
    looser = critical + by if comparator in (">", ">=") else critical - by
    found = crossings(
        backtest(curve(*values), before=when(comparator, critical=critical), after=when(comparator, critical=looser))
    )
    assert found.critical_after.evaluations <= found.critical_before.evaluations <= found.all.evaluations
