"""Between which numbers a value can lie: what an expression gives for numbers within the bounds lies within its own."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.lint.bounds import ANYTHING, NATURAL, Bounds, bounds, of, verdict
from ddops.query.dashboard import parse_formula
from ddops.query.monitor import parse

NUMBERS = st.integers(-20, 20)


@st.composite
def ranges(draw):
    low = draw(st.one_of(st.just(-math.inf), NUMBERS))
    return Bounds(low, draw(st.one_of(st.just(math.inf), st.integers(-20 if low == -math.inf else low, 40))))


def within(draw, found):
    return draw(st.integers(max(-60, math.ceil(max(found.low, -60))), min(60, math.floor(min(found.high, 60)))))


@given(st.data(), st.sampled_from(["a + b", "a - b", "a * b", "a / b", "-a", "(a - 3) * 2 + b", "a * b - a"]))
def test_no_value_lies_outside(data, formula):
    given_ = {"a": data.draw(ranges()), "b": data.draw(ranges())}
    values = {name: within(data.draw, found) for name, found in given_.items()}
    if "/" in formula and values["b"] == 0:
        return
    found = of(parse_formula(formula), given_)
    value = eval(formula, {}, values)
    assert found.low - 1e-9 <= value <= found.high + 1e-9


@given(ranges(), NUMBERS, st.data(), st.sampled_from([">", ">=", "<", "<=", "==", "!="]))
def test_a_verdict_is_right_for_every_value(found, threshold, data, comparator):
    value = within(data.draw, found)
    true = eval(f"{value} {comparator} {threshold}")
    assert {"never": not true, "always": true, None: True}[verdict(found, comparator, threshold)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("avg(last_5m):avg:m{*} > 1", ANYTHING),
        ("sum(last_5m):avg:system.disk.in_use{*} > 1", NATURAL),
        ("sum(last_5m):abs(sum:m{*}.as_count()) > 1", NATURAL),
        ("avg(last_5m):avg:system.disk.in_use{*}.rollup(sum, 60) > 1", NATURAL),
        ("avg(last_5m):avg:system.disk.in_use{*}.rollup(max, 60) > 1", Bounds(0, 1)),
        ("avg(last_5m):clamp_max(count_nonzero(avg:m{*} by {host}), 5) > 1", Bounds(0, 5)),
        ("avg(last_5m):default_zero(clamp_min(avg:m{*}, 5)) > 1", Bounds(0, math.inf)),
        ("change(avg(last_5m),last_1h):avg:system.disk.in_use{*} > 1", Bounds(-1, 1)),
        ("pct_change(avg(last_5m),last_1h):sum:m{*}.as_count() > 1", Bounds(-100, math.inf)),
        ("avg(last_5m):ewma_10(avg:system.cpu.user{*}) > 1", Bounds(0, 100)),
        ("avg(last_5m):log2(avg:system.cpu.user{*}) > 1", ANYTHING),
    ],
)
def test_bounds_of_queries(query, expected):
    assert bounds(parse("query alert", query)) == expected
