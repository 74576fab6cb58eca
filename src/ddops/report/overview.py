"""What a reader has to know first: who is notified differently, and what could go wrong, over all resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ddops.meaning.contract import PlanMeaning, Together
from ddops.report.paragraph import RISKS, prose

MOST_LINES = 20
"""Of each of the two."""
MOST_ADDRESSES = 3

Style = Callable[[str, str], str]


def overview(meaning: PlanMeaning, style: Style) -> Iterator[str]:
    """Nothing where nobody hears differently and nothing could go wrong."""
    for title, found in (
        ("Who is notified differently:", meaning.notifications),
        ("What could go wrong:", meaning.risks),
    ):
        if found:
            yield title
            for one in found[:MOST_LINES]:
                yield from _told(one, style)
            yield from _rest(found)
            yield ""


def _told(one: Together, style: Style) -> Iterator[str]:
    text = f"{one.severity.value}: {one.text}" if one.severity else one.text
    colour = RISKS[one.severity] if one.severity else "cyan"
    yield from (style(part, colour) for part in prose(text, "  "))
    more = len(one.addresses) - MOST_ADDRESSES
    where = ", ".join(one.addresses[:MOST_ADDRESSES]) + (f" and {more} more" if more > 0 else "")
    yield from prose(where, "    ", hang=0)


def _rest(found: Sequence[Together]) -> Iterator[str]:
    if len(found) > MOST_LINES:
        yield f"  … {len(found) - MOST_LINES} more"
