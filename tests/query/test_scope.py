import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.query.scope import faults, partial_wildcards


@pytest.mark.parametrize(
    "scope",
    [
        "*",
        "env:prod",
        "env:(staging OR prod)",
        'host:"java-hosts (old)" AND NOT service:web',
        "(a:1 OR b:2) AND -c:3 !d:4",
        "env:prod,role:db",
        "env:*",
        "service:(a OR (b AND c))",
        "env: (a b)",
    ],
)
def test_scopes_with_keys_have_no_fault(scope):
    assert list(faults(scope)) == []


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        ("BAD_SCOPE", "'BAD_SCOPE' has no key"),
        ("env:prod AND staging", "'staging' has no key"),
        ('"two words"', "has no key"),
        ("env:(a OR b", "a `(` without its `)`"),
        ("env:a)", "a `)` without its `(`"),
        ('env:"a', 'a quote `"` without its end'),
    ],
)
def test_faults(scope, says):
    (fault,) = faults(scope)
    assert says in fault


@pytest.mark.parametrize(
    ("scope", "words"),
    [("env:*", []), ("env:prod-*", ["prod-*"]), ("env:(a OR b?)", ["b?"]), ('host:"a*"', []), ("service:web", [])],
)
def test_partial_wildcards(scope, words):
    assert list(partial_wildcards(scope)) == words


@given(st.text(st.sampled_from('ab:()" ,*-!?\\\n'), max_size=40))
def test_any_text_can_be_asked_about(scope):
    assert all(map(str, [*faults(scope), *partial_wildcards(scope)]))
