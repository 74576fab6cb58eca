"""Our walk over two bodies knows the kinds' rules; where there are none it finds what deepdiff finds."""

from __future__ import annotations

from deepdiff import DeepDiff
from hypothesis import given
from hypothesis import strategies as st

from ddops.plan.rules import NO_RULE
from ddops.plan.walk import walk

values = st.recursive(
    st.none()
    | st.integers(-5, 5)
    | st.floats(-5, 5, allow_nan=False).map(lambda number: round(number, 1))
    | st.text("ab"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=12,
)
bodies = st.dictionaries(st.sampled_from(["name", "query", "options", "tags"]), values, max_size=4)


@given(bodies, bodies)
def test_it_finds_what_deepdiff_finds(before, after):
    found = {change.path.partition(".")[0].partition("[")[0] for change in walk((), before, after, NO_RULE)}
    assert found == set(
        DeepDiff(before, after, ignore_numeric_type_changes=True, threshold_to_diff_deeper=0).affected_root_keys
    )
