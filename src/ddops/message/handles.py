"""Handles in a text: `@slack-alerts`, `@team@example.com`, `@workflow-restart(host=host.name)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# White space or the text's start stands before a handle, white space or one of `{ , ' "` ends it; a workflow's
# arguments in parentheses belong to it (reference: notifications, handle grammar). A variable that nobody knows yet
# stands in it as it is written.
_HANDLE = re.compile(r"(?:^|(?<=\s))@(?:workflow-[\w.-]+\([^()\n]*\)|(?:\{\{[^{}\n]*\}\}|[^\s{,'\"])+)")
_PUNCTUATION = ".:;!?)"

_WHOLE = frozenset({"@all", "@here", "@pagerduty", "@opsgenie", "@victorops", "@zendesk"})
"""Handles without a target: they notify all that the integration knows."""


def handles(text: str) -> Iterator[tuple[int, str]]:
    """Where each handle of a text begins, and the handle with its `@`. A word after `@` that is neither a mail address
    nor an integration's is prose."""
    for match in _HANDLE.finditer(text):
        handle = match.group()
        if not (handle.startswith("@workflow-") and handle.endswith(")")):
            handle = handle.rstrip(_PUNCTUATION)
        if "@" in handle[1:] or "-" in handle or handle.lower() in _WHOLE:
            yield match.start(), handle


def longest(handle: str, known: Iterable[str]) -> str | None:
    """The known handle that one in a text means: the longest that it begins with, where nothing follows that could be
    part of a name. Upper and lower case are the same (reference: notifications, extras)."""
    lower = handle.lower()
    fitting = (one for one in known if lower.startswith(one.lower()) and not _goes_on(handle[len(one) :]))
    return max(fitting, key=len, default=None)


def _goes_on(rest: str) -> bool:
    return bool(rest) and rest[0] != "(" and rest.strip(_PUNCTUATION) != ""
