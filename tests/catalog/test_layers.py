import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.catalog.layers import Layer, locate, overlay
from ddops.catalog.reader import parse


@pytest.mark.parametrize(
    ("below", "above", "merged"),
    [
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": {"b": 1}}, {"a": None}, {"a": None}),
        ({"a": 1}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {}, {"a": {"b": 1}}),
    ],
)
def test_mappings_are_merged_and_anything_else_is_replaced(below, above, merged):
    assert overlay(below, above) == merged


BODIES = st.dictionaries(
    st.sampled_from("abc"),
    st.recursive(
        st.integers() | st.lists(st.integers(), max_size=2),
        lambda child: st.dictionaries(st.sampled_from("abc"), child),
    ),
)


@given(BODIES, BODIES)
def test_overlay_changes_neither_and_keeps_all_of_what_is_above(below, above):
    before = repr(below), repr(above)
    merged = overlay(below, above)
    assert (repr(below), repr(above)) == before
    assert overlay(merged, above) == merged
    assert set(merged) == {*below, *above}


PRESET = parse("preset.yaml", "body:\n  a: {x: 1, y: 2}\n  b: ${limit}\n  c: ${all}\n  d: '> ${limit}'\n")
RESOURCE = parse("resource.yaml", "with: {limit: many, all: {k: 1}}\na: {y: 3}\ne: [1]\n")


def origin(name):
    return Layer(RESOURCE, ("with", name))


LAYERS = [Layer(PRESET, ("body",), origin), Layer(RESOURCE)]


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("a", "x"), False, "preset.yaml:2:10"),
        (("a", "y"), False, "resource.yaml:2:8"),
        (("a", "y"), True, "resource.yaml:2:5"),
        (("a", "new"), False, "resource.yaml:2:4"),
        (("e", 0), False, "resource.yaml:3:5"),
        (("b",), False, "resource.yaml:1:15"),
        (("b",), True, "preset.yaml:3:3"),
        (("c", "k"), False, "resource.yaml:1:30"),
        (("c", "k"), True, "resource.yaml:1:27"),
        (("d",), False, "preset.yaml:5:6"),
        ((), False, "resource.yaml:1:1"),
    ],
)
def test_the_place_of_a_value_is_where_it_was_written(path, key, place):
    assert str(locate(LAYERS, path, key)) == place
