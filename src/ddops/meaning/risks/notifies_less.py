"""Somebody who was notified is not any more."""

from __future__ import annotations

from ddops.meaning.contract import Notice, Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.sentence import names, states


def notifies_less(looked: Looked) -> Found:
    for notice in looked.notices:
        pagers = [one for one in notice.lost if one.pages]
        others = [one for one in notice.lost if not one.pages]
        on = states(notice.states)
        if pagers:
            yield _of_pagers(notice), f"stops paging {names(pagers)} on {on}{_nobody(notice)}"
        if others and (notice.after or not pagers):
            yield _of_others(notice), f"stops notifying {names(others)} of {on}{_nobody(notice)}"


def _of_pagers(notice: Notice) -> Severity:
    """Another pager in its place is half as bad."""
    return Severity.MEDIUM if any(one.pages for one in notice.after) else Severity.HIGH


def _of_others(notice: Notice) -> Severity:
    if notice.after:
        return Severity.LOW
    return Severity.HIGH if "alert" in notice.states else Severity.MEDIUM


def _nobody(notice: Notice) -> str:
    return "" if notice.after else ", and nobody else hears"


RISK = notifies_less
