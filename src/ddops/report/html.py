"""The plan as one page of HTML: the same order as the Markdown, and each changed dashboard as it is laid out before and
after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddops.apply.outcome import Outcome, Result
from ddops.lint.finding import Finding
from ddops.meaning.contract import Meaning, Routing, Together
from ddops.meaning.differences import differences
from ddops.plan.change import Change
from ddops.report.backtested import backtested
from ddops.report.causes import meant, sections, word
from ddops.report.contract import Format, Review, Screen
from ddops.report.escape import marked_up
from ddops.report.fields import fields, head
from ddops.report.page import page
from ddops.report.picture import picture, rules
from ddops.report.text import summary
from ddops.report.words import line

FEW = 5
"""Changes up to which their details are open."""


def plan(review: Review, screen: Screen) -> str:
    places: set[str] = set()
    body = "\n".join(_body(review, places))
    return page(f"Plan for {_orgs(review)}", body, rules(places))


def outcomes(outcomes: Sequence[Outcome], screen: Screen) -> str:
    counts = [(result, sum(one.result is result for one in outcomes)) for result in Result]
    said = ", ".join(f"{count} {result.value}" for result, count in counts if count) or "nothing to do"
    body = f'<main id="main"><h1>Applied: {said}</h1>{_list(map(_outcome, outcomes))}</main>'
    return page("Applied", body, "")


def _outcome(one: Outcome) -> str:
    why = f": {_text(one.why)}" if one.why else ""
    where = f"<code>{_text(one.change.address)}</code> in <code>{_text(one.change.org)}</code>"
    return f"{one.result.value}: {one.change.action.value} {where}{why}"


def _body(review: Review, places: set[str]) -> Iterator[str]:
    plan, meaning = review.plan, review.meaning
    yield f"<header><h1>Plan for {marked_up(_orgs(review))}</h1><p>{_text(summary(plan))}</p></header>"
    yield '<main id="main">'
    if plan.refusals:
        yield f'<section class="refused"><h2>This plan is refused</h2>{_list(map(_text, plan.refusals))}</section>'
    number = {id(change): index for index, change in enumerate(plan.changes)}
    for title, changes in sections(plan):
        lines = [_line(change, number[id(change)]) for change in changes]
        yield _section(_text(title or "What changes"), _list(lines))
    if plan.changes:
        told = _list(map(_together, meaning.notifications)) or "<p>Nobody.</p>"
        yield _section("Who is notified differently", told)
        yield _section("What could go wrong", _list(map(_together, meaning.risks)))
        yield _section("Is it what this change meant to do", _list(map(_together, meant(plan))))
        is_open = len(plan.changes) <= FEW
        details = (
            _details(change, one, index, places, review, is_open)
            for index, (change, one) in enumerate(zip(plan.changes, meaning.changes, strict=True))
        )
        yield _section("Details", "\n".join(details))
    standing = (_standing(change, places, review) for change in review.standing)
    yield _section("What stays as it is", "\n".join(standing))
    yield _section("Routes", "\n".join(map(_routes, meaning.routing)))
    yield _section("Findings", _list(map(_finding, review.findings)))
    yield _section("Notes", _list(map(_text, plan.notes)))
    yield "</main>"


def _orgs(review: Review) -> str:
    return "all orgs" if review.plan.org == "all" else line(review.plan.org)


def _line(change: Change, index: int) -> str:
    return (
        f'{change.action.value} <a href="#change-{index}"><code>{_text(change.address)}</code></a> '
        f"in {_text(change.org)} {_text(change.title)}"
    )


def _together(one: Together) -> str:
    severity = f'<span class="{one.severity.value}">{one.severity.value}</span>: ' if one.severity else ""
    where = ", ".join(f"<code>{_text(address)}</code>" for address in one.addresses)
    return f"{severity}{_text(one.text)}" + (f' <span class="dim">({where})</span>' if where else "")


def _details(change: Change, meaning: Meaning, index: int, places: set[str], review: Review, is_open: bool) -> str:
    cause = f" [{word(change.cause)}]" if review.plan.base is not None else ""
    risk = f" — {_text(meaning.risks[0].message)}" if meaning.risks else ""
    # A browser unfolds what holds the target of a link, and not what is the target.
    return (
        f"<details{' open' if is_open else ''}><summary>{change.action.value} "
        f'<code>{_text(change.address)}</code>{cause}{risk}</summary><div id="change-{index}">'
        f"{head(change)}{_list(_about(change, meaning))}{picture(change, meaning, places)}"
        f"{backtested(review.backtest(change))}{fields(change, meaning)}</div></details>"
    )


def _standing(change: Change, places: set[str], review: Review) -> str:
    layout = picture(change, Meaning(), places, "Layout")
    own, parts = differences(change)
    told = fields(change, Meaning(differences=own, parts=parts))
    return (
        f"<details open><summary><code>{_text(change.address)}</code></summary>{head(change)}{layout}"
        f"{backtested(review.backtest(change))}"
        f"<details{'' if layout else ' open'}><summary>What it says</summary>{told}</details></details>"
    )


def _about(change: Change, meaning: Meaning) -> Iterator[str]:
    for risk in meaning.risks:
        yield f'<span class="{risk.severity.value}">{risk.severity.value} risk</span>: {_text(risk.message)}'
    yield from (_text(notice.text) for notice in meaning.notices)
    yield from (f"note: {_text(note)}" for note in change.notes)


def _routes(routing: Routing) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(route.name)}</th><td>{_text(route.match)}</td>'
        f"<td>{_text(', '.join(state.replace('_', ' ') for state in route.states) or 'every state')}</td>"
        f"<td>{_text(', '.join(one.name for one in route.listeners))}</td><td>{route.uses}</td></tr>"
        for route in routing.routes
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("route", "for", "states", "who hears", "monitors"))
    # What scrolls has to be reached by the keyboard.
    table = f'<div class="wide" tabindex="0"><table><tr>{heads}</tr>{rows}</table></div>'
    return f"<details><summary>Routes of <code>{_text(routing.product)}</code></summary>{table}</details>"


def _finding(one: Finding) -> str:
    place = f"<code>{_text(one.source)}</code> <code>{_text(one.subject)}</code>"
    return f"{one.severity.value}: {place}: {_text(one.message)} (<code>{_text(one.rule)}</code>)"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>{content}</section>" if content else ""


def _list(items: Iterator[str] | Sequence[str] | map[str]) -> str:
    shown = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{shown}</ul>" if shown else ""


def _text(value: object) -> str:
    return marked_up(line(value))


FORMAT = Format(plan=plan, outcomes=outcomes, draws_backtests=True)
