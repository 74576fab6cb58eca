"""The picture of a backtest: whatever the values, it is well-formed, and all of it inside."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ddops.backtest.contract import Condition, Curve
from ddops.report.backtested import backtested
from ddops.report.plot import SIDE, plot
from tests.backtest.made import START, backtest, curve, when
from tests.report.hostile import texts

FLOATS = st.floats() | st.sampled_from([5e-324, 1.7e308, -1.7e308, 0.0, 50.0])
TIMES = st.integers(-(10**12), 10**12) | st.integers(START - 600, START + 90_000)
POINTS = st.lists(st.tuples(TIMES, FLOATS), max_size=12).map(tuple)
NAMES = st.sampled_from(["critical", "warning", "critical_recovery", "warning_recovery"]) | texts
CONDITIONS = st.builds(
    Condition, comparator=st.sampled_from([">", ">=", "<", "<="]), thresholds=st.dictionaries(NAMES, FLOATS, max_size=4)
)
MADE = st.builds(
    backtest,
    st.builds(Curve, scope=texts, points=POINTS),
    st.builds(Curve, scope=texts, points=POINTS),
    before=st.none() | CONDITIONS,
    after=st.none() | CONDITIONS,
    window=st.sampled_from([0, 300, 86_400]),
    end=st.sampled_from([START - 1, START, START + 300, START + 86_400, 10**15]),
    unit=texts,
)


def drawn(made, name="What it says."):
    """The picture as XML."""
    return ElementTree.fromstring(plot(made, name))


def coordinates(root):
    """All of the geometry."""
    inner = root.find(".//svg[@viewBox]")
    for element in inner.iter():
        for name in ("x", "y", "x1", "x2", "y1", "y2", "height", "width"):
            if name in element.attrib and element is not inner:
                yield float(element.attrib[name])
        yield from map(float, re.split("[ML ]+", element.get("d", "").replace("h0", ""))[1:])


def of(root, style):
    """The elements that have the classes."""
    return [one for one in root.iter() if set(style.split()) <= set(one.get("class", "").split())]


def labels(root, style):
    return ["".join(one.itertext()) for one in of(root, style) if one.tag == "text"]


@given(MADE)
@example(backtest(curve(1), after=when(critical=math.nan)))
@settings(deadline=None)
def test_whatever_the_values_it_is_well_formed_and_inside(made):
    root = drawn(made)
    assert all(0 <= one <= SIDE for one in coordinates(root))
    for element in root.iter("text"):
        assert 0 <= float(element.attrib["y"].rstrip("%")) <= 100
    assert re.search(r"nan|inf", " ".join(one.get("d", "") for one in root.iter())) is None


@given(MADE)
@settings(deadline=None)
def test_whatever_the_values_all_of_it_is_well_formed(made):
    assert ElementTree.fromstring(backtested(made)).tag == "figure"


def test_thresholds_are_drawn_before_and_after_with_their_values():
    made = backtest(curve(10, 60), before=when(critical=40, warning=20), after=when(critical=50, warning=20), unit="ms")
    root = drawn(made)
    assert labels(root, "critical") == ["critical 50 ms", "critical was 40 ms"]
    assert labels(root, "warning") == ["warning 20 ms"]
    assert len(of(root, "level")) == 3
    (was,) = of(root, "level was")
    (now,) = [one for one in of(root, "level critical") if one is not was]
    assert float(was.attrib["y1"]) > float(now.attrib["y1"]) > 0
    (zone,) = of(root, "zone")
    assert (zone.attrib["y"], zone.attrib["height"]) == ("0", now.attrib["y1"])


def test_the_side_that_alerts_is_below_where_little_is_bad():
    root = drawn(backtest(curve(10, 60), after=when("<", critical=50)))
    (zone,), (now,) = of(root, "zone"), of(root, "level critical")
    assert zone.attrib["y"] == now.attrib["y1"]
    assert int(zone.attrib["y"]) + int(zone.attrib["height"]) == SIDE


def test_labels_do_not_lie_on_each_other():
    near = when(critical=50, critical_recovery=49.9, warning=49.8, warning_recovery=49.7)
    root = drawn(backtest(curve(0, 100), before=when(critical=50.1), after=near))
    texts = [one for one in root.iter("text") if one.get("x") == "100%" and "tick" not in one.get("class", "")]
    places = sorted(float(one.attrib["y"].rstrip("%")) for one in texts)
    assert len(places) == 5
    assert all(other - one > 6 for one, other in pairwise(places))


def test_evaluations_that_alert_are_dots_on_the_curve():
    root = drawn(backtest(curve(10, 60, 20, 70), before=when(critical=15), after=when(critical=50)))
    (alert,), (line,) = of(root, "alert"), of(root, "curve")
    dots = re.findall(r"M(\d+ \d+)h0", alert.attrib["d"])
    assert len(dots) == 2
    assert set(dots) < set(re.split("[ML]", line.attrib["d"]))


def test_a_hole_in_the_data_is_one_in_the_curve():
    points = tuple((START + 300 * at, 5.0) for at in (0, 1, 5, 9, 10))
    root = drawn(backtest(Curve(scope="*", points=points), after=when(critical=50)))
    line, dot = of(root, "curve")
    assert (line.attrib["d"].count("M"), line.attrib["d"].count("L")) == (2, 2)
    assert (dot.get("class"), dot.attrib["d"].count("h0")) == ("curve c0 d0 dot", 1)


def test_curves_differ_by_more_than_colour():
    groups = [curve(at, at + 1, scope=f"host:{at}") for at in range(12)]
    root = drawn(backtest(*groups, after=when(critical=10.5)))
    assert len({one.get("class") for one in of(root, "curve")}) == 12
    assert len(of(root, "calm")) == 10
    shown = ElementTree.fromstring(backtested(backtest(*groups, after=when(critical=10.5), more=3)))
    (legend,) = of(shown, "legend")
    names = ["".join(one.itertext()) for one in legend]
    assert names == [*(f"host:{at}" for at in range(12)), "and 3 more that came less far"]


def test_it_says_what_it_shows():
    made = backtest(curve(10, 60), after=when(critical=50), unit="%")
    root = drawn(made, 'a "name" <b>')
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'a "name" <b> The values are from 10 % to 60 %.'
    assert [one.text for one in root.iter("title")] == ["*: least 10 %, most 60 %, last 60 %"]


@pytest.mark.parametrize(
    ("made", "cells"),
    [
        (
            backtest(curve(10, 60, 20), before=when(critical=5), after=when(critical=50), unit="ms"),
            ["*", "10 ms", "60 ms", "20 ms", "1 of 3", "3 of 3"],
        ),
        (backtest(curve(10, 60), after=when(critical=50)), ["*", "10", "60", "60", "1 of 2"]),
        (backtest(curve(10, 60), before=when(critical=50)), ["*", "10", "60", "60", "1 of 2"]),
    ],
)
def test_the_values_are_there_as_a_table(made, cells):
    rows = [["".join(cell.itertext()) for cell in row] for row in ElementTree.fromstring(backtested(made)).iter("tr")]
    assert rows[1] == cells
    assert len(rows[0]) == len(cells)


def test_where_there_is_no_curve_it_says_why():
    made = backtest(missing="the org has no data")
    assert backtested(made) == f'<p class="dim">No backtest: the org has no data. <code>{made.query}</code></p>'
    assert backtested(backtest(missing="it is <b>", query=None)) == '<p class="dim">No backtest: it is &lt;b&gt;.</p>'
    assert backtested(None) == plot(made, "") == ""
