"""Whether the files of a workspace are still those that were read."""

import pytest

from ddops.catalog.inputs import unchanged


def test_what_was_read_is_unchanged(workspace):
    files = workspace.load().files
    assert unchanged(workspace.root, files)
    assert {"ddops.yaml", "products/shop.yaml", "runbooks/shop.md", "monitors/shop.yaml"} <= files.keys()


@pytest.mark.parametrize(
    "path", ["ddops.yaml", "products/shop.yaml", "runbooks/shop.md", "monitors/shop.yaml", "presets/errors.yaml"]
)
def test_a_byte_more_or_a_file_less_is_a_change(workspace, path):
    files = workspace.load().files
    file = workspace.root / path
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    assert not unchanged(workspace.root, files)
    file.write_bytes(before)
    assert unchanged(workspace.root, files)
    file.unlink()
    assert not unchanged(workspace.root, files)


@pytest.mark.parametrize("path", ["monitors/new.yaml", "slos/below/new.yml", "dashboards/x.yaml", "presets/new.yaml"])
def test_a_file_more_is_a_change(workspace, path):
    files = workspace.load().files
    workspace.write(path, "product: shop\n")
    assert not unchanged(workspace.root, files)


def test_what_is_no_spec_does_not_count(workspace):
    files = workspace.load().files
    workspace.write("monitors/README.md", "x")
    workspace.write("monitors/.hidden.yaml", "x")
    assert unchanged(workspace.root, files)
