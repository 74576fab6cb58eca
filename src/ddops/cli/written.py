"""Files that commands write for people and editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ddops.schema.files import File


def write_schemas(folder: Path, files: Mapping[str, File]) -> Iterator[Path]:
    """Writes the schemas into the folder, which is made, and gives the path of each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in files.items():
        path = folder / f"{name}.json"
        path.write_text(file.text(), "utf-8")
        yield path
