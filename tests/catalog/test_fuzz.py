"""Whatever stands in the files: success, or problems with their places."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddops.compile import compile_specs
from ddops.errors import SpecError
from tests.conftest import FILES

FUZZED = [path for path in FILES if path.endswith(".yaml")]
PIECES = [
    *(
        "[",
        "]",
        "{",
        "}",
        ":",
        "- ",
        "\n",
        "\n  ",
        '"',
        "'",
        "&a ",
        "*a",
        "<<: *a",
        "!!python/object:x ",
        "#",
        "|\n",
        ">",
        "%",
        "@",
    ),
    *(
        "${",
        "}",
        "$${",
        "${env}",
        "${product",
        "${monitor:errors}",
        "${x.y}",
        "${dashboard:overview.url}",
        "\0",
        "\t",
        "\r\n",
    ),
    *(
        "null",
        "true",
        "5",
        "-1",
        "1.5",
        "1e999",
        "é",
        "\udcff",
        "key: ",
        "org: ",
        "for_each: ",
        "preset: ",
        "with: ",
        "match: ",
    ),
    *(
        "monitors:",
        "product: shop",
        "adopt: {main: 1}",
        "protect: 1",
        "overrides: [",
        "{a: b}",
        "[[]]",
        "[1, a]",
        "{}",
        "[]",
    ),
]


def problems(workspace):
    try:
        compile_specs(workspace.load())
    except SpecError as error:
        return error.problems
    return None


def checked(workspace):
    found = problems(workspace)
    assert found is None or found
    for problem in found or ():
        assert problem.message
        assert problem.location.line >= 1
        assert "\n" not in str(problem)
        assert "Traceback" not in str(problem)


@st.composite
def mutations(draw):
    """A file with a part cut out, doubled or replaced by a piece, a few times."""
    path = draw(st.sampled_from(FUZZED))
    text = FILES[path]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 25)))
        piece = draw(st.sampled_from([*PIECES, "", text[start:end] * 2]))
        text = text[:start] + piece + text[end:]
    return path, text.encode("utf-8", "surrogateescape")


FUZZ = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(mutations())
def test_a_workspace_with_a_damaged_file(workspace, mutation):
    path, content = mutation
    workspace.write(path, content)
    try:
        checked(workspace)
    finally:
        workspace.write(path, FILES[path])


@cache
def lines(path):
    return FILES[path].splitlines()


@FUZZ
@given(st.sampled_from(FUZZED), st.data())
def test_a_workspace_with_lines_moved_or_taken_out(workspace, path, data):
    kept = data.draw(st.permutations(lines(path)) | st.lists(st.sampled_from(lines(path)), max_size=12))
    workspace.write(path, "\n".join(kept))
    try:
        checked(workspace)
    finally:
        workspace.write(path, FILES[path])


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(-3, 3)
    | st.sampled_from(
        ["", "shop", "prod", "env", "${env}", "${product}", "${", "$${x}", "main", "errors", "monitor", "A b"]
    ),
    lambda child: (
        st.lists(child, max_size=3)
        | st.dictionaries(st.sampled_from(["prod", "env", "main", "match", "set", "a"]), child)
    ),
    max_leaves=6,
)
WORDS = (
    "key",
    "org",
    "for_each",
    "overrides",
    "preset",
    "with",
    "adopt",
    "protect",
    "runbook",
    "routes",
    "name",
    "type",
    "tags",
)


@FUZZ
@given(st.dictionaries(st.sampled_from([*WORDS, "query", "options", "message", "priority", "x"]), VALUES))
def test_a_monitor_with_any_values(workspace, words):
    import orjson  # JSON is YAML

    item = {"key": "k", "name": "n", "type": "query alert", "query": "q > 1", **words}
    workspace.write("monitors/fuzz.yaml", orjson.dumps({"product": "shop", "monitors": [item]}))
    checked(workspace)


@pytest.mark.parametrize("path", FUZZED)
def test_a_file_cut_off_anywhere(workspace, path):
    for end in range(0, len(FILES[path]), 7):
        workspace.write(path, FILES[path][:end])
        checked(workspace)
