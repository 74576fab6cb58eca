"""What is wrong, as a page: a preview shows it until it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from ddops.report.escape import marked_up
from ddops.report.page import page
from ddops.report.words import line


def problems(found: Sequence[str]) -> str:
    """A whole HTML document; each text is a line, `path:line:column: what is wrong` where it is about a file."""
    items = "".join(f"<li><code>{marked_up(line(text))}</code></li>" for text in found)
    said = "A problem" if len(found) == 1 else f"{len(found)} problems"
    body = f'<main id="main"><h1>{said}</h1><section class="refused"><ul>{items}</ul></section></main>'
    return page("Problems", body, "")
