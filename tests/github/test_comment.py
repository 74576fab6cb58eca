import pytest

from ddops.errors import ApiError, UsageError
from ddops.github import comment
from tests.github.stand_in import BOT

OLD, NEW, NEWEST = "a" * 40, "b" * 40, "c" * 40
MARKER = "<!-- ddops plan acme main * -->"
PLAN = f"{MARKER}\n## Plan for `main`\n"
OTHER = PLAN.replace(" main ", " partner ")
RUN = "https://github.example/acme/monitoring/actions/runs/12"
BANNER = "**Outdated.** This plan is for commit {}, and the pull request has newer ones."


@pytest.fixture(autouse=True)
def pull_request(hub):
    hub.heads[7] = OLD


def bodies(hub):
    return [one["body"] for one in hub.comments.get(7, [])]


def test_the_first_plan_is_a_new_comment(hub, github):
    posted = comment.publish(github, 7, PLAN, OLD)
    assert posted == comment.Posted("created", hub.comments[7][0]["html_url"])
    assert bodies(hub) == [
        f"{MARKER}\n<!-- ddops-commit {OLD} -->\n\n## Plan for `main`\n\n<sub>For commit aaaaaaa.</sub>\n"
    ]


def test_the_next_one_takes_its_place(hub, github):
    hub.comment(7, "LGTM", "octocat")
    comment.publish(github, 7, PLAN, OLD)
    hub.heads[7] = NEW
    assert comment.publish(github, 7, PLAN.replace("Plan", "New plan"), NEW).what == "updated"
    assert [body.partition("\n\n")[2] for body in bodies(hub)] == [
        "",
        "## New plan for `main`\n\n<sub>For commit bbbbbbb.</sub>\n",
    ]


def test_plans_for_other_orgs_have_their_own(hub, github):
    comment.publish(github, 7, PLAN, OLD)
    comment.publish(github, 7, OTHER, OLD)
    comment.publish(github, 7, PLAN, OLD)
    assert [body.partition("\n")[0] for body in bodies(hub)] == [MARKER, OTHER.partition("\n")[0]]


def test_a_plan_that_comes_late_says_that_it_is_outdated(hub, github):
    hub.heads[7] = NEW
    comment.publish(github, 7, PLAN, OLD)
    assert BANNER.format("aaaaaaa") in bodies(hub)[0]


def test_a_plan_that_comes_late_leaves_the_newer_one_alone(hub, github):
    hub.heads[7] = NEW
    comment.publish(github, 7, PLAN, NEW)
    before = bodies(hub)
    assert comment.publish(github, 7, PLAN.replace("Plan", "Old plan"), OLD).what == "left"
    assert bodies(hub) == before


def test_earlier_plans_are_marked_as_outdated_once(hub, github):
    comment.publish(github, 7, PLAN, OLD)
    comment.publish(github, 7, OTHER, OLD)
    assert comment.outdate(github, 7) == []
    hub.heads[7] = NEW
    comment.publish(github, 7, OTHER, NEW)
    assert len(comment.outdate(github, 7)) == 1
    assert comment.outdate(github, 7) == []
    assert [BANNER.format("aaaaaaa") in body for body in bodies(hub)] == [True, False]
    assert bodies(hub)[0].endswith("\n\n## Plan for `main`\n\n<sub>For commit aaaaaaa.</sub>\n")


def test_the_mark_goes_with_the_next_plan(hub, github):
    comment.publish(github, 7, PLAN, OLD)
    hub.heads[7] = NEW
    comment.outdate(github, 7)
    comment.publish(github, 7, PLAN, NEW)
    assert "Outdated" not in bodies(hub)[0]


@pytest.mark.parametrize("text", [f"{PLAN}", f"> {PLAN}", f"see {MARKER}"])
def test_the_comments_of_others_are_never_touched(hub, github, text):
    hub.comment(7, text, "octocat")
    comment.publish(github, 7, PLAN, OLD)
    hub.heads[7] = NEW
    comment.outdate(github, 7)
    assert bodies(hub)[0] == text
    assert len(bodies(hub)) == 2


def test_a_comment_that_somebody_edited_in_the_browser_is_found(hub, github):
    comment.publish(github, 7, PLAN, OLD)
    hub.comments[7][0]["body"] = bodies(hub)[0].replace("\n", "\r\n")
    hub.heads[7] = NEW
    assert len(comment.outdate(github, 7)) == 1
    assert comment.publish(github, 7, PLAN, NEW).what == "updated"


@pytest.mark.parametrize("text", ["", "## Plan", f" {PLAN}", "<!-- ddops --><script>", "<!-- ddops plan\n -->"])
def test_a_text_without_a_marker_is_refused(hub, github, text):
    with pytest.raises(UsageError, match="does not begin with a plan's marker"):
        comment.publish(github, 7, text, OLD)
    assert hub.requests == []


def test_a_text_that_is_too_long_is_refused(hub, github):
    with pytest.raises(UsageError, match=r"the comment has 65,\d{3} characters; GitHub takes 65,536"):
        comment.publish(github, 7, PLAN + "x" * 65_500, OLD)
    assert hub.writes == []


def test_another_author(hub, github):
    hub.comment(7, PLAN, "acme-bot")
    assert comment.publish(github, 7, PLAN, OLD, author="acme-bot").what == "updated"
    assert comment.BOT == BOT


@pytest.mark.parametrize(
    ("run", "end"),
    [
        (RUN, f"<sub>For commit aaaaaaa, by [this run]({RUN}).</sub>\n"),
        ("https://github.example/](x)", "<sub>For commit aaaaaaa.</sub>\n"),
    ],
)
def test_it_links_to_the_run_that_made_it(hub, github, run, end):
    comment.publish(github, 7, PLAN, OLD, run=run)
    assert bodies(hub)[0].endswith(f"\n\n{end}")


def test_a_comment_that_is_deleted_meanwhile_is_made_anew(hub, github):
    comment.publish(github, 7, PLAN, OLD)
    listed = b'[{"id": 9, "body": "%s", "user": {"login": "%s"}}]' % (MARKER.encode(), BOT.encode())
    hub.failures = [(200, {}, b'{"head": {"sha": "%s"}}' % OLD.encode()), (200, {}, listed)]
    assert comment.publish(github, 7, PLAN, OLD).what == "created"


def test_another_refusal_of_an_update_stands(hub, github):
    comment.publish(github, 7, PLAN, OLD)
    hub.may_write = False
    with pytest.raises(ApiError, match="PATCH /issues/comments/101: 403 Resource not accessible"):
        comment.publish(github, 7, PLAN, OLD)


def test_a_plan_that_quotes_the_mark_is_marked_as_well(hub, github):
    quoted = f"> [!WARNING]\n> {BANNER.format('aaaaaaa')}\n\n"
    comment.publish(github, 7, f"{PLAN}\n```\n{quoted}```\n<!-- ddops-commit {NEW} -->\n", OLD)
    hub.heads[7] = NEW
    assert [len(comment.outdate(github, 7)) for _ in range(2)] == [1, 0]
    assert bodies(hub)[0].startswith(f"{MARKER}\n<!-- ddops-commit {OLD} -->\n\n{quoted}## Plan")


def test_of_two_that_were_made_at_once_one_stays(hub, github):
    first, second = (hub.comment(7, f"{MARKER}\n<!-- ddops-commit {OLD} -->\n\n## Plan\n") for _ in range(2))
    hub.heads[7] = NEW
    assert len(comment.outdate(github, 7)) == 2
    assert comment.publish(github, 7, PLAN, NEW) == comment.Posted("updated", first["html_url"])
    assert second["body"] == f"{MARKER}\n\nThe plan is in [one comment]({first['html_url']}).\n"
    assert comment.outdate(github, 7) == []
