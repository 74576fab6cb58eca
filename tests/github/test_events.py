"""`ddops comment` in runs that recorded events started (events/README.md)."""

from pathlib import Path

import orjson
import pytest

from ddops.github.event import PullRequest, pull_request
from tests.github.stand_in import TOKEN, StandIn

EVENTS = {file.stem: file.read_bytes() for file in sorted((Path(__file__).parent / "events").glob("*.json"))}
ABOUT_ONE = [name for name in EVENTS if name.startswith("pull_request")]
ABOUT_NONE = [name for name in EVENTS if name not in ABOUT_ONE]
REPOSITORY = "Codertocat/Hello-World"
BEFORE, HEAD, LATER = (
    "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
    "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    "4" * 40,
)
FORK = {"full_name": "octocat/Hello-World", "fork": True}
PLAN = "<!-- ddops plan acme main * -->\n## Plan for `main`\n"


@pytest.fixture
def hub():
    with StandIn(REPOSITORY) as running:
        running.heads[2] = HEAD
        yield running


@pytest.fixture
def comment(ddops, hub, workspace):
    """Runs `ddops comment` as a run does that the event started."""
    workspace.write("plan.md", PLAN)

    def run(event, *args):
        path = workspace.write("event.json", event)
        env = {"GITHUB_API_URL": hub.url, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN}
        return ddops("comment", *args, env={**env, "GITHUB_EVENT_PATH": str(path)})

    return run


def changed(name, **head):
    """The event with other values in its pull request's head."""
    event = orjson.loads(EVENTS[name])
    event["pull_request"]["head"] |= head
    return orjson.dumps(event)


def schedule():
    """What GitHub sends: the cron line and the repository (its documentation, events that trigger workflows)."""
    return orjson.dumps({"schedule": "17 5 * * *", "repository": orjson.loads(EVENTS["push.branch"])["repository"]})


def bodies(hub):
    return [one["body"] for one in hub.comments.get(2, [])]


def test_there_are_both():
    assert (len(ABOUT_ONE), len(ABOUT_NONE)) == (5, 4)


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_the_pull_request_is_read(name):
    event = orjson.loads(EVENTS[name])
    found = pull_request(EVENTS[name])
    assert found == PullRequest(2, HEAD)
    # GitHub says both again in links.
    assert event["pull_request"]["url"].endswith(f"/{REPOSITORY}/pulls/{found.number}")
    assert event["pull_request"]["_links"]["statuses"]["href"].endswith(found.commit)
    assert event.get("after", HEAD) == found.commit


@pytest.mark.parametrize("name", ABOUT_NONE)
def test_another_event_has_none(name):
    assert pull_request(EVENTS[name]) is None


@pytest.mark.parametrize("event", [*(EVENTS[name] for name in ABOUT_NONE), schedule()], ids=[*ABOUT_NONE, "schedule"])
@pytest.mark.parametrize("args", [["--file", "plan.md"], ["--outdated"]], ids=" ".join)
def test_without_a_pull_request_nothing_is_asked(hub, comment, event, args):
    run = comment(event, *args)
    assert (run.exit_code, run.stderr) == (
        1,
        "which pull request? --pr N, or a run that a pull request started\n",
    )
    assert hub.requests == []


@pytest.mark.parametrize("event", [EVENTS["push.branch"], schedule()], ids=["push", "schedule"])
def test_an_issue_needs_no_pull_request(hub, comment, event):
    run = comment(event, "--issue", "Drift", "--file", "plan.md")
    assert (run.exit_code, [one["title"] for one in hub.issues]) == (0, ["Drift"]), run.stderr


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_the_plan_is_posted_on_it(hub, comment, name):
    runs = [comment(EVENTS[name], *args) for args in (["--outdated"], ["--file", "plan.md"], ["--file", "plan.md"])]
    assert [run.exit_code for run in runs] == [0, 0, 0]
    url = hub.comments[2][0]["html_url"]
    assert [run.stderr for run in runs] == ["", f"ddops: created {url}\n", f"ddops: updated {url}\n"]
    assert [HEAD in body and "Outdated" not in body for body in bodies(hub)] == [True]


def test_a_push_to_the_branch_outdates_the_plan_until_there_is_another(hub, comment):
    hub.heads[2] = BEFORE
    comment(changed("pull_request.opened", sha=BEFORE), "--file", "plan.md")
    hub.heads[2] = HEAD
    read = []
    for args in (["--outdated"], ["--file", "plan.md"]):
        assert comment(EVENTS["pull_request.synchronize"], *args).exit_code == 0
        read += [
            (body.count(f"**Outdated.** This plan is for commit {BEFORE[:7]}"), HEAD in body) for body in bodies(hub)
        ]
    assert read == [(1, False), (0, True)]


def test_a_run_that_the_branch_has_left_behind_says_so(hub, comment):
    hub.heads[2] = LATER
    run = comment(EVENTS["pull_request.synchronize"], "--file", "plan.md")
    assert run.exit_code == 0
    assert f"**Outdated.** This plan is for commit {HEAD[:7]}" in bodies(hub)[0]


def test_a_run_that_comes_after_a_newer_one_leaves_its_plan(hub, comment):
    hub.heads[2] = LATER
    comment(changed("pull_request.synchronize", sha=LATER), "--file", "plan.md")
    before = bodies(hub)
    run = comment(EVENTS["pull_request.synchronize"], "--file", "plan.md")
    assert (run.stderr.startswith("ddops: left "), bodies(hub)) == (True, before)


@pytest.mark.parametrize("repo", [FORK, None], ids=["a fork", "a fork that is deleted"])
def test_a_fork_is_never_asked(hub, comment, repo):
    event = changed("pull_request.opened", repo=repo, label="octocat:changes")
    assert comment(event, "--outdated").exit_code == comment(event, "--file", "plan.md").exit_code == 0
    assert len(bodies(hub)) == 1
    assert {path.startswith(f"/repos/{REPOSITORY}/") for _, path in hub.requests} == {True}


@pytest.mark.parametrize("args", [["--file", "plan.md"], ["--issue", "Drift", "--file", "plan.md"]], ids=" ".join)
def test_a_token_that_may_only_read_is_said(hub, comment, args):
    hub.may_write = False
    run = comment(changed("pull_request.opened", repo=FORK), *args)
    assert run.exit_code == 1
    assert run.stderr.endswith(
        ": 403 Resource not accessible by integration; the job needs"
        " `permissions: {pull-requests: write, issues: write}`, which no run for a fork has\n"
    )
    assert (hub.comments, hub.issues, len(hub.writes)) == ({}, [], 1)


def test_nothing_to_mark_needs_no_right_to_write(hub, comment):
    hub.may_write = False
    assert comment(changed("pull_request.opened", repo=FORK), "--outdated").exit_code == 0
