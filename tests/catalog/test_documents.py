"""Reading in several processes gives what reading in one gives, problems included."""

import pytest

from ddops.catalog import documents
from ddops.catalog.reader import Document, read
from ddops.errors import SpecError


@pytest.fixture
def several(monkeypatch):
    """As on Linux with two processors and a large workspace."""
    monkeypatch.setattr(documents, "WORTH_IT", 0)
    monkeypatch.setattr(documents, "_processes", lambda: 2)


@pytest.fixture
def files(tmp_path):
    texts = [
        *(f"key: {index}\nvalues: [1, 2.5, true, null, 'x']\n" for index in range(40)),
        "a: 1\na: 2\n",
        "a: [\n",
        "",
        "\xff",
    ]
    for index, text in enumerate(texts):
        (tmp_path / f"{index:03}.yaml").write_bytes(text.encode("latin-1"))
    (tmp_path / "900.yaml").mkdir()
    return sorted(tmp_path.iterdir())


def one_by_one(root, path):
    try:
        return read(root, path)
    except SpecError as error:
        return error.problems


def test_the_order_and_the_problems_are_those_of_one_process(several, tmp_path, files):
    found = list(documents.read_all(tmp_path, files))
    assert len(found) == len(files)
    assert found == [one_by_one(tmp_path, path) for path in files]
    assert sum(not isinstance(one, Document) for one in found) == 4


def test_a_workspace_is_the_same(several, monkeypatch, workspace):
    parallel = workspace.load()
    monkeypatch.setattr(documents, "_processes", lambda: 1)
    assert workspace.load() == parallel


def test_a_small_workspace_starts_no_process(monkeypatch, workspace):
    monkeypatch.setattr(documents, "ProcessPoolExecutor", None)
    workspace.load()
