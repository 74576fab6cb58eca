"""The arithmetic of `eval`."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.message import expression

VALUES = {"value": "7", "big": "123456789", "epoch": "1700000000000"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("value", "7"),
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("2 ^ 3 ^ 2", "512"),
        ("-value + 1", "-6"),
        ("-2 ^ 2", "-4"),
        ("10 - 4 - 3", "3"),
        ("value / 2", "3.5"),
        ("value % 4", "3"),
        ("int(value / 2)", "3"),
        ("round(value / 3, 2)", "2.33"),
        ("floor(-1.5)", "-2"),
        ("trunc(-1.5)", "-1"),
        ("abs(0 - value)", "7"),
        ("sgn(0-3)", "-1"),
        ("to_bool(value)", "true"),
        ("epoch-15*60*1000", "1699999100000"),
        ("humanize_bytes(big,1000,2)", "123.46 MB"),
        ("atan2(0, 1)", "0"),
        # No value: unknown, no number, out of range.
        ("other", None),
        ("1 / 0", None),
        ("log10(0)", None),
        ("(0-8) ^ 0.5", None),
        ("9 ^ 9 ^ 9", None),
        ("dec(value)", None),
    ],
)
def test_what_it_gives(text, result):
    assert list(expression.faults(text)) == []
    assert expression.evaluate(text, VALUES.get) == result


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a value is missing at the end"),
        ("1 +", "a value is missing at the end"),
        ("1 2", "`2` is not expected here"),
        ("(1", "a `)` is missing"),
        ("1 ? 2", "`? 2` means nothing in an expression"),
        ("* 2", "a value is missing before `*`"),
        ("abs(1, 2)", "`abs` takes 1 arguments"),
        ("round(1, 2, 3)", "`round` takes 1 to 2 arguments"),
        ("(" * 1000, "nested deeper than 50 parentheses"),
        ("1" + "+1" * 1000, "a chain of too many operators"),
    ],
)
def test_what_it_does_not_understand(text, message):
    assert [one[0] for one in expression.faults(text)] == [message]


@given(st.text("0123456789.+-*/^%(), abcv", max_size=30))
def test_no_expression_raises(text):
    list(expression.faults(text))
    expression.evaluate(text, VALUES.get)


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.sampled_from("+-*"))
def test_it_reckons_as_python_does(left, right, sign):
    expected = {"+": left + right, "-": left - right, "*": left * right}[sign]
    found = expression.evaluate(f"({left}) {sign} ({right})", VALUES.get)
    assert found is not None
    assert math.isclose(float(found), expected)
