"""The fields of a change in HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddops.kinds.contract import Json, kinds
from ddops.meaning.contract import Difference, Meaning, Part, What
from ddops.plan.change import Action, Change, moment
from ddops.report.causes import of_field
from ddops.report.details import word_diff
from ddops.report.escape import is_page, marked_up
from ddops.report.marked import is_alike
from ddops.report.words import MOST_COLUMNS, block, cut, inline, is_long_text, line

MOST_OUTLINED = 200
"""Lines of an outline."""


def head(change: Change) -> str:
    """What the change is about: title, place in the files, org, last change, page."""
    return f"<p>{' · '.join(_head(change))}</p>"


def _head(change: Change) -> Iterator[str]:
    yield f"<b>{_text(change.title) or '(no title)'}</b>"
    if change.source is not None:
        yield f"<code>{_text(f'{change.source.path}:{change.source.line}')}</code>"
    yield f"in <code>{_text(change.org)}</code>"
    when = moment(change.last_changed)
    if when is not None:
        yield f"last changed {when}"
    if change.author is not None:
        yield f"made by <code>{_text(change.author)}</code>"
    if change.url is not None and is_page(change.url):
        yield f'<a href="{marked_up(change.url)}" rel="noreferrer">open in Datadog</a>'


def fields(change: Change, meaning: Meaning) -> str:
    """What differs in what."""
    causes = {field.path: of_field(change, field) for field in change.fields}
    own = _listed(change, meaning.differences, causes)
    return own + "".join(_part(change, part, causes) for part in meaning.parts)


def _part(change: Change, part: Part, causes: Mapping[str, str]) -> str:
    group = f" in {_text(part.group)}" if part.group and not (part.moved or "").startswith("moved into ") else ""
    moved = f", {_text(part.moved)}" if part.moved else ""
    told = [one for one in part.differences if one.what is not What.MOVED]
    mark = f'<span class="{part.what.value}"><span class="mark">{part.what.value}</span></span>'
    title = f"<h3>{mark} {_text(part.label)}{group}{moved}{causes.get(part.path, '')}</h3>"
    return title + _listed(change, told, causes)


def _listed(change: Change, found: Sequence[Difference], causes: Mapping[str, str]) -> str:
    shown = "".join(
        f"<dt>{_text(one.name)}{causes.get(one.path, '')}{f' ({one.sense})' if one.sense else ''}</dt>"
        f"<dd>{''.join(_difference(change, one))}</dd>"
        for one in found
    )
    return f"<dl>{shown}</dl>" if shown else ""


def _difference(change: Change, one: Difference) -> Iterator[str]:
    outline = kinds()[change.address.kind].outlines.get(one.path)
    if change.action is Action.CREATE and outline is not None:
        yield f"<pre>{marked_up(chr(10).join(cut(list(outline(one.after)), MOST_OUTLINED)))}</pre>"
    elif one.words and is_alike(one.words):
        yield f"<pre>{word_diff(one.words)}</pre>"
    elif one.added or one.removed:
        items = [*(("del", item) for item in one.removed), *(("ins", item) for item in one.added)]
        yield "".join(f"<div><{tag}>{_value(item)}</{tag}></div>" for tag, item in items)
    elif one.before is None:
        yield _value(one.after)
    else:
        yield f"<del>{_value(one.before)}</del> → <ins>{_value(one.after)}</ins>"


def _value(value: Json) -> str:
    if value is None:
        return "(none)"
    if is_long_text(value) or (not isinstance(value, str) and len(inline(value)) > MOST_COLUMNS):
        return f"<code>{'<br>'.join(map(marked_up, block(value)))}</code>"
    return f"<code>{marked_up(inline(value))}</code>"


def _text(value: object) -> str:
    return marked_up(line(value))
