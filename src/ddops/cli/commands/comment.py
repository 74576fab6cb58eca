"""ddops comment"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddops.errors import Exit, UsageError

if TYPE_CHECKING:
    from ddops.github.client import GitHub
    from ddops.github.comment import Posted


@click.command("comment", epilog="The token is GITHUB_TOKEN; GITHUB_API_URL says where the API is.")
@click.option("--file", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="The Markdown to post.")
@click.option("--repo", metavar="OWNER/NAME", help="Without it, GITHUB_REPOSITORY.")
@click.option(
    "--pr", "number", type=click.IntRange(1), metavar="N", help="Without it, the event's that started the run."
)
@click.option("--commit", metavar="SHA", help="What the plan was made for. Without it, the event's.")
@click.option("--outdated", is_flag=True, help="Mark the plans of earlier commits as outdated, and post nothing.")
@click.option("--issue", "title", metavar="TITLE", help="Open or update the issue of this title, no comment.")
@click.option("--close", is_flag=True, help="With --issue: close it, if it is open.")
@click.option(
    "--author", metavar="LOGIN", help="Whose comments and issues to update, the token's.  [github-actions[bot]]"
)
def command(
    file: Path | None,
    repo: str | None,
    number: int | None,
    commit: str | None,
    outdated: bool,
    title: str | None,
    close: bool,
    author: str | None,
) -> int:
    """Put a plan on a pull request on GitHub, or drift into an issue; one that is there is updated in place.

    \b
    ddops plan --format markdown > plan.md
    ddops comment --file plan.md                     in a workflow that a pull request started
    ddops comment --outdated                         at its start: earlier plans say that they are
    ddops comment --issue Drift --file drift.md      opens the issue, or updates it
    ddops comment --issue Drift --close              there is no drift any more
    """
    from ddops.cli.environment import environment

    if (file is not None) + outdated + close != 1:
        raise UsageError("one of --file, --outdated and --close says what to do")
    if title is None and close:
        raise UsageError("--close goes with --issue")
    if title is not None and (outdated or number or commit):
        raise UsageError("--issue goes without --outdated, --pr and --commit")
    variables = environment().variables
    github = _github(repo, variables)
    text = file.read_text("utf-8") if file is not None else None
    if title is not None:
        posted = _issue(github, title, text, author)
    else:
        posted = _comment(github, text, *_pull_request(number, commit, variables), author, _run(variables))
    for one in posted:
        click.echo(f"ddops: {one.what} {one.url}", err=True)
    return Exit.DONE


def _issue(github: GitHub, title: str, text: str | None, author: str | None) -> Iterator[Posted]:
    from ddops.github import issue
    from ddops.github.comment import BOT

    author = author or BOT
    posted = issue.close(github, title, author) if text is None else issue.publish(github, title, text, author)
    if posted is not None:
        yield posted


def _comment(
    github: GitHub, text: str | None, number: int, commit: str | None, author: str | None, run: str | None
) -> Iterator[Posted]:
    from ddops.github import comment

    author = author or comment.BOT
    if text is None:
        yield from comment.outdate(github, number, author)
        return
    if commit is None or not comment.COMMIT.fullmatch(commit):
        raise UsageError("which commit is the plan for? --commit SHA, with all of its digits")
    yield comment.publish(github, number, text, commit, author, run)


def _github(repo: str | None, variables: Mapping[str, str]) -> GitHub:
    from ddops.github.client import API, GitHub

    repo = repo or variables.get("GITHUB_REPOSITORY")
    if not repo:
        raise UsageError("which repository? --repo OWNER/NAME, or the variable GITHUB_REPOSITORY")
    token = variables.get("GITHUB_TOKEN", "").strip()
    if not token:
        raise UsageError("the variable GITHUB_TOKEN is not set; in a workflow: GITHUB_TOKEN: ${{ github.token }}")
    return GitHub(repo, token, variables.get("GITHUB_API_URL") or API)


def _run(variables: Mapping[str, str]) -> str | None:
    """The page of the workflow's run, None outside of one."""
    server, repository, run = (variables.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    return f"{server}/{repository}/actions/runs/{run}" if server and repository and run else None


def _pull_request(number: int | None, commit: str | None, variables: Mapping[str, str]) -> tuple[int, str | None]:
    """The number and the commit that were asked for; what was not said is the event's."""
    from ddops.github.event import pull_request

    path = variables.get("GITHUB_EVENT_PATH")
    event = pull_request(Path(path).read_bytes()) if path else None
    if event is not None and number in (None, event.number):
        return event.number, commit or event.commit
    if number is None:
        raise UsageError("which pull request? --pr N, or a run that a pull request started")
    return number, commit


COMMAND = command
