"""One change in Markdown, folded: what differs in what, who hears differently, what could go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddops.backtest.contract import Backtest
from ddops.backtest.sentence import sentence
from ddops.kinds.contract import Json, kinds
from ddops.meaning.contract import Difference, Meaning, Part, What, Word
from ddops.plan.change import Action, Change, moment
from ddops.report.causes import of_field, word
from ddops.report.escape import code, fenced, link, marked_up, prose
from ddops.report.fit import Fold
from ddops.report.marked import is_alike
from ddops.report.words import MOST_COLUMNS, block, cut, inline, is_long_text, line

MOST_OUTLINED = 60
"""Lines of an outline."""
MOST_KEPT = 240
"""Characters of a text between two changes of it."""
MOST_CHANGED = 2000
"""Characters of a stretch that changed."""
MOST_ITEMS = 20
"""Of a list that gained or lost some."""


def fold(change: Change, meaning: Meaning, backtest: Backtest | None = None) -> Fold:
    """The change, folded; its summary says what it does to what, and the worst that could come of it."""
    risks = f" — {prose(meaning.risks[0].message)}" if meaning.risks else ""
    return Fold(
        f"{change.action.value} <code>{marked_up(line(change.address))}</code>{risks}",
        tuple(_blocks(change, meaning, backtest)),
    )


def _blocks(change: Change, meaning: Meaning, backtest: Backtest | None) -> Iterator[str]:
    yield " · ".join(_head(change))
    lines = [
        *(f"- **{risk.severity.value} risk:** {prose(risk.message)}" for risk in meaning.risks),
        *(f"- {prose(notice.text)}" for notice in meaning.notices),
        *(f"- note: {prose(note)}" for note in change.notes),
        # What no org can be asked about is no news.
        *([f"- {prose(sentence(backtest))}"] if backtest is not None and backtest.query is not None else []),
    ]
    if lines:
        yield "\n".join(lines)
    causes = {field.path: of_field(change, field) for field in change.fields}
    for difference in meaning.differences:
        yield "\n\n".join(_difference(change, difference, causes))
    for part in meaning.parts:
        yield _part(part) + causes.get(part.path, "")
        for difference in part.differences:
            if difference.what is not What.MOVED:
                yield "\n\n".join(_difference(change, difference, causes))


def _head(change: Change) -> Iterator[str]:
    yield f"**{prose(change.title)}**" if change.title.strip() else "(no title)"
    if change.source is not None:
        yield code(f"{change.source.path}:{change.source.line}")
    yield f"in {code(change.org)}"
    if change.cause is not None:
        yield word(change.cause)
    when = moment(change.last_changed)
    if when is not None:
        yield f"last changed {when}"
    if change.author is not None:
        yield f"made by {code(change.author)}"
    page = link(change.url, "open")
    if page is not None:
        yield page


def _part(part: Part) -> str:
    group = f" in {code(part.group)}" if part.group and not (part.moved or "").startswith("moved into ") else ""
    moved = f", {prose(part.moved)}" if part.moved else ""
    what = "" if part.what is What.MOVED and moved else f"{part.what.value} "
    return f"**{what}{code(part.label)}**{group}{moved}"


def _difference(change: Change, one: Difference, causes: Mapping[str, str]) -> Iterator[str]:
    name = code(one.name) + causes.get(one.path, "")
    sense = f" ({one.sense})" if one.sense else ""
    outline = kinds()[change.address.kind].outlines.get(one.path)
    if change.action is Action.CREATE and outline is not None:
        yield f"{name}:"
        yield fenced("\n".join(cut(list(outline(one.after)), MOST_OUTLINED)))
    elif one.words and is_alike(one.words):
        yield f"{name}:{sense}"
        yield f"<pre>{word_diff(one.words)}</pre>"
    elif one.added or one.removed:
        yield "\n".join([f"{name}:{sense}", "", *_items("added", one.added), *_items("removed", one.removed)])
    elif one.before is None:
        yield from _value(name, one.after)
    elif _fits(one.before) and _fits(one.after):
        yield f"{name}: {code(inline(one.before))} → {_or_none(one.after)}{sense}"
    else:
        yield f"{name}:{sense}"
        yield fenced("\n".join([*signed("-", one.before), *signed("+", one.after)]), "diff")


def _value(name: str, value: Json) -> Iterator[str]:
    if _fits(value) or (isinstance(value, str) and not is_long_text(value)):
        yield f"{name}: {_or_none(value)}"
    else:
        yield f"{name}:"
        yield fenced("\n".join(block(value)))


def _items(what: str, items: Sequence[Json]) -> Iterator[str]:
    for item in items[:MOST_ITEMS]:
        yield f"- {what} {code(inline(item))}"
    if len(items) > MOST_ITEMS:
        yield f"- {what} {len(items) - MOST_ITEMS} more"


def _fits(value: Json) -> bool:
    return not is_long_text(value) and len(inline(value)) <= MOST_COLUMNS


def _or_none(value: Json) -> str:
    return "(none)" if value is None else code(inline(value))


def signed(sign: str, value: Json) -> Iterator[str]:
    """The lines of a value in a diff; nothing for none."""
    if value is not None:
        yield from (f"{sign} {text}" for text in block(value))


_TAGS = {"kept": "", "removed": "del", "added": "ins"}


def word_diff(words: Sequence[Word]) -> str:
    """A text's words as HTML: what went in `<del>`, what came in `<ins>`, and long stretches that stayed cut out."""
    last = len(words) - 1
    return "".join(
        f"<{tag}>{marked_up(bounded(text))}</{tag}>"
        if (tag := _TAGS[how])
        else marked_up(shortened(text, at_start=position == 0, at_end=position == last))
        for position, (how, text) in enumerate(words)
    )


def bounded(text: str) -> str:
    """A stretch that changed, cut where it is very long."""
    over = len(text) - MOST_CHANGED
    return text if over <= 0 else f"{text[:MOST_CHANGED]}… {over:,} more characters"


def shortened(text: str, *, at_start: bool, at_end: bool) -> str:
    """What a stretch that stayed shows around it: its end before a change, its start after one."""
    if len(text) <= MOST_KEPT:
        return text
    half = MOST_KEPT // 2
    return f"{'' if at_start else text[:half]} … {'' if at_end else text[-half:]}"
