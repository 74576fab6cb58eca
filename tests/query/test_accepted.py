"""What Datadog takes parses, prints back, and says where its parts stand."""

import pytest
from hypothesis import given

from ddops.query.condition import Everything
from ddops.query.monitor import GRAMMARS, parse
from ddops.query.node import NOWHERE
from tests.query.queries import ACCEPTED, GENERATED, SPACED

QUERIES = [(type, query) for type, queries in ACCEPTED.items() for query in queries]


def test_every_type_has_a_query_here():
    assert set(GRAMMARS) - set(ACCEPTED) == {"datadog-usage alert"}


@pytest.mark.parametrize(("type", "query"), QUERIES)
def test_it_prints_back(type, query):
    tree = parse(type, query)
    assert (str(tree), tree.canonical) == (query, query)


@pytest.mark.parametrize(("type", "query", "part"), SPACED)
def test_other_spacing_prints_as_written_and_canonically(type, query, part):
    tree = parse(type, query)
    assert str(tree) == query
    assert part in tree.canonical
    assert parse(type, tree.canonical) == tree


@given(GENERATED)
def test_generated_queries_print_back(given):
    type, query = given
    tree = parse(type, query)
    assert tree.canonical == query
    assert parse(type, tree.canonical) == tree


def squeezed(text):
    return "".join(text.split()).replace("\\", "")


@given(GENERATED)
def test_every_node_knows_its_text(given):
    tree = parse(*given)
    for node in tree.walk():
        if node is not tree and not (isinstance(node, Everything) and not node.text):
            assert node.span != NOWHERE
            if type(node).__str__ is not object.__str__ and type(node).__name__ != "Change":
                assert squeezed(tree.source(node)) == squeezed(str(node))


@pytest.mark.parametrize(("type", "query"), QUERIES)
def test_every_node_of_a_query_knows_its_text(type, query):
    tree = parse(type, query)
    for node in tree.walk():
        if type_of(node) != "Change" and not (isinstance(node, Everything) and not node.text):
            assert squeezed(tree.source(node)) == squeezed(str(node)), node


def type_of(node):
    return type(node).__name__
