"""The one comment that a plan has on a pull request: found by a hidden marker, updated in place, and marked as outdated
where the pull request has moved on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddops.errors import UsageError
from ddops.github.client import GitHub, Json

BOT = "github-actions[bot]"
"""Who the token of a workflow writes as."""
MOST = 65_536
"""Characters of a comment and of an issue; GitHub refuses more ("Body is too long")."""

MARKER = re.compile(r"<!-- ddops [\w .*,-]+ -->", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40,64}")
_MADE_FOR = re.compile(r"^<!-- ddops-commit ([0-9a-f]{40,64}) -->$", re.MULTILINE)
_OUTDATED = "> [!WARNING]\n> **Outdated.** This plan is for commit {}, and the pull request has newer ones.\n\n"
_BANNER = re.compile(re.escape(_OUTDATED).replace(r"\{\}", "[0-9a-f]{7}"))


@dataclass(frozen=True, slots=True)
class Posted:
    """What was done: `created`, `updated`, or `left` as it was; `url` is the comment's page."""

    what: str
    url: str


def publish(github: GitHub, number: int, text: str, commit: str, author: str = BOT) -> Posted:
    """Makes `text` the plan's comment on the pull request, whatever stood there before.

    The first line of `text` is the marker that tells plans (of workspaces, orgs, products) apart. `commit` is what the
    plan was made for: where the pull request has moved on meanwhile, the comment says that it is outdated, and a
    comment for the newest commit is left alone. Raises UsageError for a text without a marker or too long for GitHub,
    ApiError where GitHub does not take it.
    """
    marker = _marker(text)
    newest = _newest(github, number)
    before = next(iter(_found(github, number, marker, author)), None)
    if before is not None and commit != newest and _made_for(before) == newest:
        return Posted("left", _page(before))
    body = _whole(marker, text.removeprefix(marker).lstrip("\n"), commit, is_outdated=commit != newest)
    if len(body) > MOST:
        raise UsageError(f"the comment has {len(body):,} characters; GitHub takes {MOST:,}")
    if before is None:
        return Posted("created", _page(github.create(f"/issues/{number}/comments", {"body": body})))
    return Posted("updated", _page(github.update(f"/issues/comments/{int(before['id'])}", {"body": body})))


def outdate(github: GitHub, number: int, author: str = BOT) -> list[Posted]:
    """Marks the plans' comments that were made for a commit before the newest."""
    newest = _newest(github, number)
    posted = []
    for comment in _found(github, number, "<!-- ddops ", author):
        body, commit = _body(comment), _made_for(comment)
        if commit is None or commit == newest or _BANNER.search(body):
            continue
        head, line, rest = body.partition(f"<!-- ddops-commit {commit} -->\n\n")
        marked = f"{head}{line}{_OUTDATED.format(commit[:7])}{rest}"
        if len(marked) <= MOST:
            github.update(f"/issues/comments/{int(comment['id'])}", {"body": marked})
            posted.append(Posted("updated", _page(comment)))
    return posted


def _marker(text: str) -> str:
    found = MARKER.match(text)
    if found is None:
        raise UsageError("the file does not begin with a plan's marker; `ddops plan --format markdown` writes one")
    return found.group()


def _whole(marker: str, text: str, commit: str, *, is_outdated: bool) -> str:
    banner = _OUTDATED.format(commit[:7]) if is_outdated else ""
    return (
        f"{marker}\n<!-- ddops-commit {commit} -->\n\n{banner}{text.rstrip()}\n\n<sub>For commit {commit[:7]}.</sub>\n"
    )


def _newest(github: GitHub, number: int) -> str:
    return str(github.get(f"/pulls/{number}")["head"]["sha"])


def _found(github: GitHub, number: int, start: str, author: str) -> list[Json]:
    """Comments of ours: anybody can write a marker into theirs, and would have the plan to edit."""
    return [
        comment
        for comment in github.all(f"/issues/{number}/comments")
        if _body(comment).startswith(start) and (comment.get("user") or {}).get("login") == author
    ]


def _made_for(comment: Json) -> str | None:
    found = _MADE_FOR.search(_body(comment)[:1_000])
    return found[1] if found else None


def _body(comment: Json) -> str:
    # GitHub gives back line ends as it was sent them, but for what people edited in the browser.
    return str(comment.get("body") or "").replace("\r\n", "\n")


def _page(comment: Json) -> str:
    return str(comment.get("html_url") or "")
