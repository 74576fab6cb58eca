"""Whoever heard of every group hears of some: the message names them only where a match holds."""

from __future__ import annotations

from collections.abc import Iterable

from ddops.kinds.contract import Body
from ddops.meaning.contract import Severity
from ddops.meaning.listeners import Listeners
from ddops.meaning.risks.contract import Found, Looked
from ddops.message import Branch, mentions, parse
from ddops.message.conditions import MATCHES


def notifies_partly(looked: Looked) -> Found:
    if looked.kind != "monitor" or not looked.is_update:
        return
    before, after = _where(looked.before), _where(looked.after)
    for handle, branches in after.items():
        if not _is_partial(before.get(handle, ())) and handle in before and _is_partial(branches):
            listener = Listeners(()).of(handle)
            where = " or ".join(dict.fromkeys(map(_told, branches)))
            verb = "pages" if listener.pages else "notifies"
            yield Severity.MEDIUM if listener.pages else Severity.LOW, f"the message {verb} {handle} only where {where}"


def _where(monitor: Body) -> dict[str, list[Branch]]:
    """Of each handle of a message the matches around it, wherever it stands."""
    found: dict[str, list[Branch]] = {}
    for mention in mentions(parse(str(monitor.get("message") or ""))):
        matches = tuple(one for one in mention.branch if one[1:].split(" ", 1)[0] in MATCHES)
        found.setdefault(mention.handle, []).append(matches)
    return found


def _is_partial(branches: Iterable[Branch]) -> bool:
    """Whether there is somewhere that none of them is: not where one has no match, or two are the sides of one."""
    found = set(branches)
    sides = {one[0][1:] for one in found if len(one) == 1 and one[0][0] == "#"}
    others = {one[0][1:] for one in found if len(one) == 1 and one[0][0] == "^"}
    return bool(found) and () not in found and not sides & others


def _told(branch: Branch) -> str:
    return " and ".join(f"{'not ' if one[0] == '^' else ''}{one[1:]}" for one in branch)


RISK = notifies_partly
