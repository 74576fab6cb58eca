"""What is kept from run to run saves work and changes nothing."""

import gc
import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddops.cli import kept, planning
from ddops.cli.planning import uncollected
from ddops.errors import SpecError
from tests.conftest import FILES, Workspace


@pytest.fixture
def root(workspace):
    return workspace.root


@pytest.fixture
def cache(root):
    return root / ".ddops" / "cache"


def seen(root, cache):
    """Everything that a workspace is, the order of fields and the types of numbers included; or its problems."""
    try:
        found = planning.workspace(root, cache)
    except SpecError as error:
        return str(error)
    # A set's order is that of the hashes, which differ from run to run, and not what the workspace says.
    said = repr((found.catalog, found.desired, found.findings))
    return re.sub(r"frozenset\(\{(.*?)\}\)", lambda match: str(sorted(match[1].split(", "))), said)


def test_what_is_kept_is_what_was_read(root, cache):
    first = seen(root, cache)
    assert (cache / "workspace").exists()
    assert seen(root, cache) == first == seen(root, None)


def test_nothing_is_read_as_yaml_again(root, cache, monkeypatch):
    planning.workspace(root, cache)
    monkeypatch.setattr("ddops.catalog.load.load", None)
    planning.workspace(root, cache)


def test_problems_are_not_kept(root, cache):
    (root / "monitors" / "shop.yaml").write_text("product: nobody\n")
    assert "nobody" in seen(root, cache)
    assert not (cache / "workspace").exists()


EDITS = st.lists(
    st.tuples(
        st.sampled_from(sorted(FILES)),
        st.sampled_from(
            [("shop", "store"), ("prod", "live"), ("2.5", "2"), ("Errors", "Faults"), ("50", "50.0"), ("", "\n")]
        ),
    ),
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(EDITS)
def test_with_and_without_the_cache_every_edit_gives_the_same(tmp_path, edits):
    root, cache = tmp_path, tmp_path / ".ddops" / "cache"
    for path, text in FILES.items():
        Workspace(root).write(path, text)
    for path, (before, after) in [("ddops.yaml", ("", "")), *edits]:
        text = (root / path).read_text()
        (root / path).write_text(text.replace(before, after) if before else text + after)
        assert seen(root, cache) == seen(root, None)
        assert seen(root, cache) == seen(root, None)


@pytest.mark.parametrize("damage", [b"", b"\n", b"garbage", b"\xff\xfe\n{}"])
def test_a_damaged_file_is_as_good_as_none(root, cache, damage):
    first = seen(root, cache)
    (cache / "workspace").write_bytes(damage)
    assert seen(root, cache) == first
    assert (cache / "workspace").read_bytes() != damage


@given(position=st.integers(0, 10**6), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_no_flipped_bit_is_believed(tmp_path, position, bit):
    file = tmp_path / "kept"
    kept.write(file, b"content" * 20)
    content = bytearray(file.read_bytes())
    content[position % len(content)] ^= 1 << bit
    file.write_bytes(content)
    assert kept.read(file) is None


def test_another_version_of_ddops_does_not_count(root, cache, monkeypatch):
    file = cache / "x"
    kept.write(file, b"content")
    assert bytes(kept.read(file) or b"") == b"content"
    monkeypatch.setattr(kept, "_code", lambda: "ddops 99")
    assert kept.read(file) is None


def test_a_cache_that_cannot_be_written_is_no_error(root):
    (root / ".ddops").write_text("a file where the directory should be")
    assert seen(root, root / ".ddops" / "cache") == seen(root, None)


def test_writing_leaves_nothing_beside(cache):
    kept.write(cache / "x", b"1")
    kept.write(cache / "x", b"2")
    assert os.listdir(cache) == ["x"]
    assert bytes(kept.read(cache / "x") or b"") == b"2"


def test_the_collector_is_as_it_was():
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
