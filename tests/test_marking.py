import copy

import pytest

from ddops.address import Marker
from ddops.marking import InName, InTags, InText, Nowhere

MARKER = Marker("va", "rms", "api.prod")
PLACES = [
    (InTags(), {"name": "n", "tags": ["a:b"]}),
    (InTags(), {"name": "n", "tags": []}),
    (InTags("metadata.tags"), {"kind": "service", "metadata": {"name": "n", "tags": ["a:b"]}}),
    (InText("description"), {"description": "Two\n\nparts."}),
    (InText("description"), {"description": ""}),
    (InName(), {"name": "A name [with brackets]"}),
]


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize(("marking", "body"), PLACES)
def test_a_marker_is_found_where_it_was_put_and_taken_off_again(marking, body, protected):
    before = copy.deepcopy(body)
    marked = marking.mark(body, MARKER, protected)
    found = marking.owner(marked)
    assert (found.marker, found.protected) == (MARKER, protected)
    assert marking.unmark(marked) == body == before
    assert marking.owner(body) is None
    assert marking.unmark(body) == body


def test_a_body_without_the_place_gets_one():
    assert InTags("metadata.tags").mark({}, MARKER, False) == {"metadata": {"tags": [str(MARKER)]}}
    assert InTags("metadata.tags").owner({"metadata": None}) is None
    assert InTags().unmark({"tags": None}) == {"tags": None}


def test_nowhere_says_nothing():
    body = {"name": "n"}
    assert Nowhere().mark(body, MARKER, True) == Nowhere().unmark(body) == body
    assert Nowhere().owner(body) is None
