"""The one issue about drift: opened when there is some, updated while it lasts, closed when it is gone."""

from __future__ import annotations

from ddops.errors import UsageError
from ddops.github.client import GitHub, Json
from ddops.github.comment import BOT, MOST, Posted

LABEL = "ddops"
"""By which the issue is found among many. GitHub makes a label that there is not."""


def publish(github: GitHub, title: str, text: str, author: str = BOT) -> Posted:
    """Opens the issue of this title, or updates the open one. Raises UsageError for a text that is too long for
    GitHub, ApiError where GitHub does not take it."""
    if len(text) > MOST:
        raise UsageError(f"the issue has {len(text):,} characters; GitHub takes {MOST:,}")
    before = _open(github, title, author)
    if before is None:
        made = github.create("/issues", {"title": title, "body": text, "labels": [LABEL]})
        return Posted("created", _page(made))
    if str(before.get("body") or "").replace("\r\n", "\n").strip() == text.strip():
        return Posted("left", _page(before))
    return Posted("updated", _page(github.update(f"/issues/{int(before['number'])}", {"body": text})))


def close(github: GitHub, title: str, author: str = BOT) -> Posted | None:
    """Closes the open issue of this title, if there is one."""
    before = _open(github, title, author)
    if before is None:
        return None
    body = {"state": "closed", "state_reason": "completed"}
    return Posted("closed", _page(github.update(f"/issues/{int(before['number'])}", body)))


def _open(github: GitHub, title: str, author: str) -> Json | None:
    return next(
        (
            issue
            for issue in github.all("/issues", {"state": "open", "labels": LABEL})
            # GitHub lists pull requests among issues.
            if issue.get("title") == title
            and (issue.get("user") or {}).get("login") == author
            and "pull_request" not in issue
        ),
        None,
    )


def _page(issue: Json) -> str:
    return str(issue.get("html_url") or "")
