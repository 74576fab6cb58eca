"""Drift as Markdown, for an issue: what is not as the specs say, and the fields, folded. It fits whatever its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ddops.plan.change import moment
from ddops.report.details import signed
from ddops.report.escape import code, fenced, link, marked_up, prose
from ddops.report.fit import Fold, fitted, listed, size
from ddops.report.words import MOST_COLUMNS, diff, inline, is_long_text, line

MOST = 64_000
"""Bytes; GitHub takes 65,536 characters."""
_LIST = 20_000
_NOTE = 200

Document = Mapping[str, Any]


def markdown(drift: Document, meant: Mapping[str, str]) -> str:
    """The drift of a JSON document (`drift.document`); `meant` explains its words."""
    found = drift["drift"]
    said = ", ".join(f"{count} {word}" for word, count in drift["summary"].items() if count)
    where = "all orgs" if drift["org"] == "all" else code(drift["org"])
    head = f"## Drift in {where}: {said or 'none'}\n\n"
    if found:
        head += (
            "The org is not as the specs say. An apply puts that right; `ddops drift --adopt` writes it into the specs "
            "instead.\n\n"
        )
    lines = listed(found, lambda one: f"- {_line(one)}", _LIST, "- and {} more".format)
    notes = listed(drift["notes"], lambda note: f"- note: {prose(note)}", 3_000, "- and {} more".format)
    top = head + "".join(f"{text}\n" for text in [*lines, *notes]) + "\n"
    folds = (Fold(_summary(one), tuple(_blocks(one, meant))) for one in found)
    details = fitted(folds, MOST - size(top) - _NOTE)
    cut = len(found) - details.whole
    note = f"**Cut to fit:** details of {cut} of {len(found)} resources. `ddops drift` shows them.\n" if cut else ""
    return f"{top}{details.text}{note}".rstrip("\n")


def _line(one: Document) -> str:
    title = f" {prose(one['title'])}" if one["title"] else ""
    return f"{one['what']} {code(one['address'])} in {code(one['org'])}{title}"


def _summary(one: Document) -> str:
    return f"{one['what']} <code>{marked_up(line(one['address']))}</code>"


def _blocks(one: Document, meant: Mapping[str, str]) -> Iterator[str]:
    yield " · ".join(_head(one))
    if one["what"] in meant:
        yield prose(meant[one["what"]])
    for field in one["fields"]:
        yield "\n\n".join(_field(field))


def _head(one: Document) -> Iterator[str]:
    yield f"**{prose(one['title'])}**" if one["title"].strip() else "(no title)"
    if one["source"] is not None:
        yield code(f"{one['source']['path']}:{one['source']['line']}")
    when = moment(one["last_changed"])
    if when is not None:
        yield f"last changed {when}"
    if one["author"] is not None:
        yield f"made by {code(one['author'])}"
    page = link(one["url"], "open")
    if page is not None:
        yield page


def _field(field: Document) -> Iterator[str]:
    name, specs, org = code(field["path"]), field["specs"], field["org"]
    texts = all(value is None or isinstance(value, str) for value in (specs, org))
    if texts and (is_long_text(specs) or is_long_text(org)):
        yield f"{name} (- the specs, + the org):"
        yield fenced("\n".join(diff(specs or "", org or "")), "diff")
    elif len(inline(specs)) + len(inline(org)) <= MOST_COLUMNS:
        yield f"{name}: {_said(specs)} in the specs, {_said(org)} in the org"
    else:
        yield f"{name} (- the specs, + the org):"
        yield fenced("\n".join([*signed("-", specs), *signed("+", org)]), "diff")


def _said(value: Any) -> str:
    return "nothing" if value is None else code(inline(value))
