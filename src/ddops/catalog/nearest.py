"""The word that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST = 60
"""Characters of a text that an error shows."""


def quoted(text: str) -> str:
    """The text as an error shows it: in quotes, cut where it is long."""
    return f"'{text if len(text) <= MOST else text[: MOST - 1] + '…'}'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, None where none is near."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """`unknown route 'pge'; did you mean 'page'?`, or the words there are where none is near."""
    names = sorted(set(known))
    near = nearest(word, names)
    if near is not None:
        return f"unknown {what} {quoted(word)}; did you mean '{near}'?"
    if not names:
        return f"unknown {what} {quoted(word)}; there is none"
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return f"unknown {what} {quoted(word)}; known: {shown}"
