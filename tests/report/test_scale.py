import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.report.scale import Scale, amount, moment, scale, times

ANY = st.floats() | st.sampled_from([5e-324, 1.7e308, -1.7e308, 1e16, 1e16 + 2, 0.1 + 0.2, 0.3])


@given(st.lists(ANY, max_size=5), st.text(max_size=3))
def test_whatever_the_values_each_has_its_place(values, unit):
    found = scale(values)
    assert math.isfinite(found.low)
    assert math.isfinite(found.high)
    assert found.low < found.high
    assert all(0 <= found.share(value) <= 1 for value in values if not math.isnan(value))
    ticks = found.ticks(unit)
    assert 2 <= len(ticks) <= 20
    assert all(found.low <= value <= found.high for value, _ in ticks)
    assert [value for value, _ in ticks] == sorted({value for value, _ in ticks})


@pytest.mark.parametrize(
    ("values", "low", "high", "ticks"),
    [
        ([0, 61, 50], 0, 65.27, "0, 20, 40, 60"),
        ([90, 97], 89.51, 97.49, "90, 92, 94, 96"),
        ([3], 2.7, 3.3, "2.8, 3, 3.2"),
        ([0], -1, 1, "-1, -0.5, 0, 0.5, 1"),
        ([-40, -5], -42.8, 0, "-40, -30, -20, -10, 0"),
        ([-3, 3], -3.42, 3.42, "-2, 0, 2"),
        ([0, 0.004], 0, 0.00428, "0, 0.001, 0.002, 0.003, 0.004"),
        ([0, 256e6], 0, 273.92e6, "0, 100M, 200M"),
        ([1e6, 1e6 + 1], None, None, "1,000,000, 1,000,000.25, 1,000,000.5, 1,000,000.75, 1,000,001"),
        ([0, 3e-9], None, None, "0, 1e-09, 2e-09, 3e-09"),
        ([], -0, 1.07, "0, 0.25, 0.5, 0.75, 1"),
    ],
)
def test_round_values_stand_beside_it(values, low, high, ticks):
    found = scale(values)
    if low is not None:
        assert (found.low, found.high) == pytest.approx((low, high))
    assert ", ".join(text for _, text in found.ticks("")) == ticks


def test_an_outlier_is_shown():
    found = scale([1, 2, 3, 1e12])
    assert found.share(1e12) > 0.9
    assert found.ticks("ms")[-1] == (1e12, "1T ms")


@pytest.mark.parametrize(
    ("unit", "top"), [("B", "250 MB"), ("%", "250M %"), ("", "250M"), (" request ", "250M request")]
)
def test_a_unit_goes_with_its_number(unit, top):
    assert [text for _, text in Scale(0, 250e6).ticks(unit)][-1] == top
    assert Scale(0, 250e6).ticks(unit)[0][1] == f"0 {unit.strip()}".strip()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (50, "", "50"),
        (2.5, "ms", "2.5 ms"),
        (256e6, "B", "256 MB"),
        (1.5e9, "", "1.5G"),
        (259_200, "", "259,200"),
        (123_456_789, "", "123,456,789"),
        (1 / 3, "%", "0.3333 %"),
        (-12_345.678, "", "-12,346"),
        (0, "", "0"),
        (1e-9, "", "1e-09"),
        (1e20, "", "1e+20"),
        (math.inf, "ms", "inf ms"),
    ],
)
def test_a_value_as_people_read_it(value, unit, text):
    assert amount(value, unit) == text


@given(st.integers(-(10**30), 10**30), st.integers(0, 10**30))
def test_whatever_the_span_a_few_times_stand_below_it(start, span):
    found = list(times(start, start + span))
    assert len(found) <= 8
    assert all(start <= at <= start + span for at, _ in found)


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (4 * 3600, "22:00, 23:00, Nov 21, 01:00"),
        (86_400, "Nov 21, 04:00, 08:00, 12:00, 16:00, 20:00"),
        (3 * 86_400, "Nov 21, 12:00, Nov 22, 12:00, Nov 23, 12:00"),
        (7 * 86_400, "Nov 21, Nov 23, Nov 25, Nov 27"),
        (0, ""),
    ],
)
def test_round_times_stand_below_it(span, labels):
    start = 1_795_211_000  # 2026-11-20 21:43:20
    assert ", ".join(text for _, text in times(start, start + span)) == labels


def test_a_moment():
    assert moment(1_795_211_000) == "2026-11-20 21:43"
    assert moment(10**20) == ""
