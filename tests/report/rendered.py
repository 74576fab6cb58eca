"""What GitHub would make of Markdown, by a parser of CommonMark with GitHub's extensions."""

import re
from functools import lru_cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"details", "summary", "code", "pre", "ins", "del", "span", "p", "strong"}
ACTIVE = [
    re.compile(r"(?<!\w)@[a-z0-9]", re.IGNORECASE),  # a mention
    re.compile(r"#\d|\bgh-\d", re.IGNORECASE),  # an issue
    re.compile(r"\b[0-9a-f]{7,40}\b", re.IGNORECASE),  # a commit
    re.compile(r"www\.|://|mailto:\w|[\w.+-]@\w", re.IGNORECASE),  # an address
    re.compile(r":\w+:"),  # a picture
    re.compile(r"\$[^$]+\$"),  # a formula
]
NEVER = {"image", "table_open", "hr", "code_block", "s_open", "em_open"}
_PARSER = MarkdownIt("gfm-like")
assert _PARSER.linkify is not None
_PARSER.linkify.set({"fuzzy_link": False})  # GitHub makes a link of an address with a scheme or www alone


@lru_cache(maxsize=4)
def _parsed(markdown: str) -> list[Token]:
    return _PARSER.parse(markdown)


class Html(HTMLParser):
    """The tags of a piece of HTML, and the text that stands in no element of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.other: list[str] = []
        self.texts: list[str] = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes += attrs
        self.texts.append("")

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.other.append(f"</{tag}>")
        self.texts.append("")

    def handle_data(self, data):
        if not {"code", "pre"} & set(self.open):
            self.texts[-1] += data

    def handle_comment(self, data):
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def tokens(markdown: str) -> list[Token]:
    return [one for token in _parsed(markdown) for one in (token.children or [token])]


def links(markdown: str) -> list[str]:
    return [str(token.attrs["href"]) for token in tokens(markdown) if token.type == "link_open"]


def blocks(markdown: str) -> list[str]:
    """The types of what the text is made of, without what is in a line."""
    return [token.type for token in _parsed(markdown)]


def html(markdown: str) -> Html:
    return Html("\n".join(token.content for token in tokens(markdown) if token.type in ("html_block", "html_inline")))


def shown(markdown: str) -> str:
    """What a reader of one line sees, code and all."""
    return "".join(
        Html(f"<i>{one.content}</i>").texts[1] if one.type == "html_inline" else one.content for one in tokens(markdown)
    )


def active(markdown: str) -> list[str]:
    """What GitHub would make more of than text, beside links that Markdown itself makes."""
    texts = html(markdown).texts
    stretch = ""
    for token in tokens(markdown):
        if token.type == "text":
            stretch += token.content
        else:
            texts.append(stretch)
            stretch = ""
    return [found.group() for text in [*texts, stretch] for one in ACTIVE for found in one.finditer(text)]


def headings(markdown: str) -> list[str]:
    found = _parsed(markdown)
    return [found[at + 1].content for at, token in enumerate(found) if token.type == "heading_open"]
