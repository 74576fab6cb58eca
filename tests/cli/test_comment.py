"""A plan on a pull request, and drift in an issue."""

from pathlib import Path

import pytest

from tests.github.stand_in import REPOSITORY, TOKEN, StandIn

EVENT = Path(__file__).parent.parent / "github/events/pull_request.opened.json"
NUMBER, COMMIT = 2, "ec26c3e57ca3a959ca5aad62de7213c562f8c821"


@pytest.fixture
def hub():
    with StandIn() as running:
        running.heads[NUMBER] = COMMIT
        yield running


@pytest.fixture
def env(hub):
    """What a runner sets, and the workflow gives."""
    return {
        "GITHUB_API_URL": hub.url,
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_EVENT_PATH": str(EVENT),
        "GITHUB_TOKEN": f"{TOKEN}\n",
    }


@pytest.fixture
def plan(ddops, workspace):
    run = ddops("plan", "--org", "sandbox", "--format", "markdown")
    assert run.exit_code == 0, run.stderr
    workspace.write("plan.md", run.stdout)


def test_a_plan_is_posted_and_updated(ddops, hub, env, plan):
    first, second = (ddops("comment", "--file", "plan.md", env=env) for _ in range(2))
    (posted,) = hub.comments[NUMBER]
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr == f"ddops: created {posted['html_url']}\n"
    assert second.stderr == f"ddops: updated {posted['html_url']}\n"
    assert posted["body"].startswith(
        f"<!-- ddops plan acme sandbox * -->\n<!-- ddops-commit {COMMIT} -->\n\n## Plan for"
    )


def test_earlier_plans_are_marked(ddops, hub, env, plan):
    ddops("comment", "--file", "plan.md", env=env)
    hub.heads[NUMBER] = "4" * 40
    run = ddops("comment", "--outdated", env=env)
    assert (run.exit_code, "> **Outdated.**" in hub.comments[NUMBER][0]["body"]) == (0, True)


def test_what_is_asked_for_wins_over_the_event(ddops, hub, env, plan):
    hub.heads[8] = "5" * 40
    run = ddops("comment", "--pr", "8", "--commit", "5" * 40, "--file", "plan.md", env=env)
    assert (run.exit_code, [*hub.comments]) == (0, [8])


def test_an_issue_is_opened_and_closed(ddops, hub, env, workspace):
    workspace.write("drift.md", "Somebody was here.")
    for args in (["--file", "drift.md"], ["--close"], ["--close"]):
        run = ddops("comment", "--issue", "Drift", *args, env=env)
        assert run.exit_code == 0, run.stderr
    assert [(one["title"], one["state"]) for one in hub.issues] == [("Drift", "closed")]


@pytest.mark.parametrize(
    ("args", "without", "says"),
    [
        ([], [], "one of --file, --outdated and --close says what to do"),
        (["--outdated", "--file", "plan.md"], [], "one of --file"),
        (["--close"], [], "--close goes with --issue"),
        (["--issue", "Drift", "--outdated"], [], "--issue goes without"),
        (["--file", "plan.md"], ["GITHUB_TOKEN"], "the variable GITHUB_TOKEN is not set"),
        (["--file", "plan.md"], ["GITHUB_REPOSITORY"], "which repository?"),
        (["--file", "plan.md"], ["GITHUB_EVENT_PATH"], "which pull request?"),
        (["--file", "plan.md", "--pr", "7"], ["GITHUB_EVENT_PATH"], "which commit is the plan for?"),
        (["--file", "plan.md", "--pr", "9"], [], "which commit is the plan for?"),
        (["--file", "plan.md", "--commit", "abc"], [], "which commit is the plan for?"),
        (["--file", "plan.md", "--repo", "x"], [], "'x' is no repository"),
    ],
)
def test_what_cannot_be(ddops, hub, env, plan, args, without, says):
    run = ddops("comment", *args, env={name: value for name, value in env.items() if name not in without})
    assert run.exit_code == 1
    assert says in run.stderr
    assert TOKEN not in run.stderr
    assert hub.requests == []


def test_an_event_that_is_about_no_pull_request(ddops, env, plan, workspace):
    event = workspace.write("event.json", '{"ref": "refs/heads/main"}')
    run = ddops("comment", "--outdated", env={**env, "GITHUB_EVENT_PATH": str(event)})
    assert (run.exit_code, "which pull request?" in run.stderr) == (1, True)


def test_a_refusal_does_not_show_the_token(ddops, hub, env, plan):
    hub.failures = [(400, {}, b'{"message": "' + TOKEN.encode() + b'"}')]
    run = ddops("comment", "--file", "plan.md", env=env)
    assert (run.exit_code, run.stderr) == (1, f"GET /pulls/{NUMBER}: 400 [token]\n")


def test_it_links_to_the_run(ddops, hub, env, plan):
    run = {"GITHUB_SERVER_URL": "https://github.example", "GITHUB_RUN_ID": "12"}
    ddops("comment", "--file", "plan.md", env={**env, **run})
    link = f"https://github.example/{REPOSITORY}/actions/runs/12"
    assert hub.comments[NUMBER][0]["body"].endswith(f", by [this run]({link}).</sub>\n")
