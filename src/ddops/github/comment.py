"""The one comment that a plan has on a pull request: found by a hidden marker, updated in place, and marked as outdated
where the pull request has moved on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddops.errors import ApiError, UsageError
from ddops.github.client import GitHub, Json
from ddops.report.escape import link

BOT = "github-actions[bot]"
"""Who the token of a workflow writes as."""
MOST = 65_536
"""Characters of a comment and of an issue; GitHub refuses more ("Body is too long")."""

MARKER = re.compile(r"<!-- ddops [\w .*,-]+ -->", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40,64}")
_MADE_FOR = re.compile(r"<!-- ddops [^\n]*\n<!-- ddops-commit ([0-9a-f]{40,64}) -->\n")
_OUTDATED = "> [!WARNING]\n> **Outdated.** This plan is for commit {}, and the pull request has newer ones.\n\n"


@dataclass(frozen=True, slots=True)
class Posted:
    """What was done: `created`, `updated`, or `left` as it was; `url` is the comment's page."""

    what: str
    url: str


def publish(github: GitHub, number: int, text: str, commit: str, author: str = BOT, run: str | None = None) -> Posted:
    """Makes `text` the plan's comment on the pull request, whatever stood there before.

    The first line of `text` is the marker that tells plans (of workspaces, orgs, products) apart. `commit` is what the
    plan was made for: where the pull request has moved on meanwhile, the comment says that it is outdated, and a
    comment for the newest commit is left alone. `run` is the page of the run that made it, which the comment links to.
    Raises UsageError for a text without a marker or too long for GitHub, ApiError where GitHub does not take it.
    """
    marker = _marker(text)
    newest = _newest(github, number)
    before, *twins = _found(github, number, marker, author) or [None]
    if before is not None and commit != newest and _made_for(before) == newest:
        return Posted("left", _page(before))
    body = _whole(marker, text.removeprefix(marker).lstrip("\n"), commit, run, is_outdated=commit != newest)
    if len(body) > MOST:
        raise UsageError(f"the comment has {len(body):,} characters; GitHub takes {MOST:,}")
    posted = _posted(github, number, before, body)
    for twin in twins:  # two runs at once made one each
        _update(github, twin, f"{marker}\n\nThe plan is in [one comment]({posted.url}).\n")
    return posted


def _posted(github: GitHub, number: int, before: Json | None, body: str) -> Posted:
    if before is not None:
        try:
            return Posted("updated", _page(_update(github, before, body)))
        except ApiError as error:
            if error.status != 404:  # somebody deleted it meanwhile
                raise
    return Posted("created", _page(github.create(f"/issues/{number}/comments", {"body": body})))


def _update(github: GitHub, comment: Json, body: str) -> Json:
    return github.update(f"/issues/comments/{int(comment['id'])}", {"body": body})


def outdate(github: GitHub, number: int, author: str = BOT) -> list[Posted]:
    """Marks the plans' comments that were made for a commit before the newest."""
    newest = _newest(github, number)
    posted = []
    for comment in _found(github, number, "<!-- ddops ", author):
        body, commit = _body(comment), _made_for(comment)
        if commit is None or commit == newest:
            continue
        head, line, rest = body.partition(f"<!-- ddops-commit {commit} -->\n\n")
        banner = _OUTDATED.format(commit[:7])
        if rest.startswith(banner):
            continue
        marked = f"{head}{line}{banner}{rest}"
        if len(marked) <= MOST:
            _update(github, comment, marked)
            posted.append(Posted("updated", _page(comment)))
    return posted


def _marker(text: str) -> str:
    found = MARKER.match(text)
    if found is None:
        raise UsageError("the file does not begin with a plan's marker; `ddops plan --format markdown` writes one")
    return found.group()


def _whole(marker: str, text: str, commit: str, run: str | None, *, is_outdated: bool) -> str:
    banner = _OUTDATED.format(commit[:7]) if is_outdated else ""
    page = link(run, "this run")
    end = f"<sub>For commit {commit[:7]}{f', by {page}' if page else ''}.</sub>"
    return f"{marker}\n<!-- ddops-commit {commit} -->\n\n{banner}{text.rstrip()}\n\n{end}\n"


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
    found = _MADE_FOR.match(_body(comment))
    return found[1] if found else None


def _body(comment: Json) -> str:
    # GitHub gives back line ends as it was sent them, but for what people edited in the browser.
    return str(comment.get("body") or "").replace("\r\n", "\n")


def _page(comment: Json) -> str:
    return str(comment.get("html_url") or "")
