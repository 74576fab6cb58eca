import pytest

from ddops.sandbox.exchange import Refusal
from ddops.sandbox.rules.json_patch import patched

BODY = {"a": [1, 2], "b": {"c/d": 1}}


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        ({"op": "add", "path": "/a/1", "value": 9}, {"a": [1, 9, 2], "b": {"c/d": 1}}),
        ({"op": "add", "path": "/a/-", "value": 9}, {"a": [1, 2, 9], "b": {"c/d": 1}}),
        ({"op": "add", "path": "/new", "value": 9}, {**BODY, "new": 9}),
        ({"op": "replace", "path": "/b/c~1d", "value": 9}, {"a": [1, 2], "b": {"c/d": 9}}),
        ({"op": "replace", "path": "/a/0", "value": 9}, {"a": [9, 2], "b": {"c/d": 1}}),
        ({"op": "remove", "path": "/a"}, {"b": {"c/d": 1}}),
        ({"op": "move", "from": "/a/0", "path": "/b/e"}, {"a": [2], "b": {"c/d": 1, "e": 1}}),
        ({"op": "copy", "from": "/b", "path": "/z"}, {**BODY, "z": {"c/d": 1}}),
        ({"op": "test", "path": "/a/0", "value": 1}, BODY),
    ],
)
def test_an_operation(operation, after):
    assert patched(BODY, [operation]) == after
    assert BODY == {"a": [1, 2], "b": {"c/d": 1}}


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "test", "path": "/a/0", "value": 2},
        {"op": "remove", "path": "/a/2"},
        {"op": "replace", "path": "/x", "value": 1},
        {"op": "add", "path": "/a/0/b", "value": 1},
        {"op": "add", "path": "a", "value": 1},
        {"op": "leap", "path": "/a"},
        {"op": "add", "path": "/a/0"},
        {"path": "/a"},
        "remove",
    ],
)
def test_what_cannot_be_done_is_refused(operation):
    with pytest.raises(Refusal):
        patched(BODY, [operation])
