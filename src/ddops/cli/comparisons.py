"""The comparisons of earlier plans that found nothing to change, so that they are not made again."""

from __future__ import annotations

from pathlib import Path

from ddops.cli import kept
from ddops.plan.alike import DIGEST_BYTES, Alike

NAME = "comparisons"
MOST = 200_000
"""How many are kept beside those of the last plan, which can be of one product."""


def recall(folder: Path | None) -> Alike:
    """What is kept in the directory `folder`; nothing is known where there is none."""
    content = kept.read(folder / NAME) if folder is not None else None
    if content is None:
        return Alike()
    return Alike(frozenset(bytes(content[at : at + DIGEST_BYTES]) for at in range(0, len(content), DIGEST_BYTES)))


def keep(alike: Alike, folder: Path | None) -> None:
    """Keeps what is known and what was found, in place of what was there; too much of it is forgotten."""
    if folder is None or alike.found <= alike.known:
        return
    pairs = alike.found if len(alike.known) > MOST else alike.found | alike.known
    kept.write(folder / NAME, b"".join(sorted(pairs)))
