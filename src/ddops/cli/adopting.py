"""`drift --adopt`: the files as they would be, shown, agreed to and written."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ddops.catalog.contract import Catalog
from ddops.catalog.inputs import digest
from ddops.catalog.load import load
from ddops.catalog.reader import Document
from ddops.compile import Desired, compile_specs
from ddops.drift.adopt import Adopted, Adoption
from ddops.errors import SpecError, UsageError
from ddops.org.contract import Org
from ddops.plan.change import Plan
from ddops.plan.live import Live
from ddops.report.words import plain

MARK = b"\xef\xbb\xbf"
"""A byte order mark, which stays where it was."""


def adoption(
    root: Path, catalog: Catalog, desired: Sequence[Desired], plan: Plan, live: Live, orgs: Mapping[str, Org]
) -> Adopted:
    """What the files would say. They are read again as they would be, in a temporary directory, and only what brings
    the specs nearer to the org there is kept."""

    def reread(documents: Mapping[str, Document]) -> Sequence[Desired] | None:
        with tempfile.TemporaryDirectory(prefix="ddops-") as folder:
            for path in catalog.files:
                file = Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                document = documents.get(path)
                file.write_bytes((root / path).read_bytes() if document is None else document.text.encode())
            try:
                return compile_specs(load(Path(folder)))
            except SpecError:
                return None

    return Adoption(
        catalog=catalog,
        desired=desired,
        plan=plan,
        live=live,
        url=lambda org, kind, which: orgs[org].url(kind, which),
        reread=reread,
    ).run()


def differences(adopted: Adopted) -> Iterator[str]:
    """A unified diff of the files, as a terminal can show it."""
    for path, after in sorted(adopted.documents.items()):
        before = adopted.before[path]
        lines = difflib.unified_diff(
            before.text.splitlines(keepends=True), after.text.splitlines(keepends=True), f"a/{path}", f"b/{path}"
        )
        for line in lines:
            yield plain(line.rstrip("\r\n"))
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def write(root: Path, catalog: Catalog, adopted: Adopted) -> None:
    """Writes the files. Raises UsageError where one is not any more what was read; then none is written."""
    before = {path: (root / path).read_bytes() for path in adopted.documents}
    for path, content in before.items():
        if digest(content) != catalog.files[path]:
            raise UsageError(f"{path} was changed while it was read; nothing is written, try again")
    for path, document in adopted.documents.items():
        mark = MARK if before[path].startswith(MARK) else b""
        (root / path).write_bytes(mark + document.text.encode())
