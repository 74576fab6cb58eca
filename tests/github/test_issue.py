import pytest

from ddops.errors import UsageError
from ddops.github import issue
from ddops.github.comment import Posted


def test_it_is_opened_updated_left_and_closed(hub, github):
    steps = [issue.publish(github, "Drift", text).what for text in ("one", "one\n", "two")]
    assert steps == ["created", "left", "updated"]
    (made,) = hub.issues
    assert (made["title"], made["body"], made["labels"]) == ("Drift", "two", ["ddops"])
    assert issue.close(github, "Drift") == Posted("closed", made["html_url"])
    assert (made["state"], made["state_reason"]) == ("closed", "completed")
    assert issue.close(github, "Drift") is None


def test_after_it_was_closed_another_is_opened(hub, github):
    issue.publish(github, "Drift", "one")
    issue.close(github, "Drift")
    assert issue.publish(github, "Drift", "two").what == "created"


@pytest.mark.parametrize(
    "more", [{"title": "Else"}, {"login": "octocat"}, {"labels": ["bug"]}, {"pull_request": {}}, {"state": "closed"}]
)
def test_other_issues_are_never_touched(hub, github, more):
    other = dict(hub.issue(**{"title": "Drift", "body": "mine", "labels": ["ddops"], **more}))
    assert issue.publish(github, "Drift", "x").what == "created"
    assert hub.issues[0] == other


def test_a_text_that_is_too_long_is_refused(hub, github):
    with pytest.raises(UsageError, match=r"the issue has 65,537 characters; GitHub takes 65,536"):
        issue.publish(github, "Drift", "x" * 65_537)
    assert hub.requests == []
