"""Texts of specs and orgs as they may stand in Markdown and HTML: they show as they are, and do nothing.

GitHub makes more of a text than Markdown does: `@name` notifies people, `#1`, `GH-1`, `owner/name#1` and the hash of a
commit become links, `:name:` a picture, `$…$` a formula, and an address of the web or of mail becomes a link wherever
it stands (GitHub Flavored Markdown, autolinks). Most of that is looked for after Markdown was read, in the text that
came of it, so that no escape of Markdown holds it back. In code nothing is looked for; in prose an invisible character
parts what would be found.
"""

from __future__ import annotations

import html
import re

from ddops.report.words import line, plain

ZERO_WIDTH = "\u200b"

_ACTIVE = re.compile(r"[#$&*<>@\[\\\]_`|~]|:(?!\s|$)|^[-+=\d]")
"""What Markdown, or GitHub, makes something of in a line, or where one begins."""
_PARTED = re.compile(r"[@#]|:(?!\s|$)|www(?=\.)|[a-z](?=-\d)|[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
"""After which a mention, a reference, a picture's name, an address or a commit's hash is parted."""
_FORMULA = "<span>&#36;</span>"
"""A `$` that begins no formula (GitHub's documentation of mathematical expressions)."""
_RUN = re.compile("`+")
_LINK = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9/_.~%&=?:-]*)?")


def prose(text: object) -> str:
    """One line of text, for Markdown and for HTML: it shows as it is."""
    parted = _PARTED.sub(rf"\g<0>{ZERO_WIDTH}", " ".join(line(text).split()))
    return _ACTIVE.sub(_entity, parted)


def _entity(match: re.Match[str]) -> str:
    return _FORMULA if match.group() == "$" else f"&#{ord(match.group())};"


def code(text: object) -> str:
    """One line of text as code, for Markdown outside of tables."""
    shown = line(text)
    if not shown.strip():
        return "` `"
    fence = "`" * (_longest(shown) + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def fenced(text: str, language: str = "") -> str:
    """Several lines of code, for Markdown at the start of a line. `language` is a word of ours."""
    shown = plain(text)
    fence = "`" * max(3, _longest(shown) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def marked_up(text: object) -> str:
    """The text in HTML, several lines maybe: in an element, or as an attribute in double quotes. In what GitHub shows
    this is for elements of code alone."""
    return html.escape(plain(str(text)))


def link(url: str | None, words: str) -> str | None:
    """A Markdown link with words of ours; None where the address is none that could be ours: an object's page."""
    return f"[{words}]({url})" if is_page(url) else None


def is_page(url: str | None) -> bool:
    """Whether an address is a web page's, and of characters that mean nothing to Markdown, HTML and terminals."""
    return url is not None and _LINK.fullmatch(url) is not None


def _longest(text: str) -> int:
    """The length of the longest run of backticks."""
    return max((len(run) for run in _RUN.findall(text)), default=0)
