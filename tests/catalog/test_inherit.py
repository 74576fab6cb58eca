"""`inherit` and `unchecked`: what a resource has of its product, and what its model is not asked about."""

import pytest

from ddops.compile import compile_specs

HEAD = "product: shop\nmonitors:\n  - key: k\n    name: n\n    type: query alert\n    query: q > 1\n    priority: 1\n"
BODY = HEAD + '    tags: ["env:prod"]\n    message: Hm.\n'


def payload(workspace, words):
    workspace.write("monitors/k.yaml", BODY + words)
    (found,) = [one for one in compile_specs(workspace.load()) if one.address.key == "k"]
    return found.payload


@pytest.mark.parametrize(
    ("words", "tags", "routed"),
    [
        ("", ["env:prod", "team:shop-team", "service:shop"], True),
        ("    inherit: [routes, tags]\n", ["env:prod", "team:shop-team", "service:shop"], True),
        ("    inherit: [tags]\n", ["env:prod", "team:shop-team", "service:shop"], False),
        ("    inherit: [routes]\n", ["env:prod"], True),
        ("    inherit: []\n", ["env:prod"], False),
    ],
)
def test_a_resource_has_of_its_product_what_it_inherits(workspace, words, tags, routed):
    found = payload(workspace, words)
    assert found["tags"] == [*tags, "ddops:acme/shop/k"]
    assert ("@pagerduty-Shop" in found["message"]) is routed


def test_what_is_unchecked_is_sent_as_it_stands(workspace):
    words = "    options: {brand_new: [1], on_missing_data: later}\n"
    checked = "    unchecked: [options.brand_new, options.on_missing_data]\n"
    assert payload(workspace, words + checked)["options"] == {"brand_new": [1], "on_missing_data": "later"}
    workspace.write("monitors/k.yaml", BODY + words + "    unchecked: [options.brand_new]\n")
    (problem,) = workspace.problems()
    assert "options.on_missing_data: 'later' is not allowed" in problem


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("    inherit: tags\n", "monitors/k.yaml:10:14: inherit: should be a list, not 'tags'"),
        ("    inherit: [tag]\n", "monitors/k.yaml:10:15: unknown word of `inherit` 'tag'; did you mean 'tags'?"),
        ("    unchecked: true\n", "monitors/k.yaml:10:16: unchecked: should be a list, not true"),
        ("    unchecked: [1]\n", "monitors/k.yaml:10:17: unchecked[0]: should be text, not 1; put it in quotes"),
        (
            "    options: 5\n    unchecked: [options]\n",
            "monitors/k.yaml:11:16: unchecked: what stands there is of a shape that ddops can do nothing with",
        ),
    ],
)
def test_what_is_wrong_with_the_words_is_said(workspace, words, problem):
    workspace.write("monitors/k.yaml", BODY + words)
    assert workspace.problems() == [problem]
