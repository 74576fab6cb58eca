"""One line that says who hears differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddops.meaning.contract import Listener
from ddops.product import State

NOUNS: dict[State, str] = {
    "alert": "alerts",
    "warning": "warnings",
    "no_data": "no-data alerts",
    "recovery": "recoveries",
    "renotify": "repeated alerts",
    "unknown": "unknown states",
}
_VERBS = {"slack": "post to", "microsoft_teams": "post to", "email": "mail", "user": "mail"}
_BARE = "e-mail "


def sentence(
    subject: str,
    gained: Sequence[Listener],
    lost: Sequence[Listener],
    *,
    before: Sequence[Listener],
    after: Sequence[Listener],
    is_new: bool = False,
) -> str:
    """`prod alerts now also page PagerDuty shop`; `subject` is `prod alerts`. `is_new` is a monitor that was not
    there before."""
    if not after:
        return f"nobody hears of {subject} any more (was {names(lost)})"
    now = "" if is_new else "now " if not before or lost else "now also "
    said = [f"{now}{doing(gained)}"] if gained else []
    said += [f"no longer {doing(lost, 'or')}"] if lost else []
    nobody = any(one.pages for one in lost) and not any(one.pages for one in after)
    return f"{subject} {' and '.join(said)}{', so nobody is paged' if nobody else ''}"


def states(found: Sequence[State], told: Sequence[State] | None = None) -> str:
    """The states in words; `notifications` where there are several and they are all that the monitor tells of
    (`told`)."""
    if told is not None and len(found) > 2 and set(told) <= set(found):
        return "notifications"
    return listed([NOUNS[state] for state in found])


def doing(listeners: Iterable[Listener], word: str = "and") -> str:
    """`page PagerDuty shop and post to Slack #shop`; behind `no longer` it is `or`."""
    by_verb: dict[str, list[str]] = {}
    for one in sorted(listeners, key=lambda one: not one.pages):
        verb = "page" if one.pages else _VERBS.get(one.way, "notify")
        by_verb.setdefault(verb, []).append(one.name.removeprefix(_BARE) if verb == "mail" else one.name)
    return listed([f"{verb} {listed(names, word)}" for verb, names in by_verb.items()], word)


def names(listeners: Iterable[Listener]) -> str:
    """Those who are woken up first."""
    return listed([one.name for one in sorted(listeners, key=lambda one: not one.pages)])


def listed(words: Sequence[str], word: str = "and") -> str:
    """`a, b and c`."""
    return f" {word} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
