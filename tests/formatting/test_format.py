"""What `ddops fmt` makes of a file: small files, before and after."""

import pytest

from ddops.errors import SpecError
from ddops.formatting.format import Unsafe, formatted

CASES = {
    "a list in the column of its key": (
        "monitors:\n- key: a\n  tags:\n  - x\n  - y\nproduct: shop\n",
        "product: shop\nmonitors:\n  - key: a\n    tags:\n      - x\n      - y\n",
    ),
    "four blanks": ("a:\n    b:\n        - c:   1\n          d: 2\n", "a:\n  b:\n    - c:   1\n      d: 2\n"),
    "blanks behind a dash": ("a:\n  -   b: 1\n      c: 2\n  -   d\n", "a:\n  - b: 1\n    c: 2\n  - d\n"),
    "a dash alone": ("a:\n-\n    b: 1\n- - c\n  -   d\n", "a:\n  -\n    b: 1\n  - - c\n    - d\n"),
    "brackets": (
        'a: [ x ,y,  z ]\nb: { k : 1,"q":2 , e: [ ], f: {  } }\n',
        'a: [x, y, z]\nb: {k: 1, "q": 2, e: [], f: {}}\n',
    ),
    "brackets over several lines": (
        "a:\n    b: [x,\n        y,   # why\n        # what\n        z]\n",
        "a:\n  b: [x,\n      y,   # why\n      # what\n      z]\n",
    ),
    "texts in blocks": (
        "a:\n    b: |\n          first\n            further\n\n          last\n    c: >-\n     x\n",
        "a:\n  b: |\n    first\n      further\n\n    last\n  c: >-\n    x\n",
    ),
    "a block that says its column": ("a:\n    b: |2\n        x\n      y\n", "a:\n  b: |2\n      x\n    y\n"),
    "blanks in a block have a meaning": ("a: |\n  x  \n     \n  y\nb: 1   \n", "a: |\n  x  \n     \n  y\nb: 1\n"),
    "texts over several lines": (
        'a:\n    b: one\n       two\n    c: "three\n\n       four"\n',
        'a:\n  b: one\n    two\n  c: "three\n\n    four"\n',
    ),
    "a value below its key": ("a:\n      b\nc:\n    [x]\n", "a:\n  b\nc:\n  [x]\n"),
    "empty lines": ("\n\na: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
    "the end": ("a: 1", "a: 1\n"),
    "a block at the end": ("a: |\n  x", "a: |\n  x"),
    "nothing": ("", "\n"),
    "only a comment": ("  # what\n\n\n", "  # what\n"),
    "comments go with their lines": (
        "# top\na:\n# first\n- x\n# second\n- y\n# end of a\n\n# b\nb: 1\n# end\n",
        "# top\na:\n  # first\n  - x\n  # second\n  - y\n# end of a\n\n# b\nb: 1\n# end\n",
    ),
    "a comment behind a block stays one": (
        "a:\n      b: |\n            text\n          # no text\n      c: 1\n",
        "a:\n  b: |\n    text\n  # no text\n  c: 1\n",
    ),
    "anchors": (
        "a: &x\n    b: 1\nc: *x\nd: [ *x , *x ]\n",
        "a: &x\n  b: 1\nc: *x\nd: [*x, *x]\n",
    ),
    "the order of a resource": (
        "monitors:\n"
        "  # of a\n"
        "  - query: q\n"
        "    # how bad\n"
        "    priority: 1   # very\n"
        "      # really\n"
        "\n"
        "    options: {}\n"
        "    # who\n"
        "    name: n\n"
        "    key: a\n"
        "    # end\n"
        "\n"
        "  - name: m\n"
        "    # its key\n"
        "    key: b\n"
        "product: shop\n",
        "product: shop\n"
        "monitors:\n"
        "  # of a\n"
        "  - key: a\n"
        "    # who\n"
        "    name: n\n"
        "    query: q\n"
        "    # how bad\n"
        "    priority: 1   # very\n"
        "      # really\n"
        "\n"
        "    options: {}\n"
        "    # end\n"
        "\n"
        "  # its key\n"
        "  - key: b\n"
        "    name: m\n",
    ),
    "what the order does not know": (
        "product: shop\nname: n\nzeal: 1\noverrides: []\nquery: q\nalso: 2\nkey: a\n",
        "product: shop\nkey: a\nname: n\nquery: q\nzeal: 1\nalso: 2\noverrides: []\n",
    ),
    "anchors keep the order": ("query: &x q\nname: *x\n", "query: &x q\nname: *x\n"),
    "blocks that keep their empty lines keep the order": ("query: |+\n  q\n\nname: n\n", "query: |+\n  q\n\nname: n\n"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_layout(before, after):
    assert formatted("monitors/shop.yaml", before) == after
    assert formatted("monitors/shop.yaml", after) == after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("ddops.yaml", "orgs: {main: {}}\nworkspace: a\n", "workspace: a\norgs: {main: {}}\n"),
        ("products/a.yaml", "team: a\nproduct: a\n", "product: a\nteam: a\n"),
        (
            "presets/a.yaml",
            "body:\n  query: q\n  type: t\nkind: monitor\npreset: a\n",
            "preset: a\nkind: monitor\nbody:\n  type: t\n  query: q\n",
        ),
        ("dashboards/a/b.yaml", "widgets: []\ntitle: t\nproduct: a\n", "product: a\ntitle: t\nwidgets: []\n"),
        ("elsewhere/a.yaml", "widgets: []\ntitle: t\nproduct: a\n", "widgets: []\ntitle: t\nproduct: a\n"),
    ],
)
def test_the_order_is_the_files(path, before, after):
    assert formatted(path, before) == after


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "a: !!set {}\n", "a: 1\n---\nb: 2\n"])
def test_what_the_reader_refuses(text):
    with pytest.raises(SpecError):
        formatted("monitors/shop.yaml", text)


def test_line_ends_that_editors_do_not_know():
    with pytest.raises(Unsafe, match=r"monitors/shop\.yaml: left as it is"):
        formatted("monitors/shop.yaml", "a: 'x\x85y'\n")
