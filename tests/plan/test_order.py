from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ddops.plan.change import Action
from ddops.plan.order import ordered
from tests.plan.changes import change

MOST = 7
CHANGES = st.lists(
    st.builds(change, st.sampled_from("abcdef"), st.sampled_from(Action), org=st.sampled_from(["main", "partner"])),
    max_size=MOST,
)


@st.composite
def needs_of(draw, changes, *, circles):
    """Positions that each change needs; without circles none needs one of a higher rank."""
    count = len(changes)
    rank = draw(st.permutations(range(count)))
    needs = {}
    for position in range(count):
        others = [other for other in range(count) if other != position and (circles or rank[other] < rank[position])]
        needs[position] = draw(st.frozensets(st.sampled_from(others))) if others else frozenset()
    return needs


@st.composite
def plans(draw, *, circles=False):
    changes = draw(CHANGES)
    return changes, draw(needs_of(changes, circles=circles))


def keys(changes):
    return [(one.action.value, one.address.key) for one in changes]


@given(plans())
def test_what_is_needed_comes_first(plan):
    changes, needs = plan
    order = ordered(changes, needs)
    for position, one in enumerate(order):
        assert all(need < position for need in one.after)
    named = sorted(
        (one.action, one.address, one.org, sorted(keys([order[need] for need in one.after]))) for one in order
    )
    assert named == sorted(
        (one.action, one.address, one.org, sorted(keys([changes[need] for need in needs[position]])))
        for position, one in enumerate(changes)
    )


@given(plans(circles=True))
def test_a_circle_ends(plan):
    changes, needs = plan
    order = ordered(changes, needs)
    assert sorted(keys(order)) == sorted(keys(changes))
    assert all(need < position for position, one in enumerate(order) for need in one.after)


@settings(max_examples=50)
@given(plans(), st.permutations(range(MOST)))
def test_the_order_is_that_of_the_needs_and_the_addresses_alone(plan, positions):
    changes, needs = plan
    places = {(one.org, one.address, one.action is Action.DELETE) for one in changes}
    assume(len(places) == len(changes))
    shuffled = [position for position in positions if position < len(changes)]
    place = {old: new for new, old in enumerate(shuffled)}
    again = {place[old]: {place[need] for need in found} for old, found in needs.items()}
    assert ordered([changes[old] for old in shuffled], again) == ordered(changes, needs)


def test_deletes_come_first_where_nothing_says_otherwise():
    changes = [change("a", Action.CREATE), change("b"), change("c", Action.DELETE), change("d", Action.DELETE)]
    assert keys(ordered(changes, {2: {1}})) == [("delete", "d"), ("create", "a"), ("update", "b"), ("delete", "c")]


def test_in_a_circle_the_first_goes_first():
    changes = [change("b"), change("a"), change("c")]
    order = ordered(changes, {0: {1}, 1: {0}, 2: {0}})
    assert keys(order) == [("update", "a"), ("update", "b"), ("update", "c")]
    assert [one.after for one in order] == [(), (0,), (1,)]
