import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.backtest.span import KEPT, MOST_POINTS, span, words

NOW = 1_795_000_123


@pytest.mark.parametrize(
    ("interval", "seconds", "said"),
    [
        (20, 4 * 3600, "4 hours"),
        (60, 6 * 3600, "6 hours"),
        (300, 86_400, "day"),
        (900, 3 * 86_400, "3 days"),
        (1800, 604_800, "week"),
        (3600, 2 * 604_800, "2 weeks"),
        (46_800, 30 * 86_400, "30 days"),
        (604_800, 12 * 604_800, "12 weeks"),
    ],
)
def test_it_holds_about_as_many_evaluations_whatever_the_window(interval, seconds, said):
    start, end = span(interval, NOW)
    assert 0 <= end - start - seconds < interval
    assert words(start, end) == said


@given(st.integers(1, 31 * 86_400), st.integers(1_000_000_000, 4_000_000_000))
def test_it_begins_and_ends_with_a_window_and_is_not_too_long(interval, now):
    start, end = span(interval, now)
    assert start % interval == end % interval == 0
    assert now - interval < end <= now
    assert interval <= end - start <= min((MOST_POINTS + 1) * interval, KEPT + interval)
    assert words(start, end)
