"""The event that started a workflow's run, as the runner writes it to GITHUB_EVENT_PATH."""

from __future__ import annotations

from dataclasses import dataclass

import orjson


@dataclass(frozen=True, slots=True)
class PullRequest:
    """`commit` is the head of its branch; the run itself has a merge of it checked out, another commit."""

    number: int
    commit: str


def pull_request(event: bytes) -> PullRequest | None:
    """The pull request that the event is about, None where it is about none."""
    try:
        found = orjson.loads(event)["pull_request"]
        return PullRequest(int(found["number"]), str(found["head"]["sha"]))
    except (KeyError, TypeError, ValueError):
        return None
