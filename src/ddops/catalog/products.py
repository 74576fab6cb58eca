"""What a product's file names: channels in routes, sections of the runbook; and whether its routes can be rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ddops import routing
from ddops.catalog.inputs import digest
from ddops.catalog.nearest import unknown
from ddops.catalog.reader import Document
from ddops.errors import Problem
from ddops.location import NodePath
from ddops.product import Product, sections
from ddops.reference import holds_any


def check_product(
    root: Path, product: Product, document: Document, workspace: str, problems: list[Problem], files: dict[str, str]
) -> frozenset[str] | None:
    """Checks the names in a product's file and gives the sections of its runbook, None where it cannot be read. The
    digest of the runbook's file is added to `files`."""

    def wrong(path: NodePath, message: str) -> None:
        problems.append(Problem(document.locate(path), message))

    if document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0] != product.product:
        wrong(("product",), f"the product '{product.product}' belongs into products/{product.product}.yaml")
    for index, position, channel in routing.unknown_channels(product):
        wrong(("routes", index, "notify", position), unknown("channel", channel, product.channels))
    for at, name in _tested_channels(product):
        wrong(at, unknown("channel", name, product.channels))
    for at, message in routing.faults(product, workspace):
        wrong(at, message)
    for path in _with_variables(document.data):
        wrong(path, "a product's file has no variables; '${' means nothing here")
    runbook = product.runbook
    if runbook is None:
        return frozenset()
    if runbook.file is None:
        return frozenset(runbook.sections or ())
    try:
        file = (root / runbook.file).resolve()
        if not file.is_relative_to(root.resolve()):
            wrong(("runbook", "file"), f"'{runbook.file}' is outside the repository")
            return None
        if file.exists() and not file.is_file():
            wrong(("runbook", "file"), f"the runbook '{runbook.file}' is no file")
            return None
        content = file.read_bytes()
        files[runbook.file] = digest(content)
        return frozenset(sections(content.decode()))
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        # RuntimeError is how Path.resolve speaks of links that lead in a circle.
        what = error.strerror if isinstance(error, OSError) else "links in a circle"
        what = "not UTF-8" if isinstance(error, UnicodeDecodeError) else what
        wrong(("runbook", "file"), f"the runbook '{runbook.file}' cannot be read: {what}")
        return None


def _tested_channels(product: Product) -> Iterator[tuple[NodePath, str]]:
    """The names in routing tests that are neither a channel of the product nor an `@handle`."""
    for index, test in enumerate(product.tests):
        for word, names in (("notifies", test.notifies or ()), ("not_notifies", test.not_notifies)):
            for position, name in enumerate(names):
                if name not in product.channels and not name.startswith("@"):
                    yield ("tests", index, word, position), name


def _with_variables(value: Any, path: NodePath = ()) -> Iterator[NodePath]:
    """The paths of the texts that hold `${`."""
    if isinstance(value, str):
        if "${" in value:
            yield path
    elif isinstance(value, dict | list) and holds_any(value):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _with_variables(child, (*path, step))
