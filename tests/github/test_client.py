import pytest

from ddops.errors import ApiError, UsageError
from ddops.github.client import GitHub
from tests.github.stand_in import REPOSITORY, TOKEN


def test_a_list_is_read_to_its_end(hub, github):
    for number in range(205):
        hub.comment(7, str(number))
    assert [one["body"] for one in github.all("/issues/7/comments")] == [str(number) for number in range(205)]
    assert len(hub.requests) == 3


@pytest.mark.parametrize("count", [0, 100])
def test_a_list_ends_with_a_page_that_is_not_full(hub, github, count):
    for number in range(count):
        hub.comment(7, str(number))
    assert len([*github.all("/issues/7/comments")]) == count


def test_an_answer_that_is_lost_on_the_way_is_asked_for_again(hub, github):
    hub.heads[7] = "a"
    hub.failures = [(502, {}, b"<html>")]
    assert github.get("/pulls/7")["head"]["sha"] == "a"
    assert len(hub.requests) == 2


def test_a_create_is_never_made_twice(hub, github):
    hub.failures = [(502, {}, b"<html>")]
    with pytest.raises(ApiError, match="POST /issues/7/comments: 502"):
        github.create("/issues/7/comments", {"body": "x"})
    assert len(hub.requests) == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((403, {}, b'{"message": "Resource not accessible by integration"}'), r"403 Resource not .* the job needs"),
        ((429, {}, b'{"message": "Slow down"}'), "429 Slow down; these were too many calls for now, so run the job"),
        ((403, {"Retry-After": "60"}, b'{"message": "Secondary rate limit"}'), "rate limit; these were too many calls"),
        ((403, {"X-RateLimit-Remaining": "0"}, b'{"message": "Rate limit"}'), "limit; these were too many calls"),
        ((404, {}, b'{"message": "Not Found"}'), "404 Not Found; is the repository right"),
        ((422, {}, b'{"message": "Validation Failed"}'), "GET /pulls/7: 422 Validation Failed"),
        ((400, {}, b"no json"), "400 no reason given"),
        ((400, {}, b'{"message": "' + TOKEN.encode() + b'"}'), r"400 \[token\]"),
        ((200, {}, b"no json"), "200 no reason given"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), "302 a redirect, which is not followed"),
    ],
)
def test_a_refusal_is_said(hub, github, answer, says):
    hub.failures = [answer]
    with pytest.raises(ApiError, match=says) as refused:
        github.get("/pulls/7")
    assert TOKEN not in str(refused.value)
    assert len(hub.requests) == 1


def test_a_wrong_token_is_said(hub):
    with pytest.raises(ApiError, match="401 Bad credentials; GITHUB_TOKEN is no token that GitHub takes"):
        GitHub(REPOSITORY, "other", hub.url).get("/pulls/7")


def test_what_is_no_list(hub, github):
    hub.failures = [(200, {}, b"{}")]
    with pytest.raises(ApiError, match="no list"):
        [*github.all("/issues")]


def test_nobody_is_there(hub):
    with pytest.raises(ApiError, match=r"POST /issues: GitHub could not be reached \(\w+\)") as refused:
        GitHub(REPOSITORY, TOKEN, "http://127.0.0.1:1").create("/issues", {})
    assert refused.value.status == 0


@pytest.mark.parametrize("repository", ["", "acme", "acme/x/y", "../x", "acme/..", "acme/x?y", "acme/x y"])
def test_what_is_no_repository_is_refused(repository):
    with pytest.raises(UsageError, match="is no repository; one reads OWNER/NAME"):
        GitHub(repository, TOKEN)


@pytest.mark.parametrize(
    "url", ["http://api.github.com", "https://a@b.example", "https://x?y", "http://localhost.example", "ftp://x", ""]
)
def test_the_token_goes_to_no_other_place(url):
    with pytest.raises(UsageError, match="GITHUB_API_URL would be given the token"):
        GitHub(REPOSITORY, TOKEN, url)
