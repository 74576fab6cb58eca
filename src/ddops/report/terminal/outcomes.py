"""What an apply did, for a terminal: what was not done last, where it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from ddops.apply.outcome import Outcome, Result
from ddops.report.terminal.drawing import GAP, Line, joined, said, widest


def outcomes(found: Sequence[Outcome], columns: int) -> Iterator[Line]:
    """A line for each, and why it was not done; its page stands there too where all of them fit, else below."""
    width = widest(one.result.value for one in found)
    told = [
        (one, _what(one, width), _page(one)) for one in sorted(found, key=lambda one: one.result is not Result.DONE)
    ]
    beside = all(cell_len(what.plain) + GAP + cell_len(page.plain) <= columns for _, what, page in told if page)
    for one, what, page in told:
        if one.why:
            yield Line(joined(what, ": ", said(one.why)), further=" " * (width + GAP))
        elif page and beside:
            yield Line(joined(what, " " * GAP, page), whole=True)
        else:
            yield Line(what, whole=True)
            if page:
                yield Line(page, width + GAP)
    counts = [f"{sum(one.result is result for one in found)} {result.value}" for result in Result]
    shown = ", ".join(count for count in counts if not count.startswith("0 "))
    yield Line(Text(shown or "nothing to do", "summary"))


def _what(one: Outcome, width: int) -> Text:
    result, change = one.result.value, one.change
    head = joined((f"{result:{width}}", result), f"  {change.action.value:6} ", said(change.address, "name"))
    return joined(head, said(f" in {change.org}"))


def _page(one: Outcome) -> Text:
    return said(one.url) if one.url and one.result is Result.DONE else Text()
