import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.catalog.variables import Variables
from ddops.reference import ESCAPED

VARIABLES = Variables(
    values={
        "env": "prod",
        "limit": 5,
        "rate": 0.5,
        "on": True,
        "none": None,
        "list": [1, "a"],
        "endpoint": {"limit": 50, "tags": {"service": "shop"}},
        "product": {"title": "Shop", "tags": {"service": "shop"}},
    },
    texts={"product": "shop", "endpoint": "refill"},
    product="shop",
    kinds=frozenset({"monitor", "slo", "dashboard"}),
)


def resolved(value, variables=VARIABLES):
    """The value and what is said to be wrong, with the paths."""
    said = []
    found = variables.resolve(value, lambda path, message, *, key=False: said.append((path, message, key)))
    return found, said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${env}", "prod"),
        ("${ env }", "prod"),
        ("eks-${env}", "eks-prod"),
        ("${limit}", 5),
        ("${rate}", 0.5),
        ("${on}", True),
        ("${none}", None),
        ("${list}", [1, "a"]),
        ("> ${limit}", "> 5"),
        ("${on}/${none}/${rate}", "true//0.5"),
        ("${endpoint}", "refill"),
        ("${endpoint.limit}", 50),
        ("${endpoint.tags}", {"service": "shop"}),
        ("${product}: ${product.title}", "shop: Shop"),
        ("${product.tags.service}", "shop"),
        ("${product.tags.${product.tags.${x}}}", None),
        ("{{value}} $env $1 } ${env}", "{{value}} $env $1 } prod"),
        ("$${env}", f"{ESCAPED}env}}"),
        ("$$${env}", f"${ESCAPED}env}}"),
        ("a $${x ${env}", f"a {ESCAPED}x prod"),
        ("${monitor:errors}", "${monitor:shop/errors}"),
        ("${monitor:other/errors.prod}", "${monitor:other/errors.prod}"),
        ("${monitor:errors.${env}}", "${monitor:shop/errors.prod}"),
        ("${dashboard:overview.url}", "${dashboard:shop/overview.url}"),
        ("see ${dashboard:${product}/overview.url}!", "see ${dashboard:shop/overview.url}!"),
    ],
)
def test_texts(text, value):
    found, said = resolved(text)
    if value is None and text != "${none}":
        assert said
    else:
        assert (found, said) == (value, [])
        assert type(found) is type(value)


PLAIN = " (write $${ for a plain ${)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("${envv}", f"unknown variable 'envv'; did you mean 'env'?{PLAIN}"),
        ("${}", f"unknown variable ''; known: endpoint, env, limit, list, none, on, product, rate{PLAIN}"),
        ("${product.tags.servce}", "unknown part of ${product.tags} 'servce'; did you mean 'service'?"),
        ("${env.x}", "unknown part of ${env} 'x'; there is none"),
        ("a ${env", f"'${{' without its '}}'{PLAIN}"),
        ("a ${list}", "${list} is not one value and cannot stand inside a text"),
        ("a ${product.tags}", "${product.tags} is not one value and cannot stand inside a text"),
        ("${${product.tags}}", "${product.tags} is not one value and cannot stand inside a text"),
        ("${monitr:errors}", f"unknown kind 'monitr'; did you mean 'monitor'?{PLAIN}"),
        ("${monitor:A b}", "'A b' is no key; a reference reads ${monitor:KEY} or ${monitor:PRODUCT/KEY}"),
        ("${monitor:}", "'' is no key; a reference reads ${monitor:KEY} or ${monitor:PRODUCT/KEY}"),
        ("${monitor:a/b/c}", "'a/b/c' is no key; a reference reads ${monitor:KEY} or ${monitor:PRODUCT/KEY}"),
    ],
)
def test_what_is_wrong_is_said(text, message):
    assert resolved({"a": ["x", text]})[1][0] == (("a", 1), message, False)


def test_a_variable_cannot_stand_in_a_key():
    assert resolved({"a": {"${env}": 1}})[1] == [(("a", "${env}"), "'${env}': a variable cannot stand in a key", True)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8),
    lambda child: st.lists(child, max_size=3) | st.dictionaries(st.text(max_size=4), child, max_size=3),
    max_leaves=12,
)


@given(JSON.filter(lambda value: "${" not in str(value)))
def test_what_holds_no_variable_stays_as_it_is(value):
    assert resolved(value) == (value, [])


@given(JSON.filter(lambda value: "${" not in str(value)))
def test_a_text_that_is_one_variable_has_its_value(value):
    variables = Variables({"v": value}, {}, "shop", frozenset())
    assert resolved({"a": ["${v}"]}, variables) == ({"a": [value]}, [])


@given(st.lists(st.sampled_from(["${", "$${", "}", "$", "env", "limit", ":", "monitor", "/", ".", " ", "x", "é"])))
def test_any_text_is_resolved_or_something_is_wrong_with_it(parts):
    text = "".join(parts)
    found, said = resolved(text)
    assert said or "${" not in str(found).replace("${monitor:", "")


@given(st.lists(st.sampled_from(["${", "}", "$", "a", "{{b}}", " "])))
def test_an_escaped_text_comes_out_as_it_was(parts):
    text = "".join(parts)
    while "$${" in text:
        text = text.replace("$${", "${")
    found, said = resolved(text.replace("${", "$${"))
    assert (found.replace(ESCAPED, "${"), said) == (text, [])
