"""Asks the orgs how the monitors that a plan changes would have done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, as_completed
from dataclasses import dataclass, replace
from typing import Protocol

from ddops.backtest.contract import Backtest, Curve
from ddops.backtest.crossings import counted, reach
from ddops.backtest.question import Question, questions
from ddops.backtest.span import span, words
from ddops.errors import ApiError
from ddops.org.contract import Series
from ddops.org.workers import Workers
from ddops.plan.change import Change
from ddops.query.evaluation import Evaluation

MOST_ASKED = 100
"""Queries of one plan, in each org: the API takes 600 of them in an hour, or 1600, from everybody in the org together
(reference: API behaviour, rate limits)."""
MOST_CURVES = 12
"""Of one plot, which people can still tell apart."""
WORKERS = 8
"""Queries at a time in all: with more of them the API answers 512 (reference: API behaviour, rate limits)."""

PATIENCE = 60.0
"""Seconds for all of the answers. Where the rate limit of the org is used up a call would wait for longer, and the plan
is what people came for."""

_OF_THE_QUERY = frozenset({200, 400, 422})
"""The statuses that say something about one query, or of its answer; with any other the next one fares no better."""

_NO_GROUP = re.compile(r":N/A(,|$)")
"""In the scope of a series that lacks a key which the query groups by; monitors leave such groups out (reference:
monitor queries, 2.8)."""

Answer = tuple[Series, ...] | str
"""The series, or why there are none."""
_Pending = Future[tuple[Series, ...]]


class Metrics(Protocol):
    """As much of an org (`org.contract.Org`) as is asked."""

    @property
    def is_sandbox(self) -> bool: ...

    def series(self, query: str, start: int, end: int) -> tuple[Series, ...]: ...


@dataclass(frozen=True, slots=True)
class _Call:
    org: str
    query: str
    interval: int
    delay: int


def backtests(
    changes: Iterable[Change],
    orgs: Mapping[str, Metrics],
    now: int,
    tell: Callable[[str], None] = lambda line: None,
    patience: float = PATIENCE,
) -> tuple[Backtest, ...]:
    """One for each changed resource that watches something, in the order of the changes. `now` is in seconds since the
    epoch; `tell` is given lines to show on the way; answers that take longer than `patience` seconds are left.

    What an org refuses to answer, or has no data for, is said in `missing`. Of a sandbox nothing is said then: it has
    the points alone that somebody sent to it.
    """
    found = questions(changes)
    calls = _chosen(found)
    late = f"the org did not answer within {patience:.0f} seconds"
    answers = {**dict.fromkeys(calls, late), **_answers(calls, orgs, now, tell, patience)}
    told = (_backtest(one, answers, now) for one in found)
    return tuple(one for one in told if one.curves or not orgs[one.org].is_sandbox)


def _chosen(found: Sequence[Question]) -> list[_Call]:
    """What to ask, each once: first what is about another condition than before, and no more than an org can bear."""
    asked: dict[str, dict[_Call, None]] = {}
    for one in sorted(found, key=lambda one: not one.differs):
        if one.asks is not None:
            calls = asked.setdefault(one.org, {})
            if len(calls) < MOST_ASKED:
                calls[_call(one, one.asks)] = None
    return [call for calls in asked.values() for call in calls]


def _call(one: Question, asks: Evaluation) -> _Call:
    return _Call(one.org, asks.query, asks.interval, one.delay)


def _answers(
    calls: Sequence[_Call], orgs: Mapping[str, Metrics], now: int, tell: Callable[[str], None], patience: float
) -> Mapping[_Call, Answer]:
    """Those that came in time."""
    answers: dict[_Call, Answer] = {}
    stopped: dict[str, str] = {}
    with Workers(WORKERS) as workers:
        pending = {
            workers.submit(orgs[call.org].series, call.query, *span(call.interval, now - call.delay)): call
            for call in calls
        }
        for future in _in_time(pending, patience):
            call = pending[future]
            try:
                answers[call] = future.result()
            except CancelledError:
                answers[call] = stopped[call.org]
            except ApiError as error:
                if error.status in _OF_THE_QUERY:
                    answers[call] = f"the org refuses the query: {error.reason}"
                else:
                    answers[call] = stopped.setdefault(call.org, f"the org does not answer: {error.reason}")
                    _cancel(other for other, one in pending.items() if one.org == call.org)
            tell(f"{call.org}: {len(answers)} of {len(calls)} metric queries answered")
    return answers


def _in_time(futures: Iterable[_Pending], seconds: float) -> Iterator[_Pending]:
    try:
        yield from as_completed(futures, seconds)
    except TimeoutError:
        pass


def _cancel(futures: Iterable[_Pending]) -> None:
    for future in futures:
        future.cancel()


def _backtest(one: Question, answers: Mapping[_Call, Answer], now: int) -> Backtest:
    if one.asks is None:
        return Backtest(org=one.org, address=one.address, missing=one.reason)
    start, end = span(one.asks.interval, now - one.delay)
    asked = Backtest(
        org=one.org,
        address=one.address,
        query=one.asks.query,
        window=one.asks.interval,
        start=start,
        end=end,
        before=one.before,
        after=one.after,
        doubts=one.asks.doubts,
        query_changes=one.query_changes,
    )
    answer = answers.get(_call(one, one.asks))
    if answer is None:
        return replace(asked, missing=f"the plan has more than the {MOST_ASKED} queries that an org is asked")
    if isinstance(answer, str):
        return replace(asked, missing=answer)
    return _with_curves(asked, answer, one.asks)


def _with_curves(asked: Backtest, answer: Sequence[Series], asks: Evaluation) -> Backtest:
    curves = [
        Curve(scope=one.scope, points=points)
        for one in answer
        if not _NO_GROUP.search(one.scope)
        # The answer can go on to the evaluation that is under way.
        if (points := tuple(point for point in one.points if asked.start <= point[0] < asked.end))
    ]
    if not curves:
        last = words(asked.start, asked.end)
        why = f"the org has no data for the query in the last {last}; are the names of the metric and its tags right?"
        return replace(asked, missing=why)
    curves.sort(key=lambda curve: (-reach(curve, asks.comparator), curve.scope))
    rest = curves[MOST_CURVES:]
    return replace(
        asked,
        unit=next((one.unit for one in answer if one.unit), ""),
        curves=tuple(curves[:MOST_CURVES]),
        more=len(rest),
        rest=counted(rest, asked.before, asked.after),
    )
