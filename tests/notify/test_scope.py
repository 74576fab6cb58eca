"""Scopes in search syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.notify.scope import satisfies

TAGS = {"team:payment", "env:prod", "service:payment-gateway", "team:core", "name:two words"}


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        ("team:payment", True),
        ("team:core", True),  # all values of a key count
        ("team:other", False),
        ("TEAM:Payment", True),
        ("*", True),
        ("team:*", True),
        ("region:*", False),
        ("NOT env:dev", True),
        ("NOT team:core", False),
        ("-env:prod", False),
        ("!env:dev team:core", True),
        ("team:payment AND NOT env:dev AND service:(payment-processing OR payment-gateway)", True),
        ("team:payment env:dev", False),
        ("team:x OR env:prod AND service:payment-gateway", True),
        ("(team:x OR env:prod) AND service:other", False),
        ("env:(dev OR staging)", False),
        ("env:(NOT dev)", True),
        ('name:"two words"', True),
        ("NOT NOT env:prod", True),
        # Malformed: nothing satisfies it.
        ("", False),
        ("prod", False),
        ("env:prod AND", False),
        ("(env:prod", False),
        ("env:prod)", False),
        ("env:", False),
    ],
)
def test_scopes(scope, holds):
    assert satisfies(TAGS, scope) is holds


@given(st.lists(st.sampled_from(["(", ")", "env:prod", "NOT", "AND", "OR", "-", "!", "env:", "*", '"', " "])))
def test_no_scope_raises(words):
    satisfies(TAGS, " ".join(words))


@given(st.text())
def test_no_text_raises(text):
    satisfies(TAGS, text)
