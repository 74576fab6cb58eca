"""What a product's file names: channels in routes, sections of the runbook."""

from __future__ import annotations

from pathlib import Path

from ddops.catalog.nearest import unknown
from ddops.catalog.reader import Document
from ddops.errors import Problem
from ddops.location import NodePath
from ddops.product import Product, sections


def check_product(root: Path, product: Product, document: Document, problems: list[Problem]) -> frozenset[str] | None:
    """Checks the names in a product's file and gives the sections of its runbook, None where it cannot be read."""

    def wrong(path: NodePath, message: str) -> None:
        problems.append(Problem(document.locate(path), message))

    if document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0] != product.product:
        wrong(("product",), f"the product '{product.product}' belongs into products/{product.product}.yaml")
    for index, route in enumerate(product.routes):
        for position, channel in enumerate(route.notify):
            if channel not in product.channels:
                wrong(("routes", index, "notify", position), unknown("channel", channel, product.channels))
    runbook = product.runbook
    if runbook is None:
        return frozenset()
    if runbook.file is None:
        return frozenset(runbook.sections or ())
    file = (root / runbook.file).resolve()
    if not file.is_relative_to(root.resolve()):
        wrong(("runbook", "file"), f"'{runbook.file}' is outside the repository")
        return None
    try:
        return frozenset(sections(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not UTF-8"
        wrong(("runbook", "file"), f"the runbook '{runbook.file}' cannot be read: {what}")
        return None
