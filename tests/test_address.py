import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.address import KEY, NAME, Address, Marker
from ddops.location import Location, dotted

NAMES = st.from_regex(re.compile(NAME.pattern, re.ASCII), fullmatch=True)
KEYS = st.from_regex(re.compile(KEY.pattern, re.ASCII), fullmatch=True)


@pytest.mark.parametrize("text", ["a", "5", "a-b", "a_b", "a--b", "mhv-secure-messaging"])
def test_names(text):
    assert NAME.fullmatch(text)


@pytest.mark.parametrize("text", ["", "A", "-a", "a-", "_a", "a.b", "a/b", "a b", "é", "a\n", "٣"])
def test_no_names(text):
    assert not NAME.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "is_key"), [("a.b.c", True), ("a.5", True), ("a..b", False), (".a", False), ("a.", False)]
)
def test_keys_are_names_joined_by_dots(text, is_key):
    assert bool(KEY.fullmatch(text)) is is_key


@given(NAMES, st.sampled_from(["monitor", "slo"]), KEYS)
def test_an_address_reads_as_it_is_written(product, kind, key):
    address = Address(product, kind, key)
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("text", ["", "a", "a/b", "a/b/c/d", "/b/c", "a//c", "a/b/"])
def test_no_address(text):
    with pytest.raises(ValueError, match="is no address; an address reads PRODUCT/KIND/KEY"):
        Address.parse(text)


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3)))
def test_addresses_are_ordered_by_product_kind_and_key(parts):
    assert [str(one) for one in sorted(Address(*part) for part in parts)] == sorted("/".join(part) for part in parts)


@given(NAMES, NAMES, KEYS)
def test_a_marker_reads_as_it_is_written(workspace, product, key):
    marker = Marker(workspace, product, key)
    assert Marker.parse(str(marker)) == marker
    assert marker.address("slo") == Address(product, "slo", key)


@pytest.mark.parametrize(
    "text", ["", "ddops:", "ddops:a/b", "ddops:a/b/c/d", "ddops:a//c", "team:a/b/c", " ddops:a/b/c"]
)
def test_no_marker(text):
    assert Marker.parse(text) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a",), "a"), (("a", "b", 2, "c"), "a.b[2].c"), ((0, "a"), "[0].a"), (("a", 0, 1), "a[0][1]")],
)
def test_paths_as_people_write_them(path, text):
    assert dotted(path) == text


def test_places_are_ordered_by_file_line_and_column():
    places = [Location("a", 2, 1), Location("a", 10, 1), Location("a", 10, 3), Location("b", 1, 1)]
    backwards = places[::-1]
    assert sorted(backwards) == places
    assert str(places[2]) == "a:10:3"
