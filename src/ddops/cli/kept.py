"""Files that save work: results that hold as long as what they were made from, and ddops itself, are the same.

They stand below `.ddops/cache`. One that is missing or damaged, that another version wrote, or that cannot be written
is as good as none.
"""

from __future__ import annotations

import os
import platform
import tempfile
from functools import cache
from hashlib import blake2b
from pathlib import Path

import orjson
import pydantic

import ddops


def read(file: Path) -> memoryview | None:
    """The bytes that were kept in a file, None where they do not count."""
    try:
        whole = file.read_bytes()
    except OSError:
        return None
    end = whole.find(b"\n") + 1
    content = memoryview(whole)[end:]
    return content if whole[:end] == _head(content) else None


def write(file: Path, content: bytes) -> None:
    """Keeps bytes: all of them or none, also where another ddops reads or writes the same file."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f"{file.name}-", delete=False) as new:
            try:
                new.write(_head(content))
                new.write(content)
                new.close()
                os.replace(new.name, file)
            except BaseException:
                os.unlink(new.name)
                raise
    except OSError:  # a read-only checkout, a full disk
        return


def _head(content: bytes | memoryview) -> bytes:
    return f"{_code()} {blake2b(content, digest_size=16).hexdigest()}\n".encode()


@cache
def _code() -> str:
    """What a result depends on beside the files that it was made from: ddops to the byte, and what runs it."""
    found = blake2b(f"{platform.python_version()} {pydantic.VERSION} {orjson.__version__}".encode(), digest_size=16)
    for module in sorted(Path(ddops.__file__).parent.rglob("*.py")):
        found.update(module.read_bytes())
    return f"ddops {ddops.__version__} {found.hexdigest()}"
