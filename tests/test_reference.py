import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.address import Address
from ddops.reference import ESCAPED, Reference, holds_any, parse, references, substitute

ERRORS = Reference(Address("shop", "monitor", "errors.prod"))
PAGE = Reference(Address("shop", "dashboard", "overview"), url=True)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("${monitor:shop/errors.prod}", ERRORS),
        ("${dashboard:shop/overview.url}", PAGE),
        ("${monitor:shop/a.url.b}", Reference(Address("shop", "monitor", "a.url.b"))),
        ("${monitor:shop/errors} ", None),
        ("${monitor:errors}", None),
        ("${env}", None),
        ("${monitor:shop/Errors}", None),
        ("{monitor:shop/errors}", None),
        (f"{ESCAPED}monitor:shop/errors}}", None),
    ],
)
def test_a_text_that_is_a_reference(text, reference):
    assert parse(text) == reference
    if reference is not None:
        assert str(reference) == text


def test_all_references_in_the_order_they_stand():
    body = {"a": [f"see {PAGE}", {"b": f"{ERRORS}"}], "c": 5, "d": f"{ERRORS}{PAGE}", "e": f"{ESCAPED}monitor:x/y}}"}
    assert list(references(body)) == [PAGE, ERRORS, ERRORS, PAGE]


def test_references_are_replaced_with_the_type_of_what_they_stand_for():
    body = {
        "ids": [str(ERRORS)],
        "alert_id": str(ERRORS),
        "text": f"{ERRORS}, {PAGE}!",
        "n": 5,
        "plain": f"{ESCAPED}x}}",
    }
    asked = []

    def lookup(reference, field):
        asked.append((reference, field))
        return "https://x" if reference.url else 42

    assert substitute(body, lookup) == {
        "ids": [42],
        "alert_id": 42,
        "text": "42, https://x!",
        "n": 5,
        "plain": "${x}",
    }
    assert asked[:2] == [(ERRORS, "ids"), (ERRORS, "alert_id")]


def test_what_is_not_known_yet_stays():
    assert substitute({"a": str(ERRORS), "b": f"x {ERRORS}"}, lambda *_: None) == {"a": str(ERRORS), "b": f"x {ERRORS}"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, 9)
    | st.sampled_from(["a", "$", "${", str(ERRORS), f"x{PAGE}", f"{ESCAPED}x}}"]),
    lambda child: st.lists(child, max_size=3) | st.dictionaries(st.sampled_from("ab"), child),
)


@given(JSON)
def test_replacing_leaves_no_reference_and_changes_no_value_in_place(value):
    before = repr(value)
    replaced = substitute(value, lambda reference, field: "id")
    assert repr(value) == before
    assert list(references(replaced)) == []
    assert ESCAPED not in str(replaced)
    assert bool(list(references(value))) <= holds_any(value)


@given(JSON.filter(lambda value: not holds_any(value)))
def test_what_holds_nothing_is_the_same(value):
    assert substitute(value, lambda reference, field: "id") == value
