"""What the client does when the server or the network fails."""

import socket

import orjson
import pytest

from ddops.errors import ApiError, NothingSent
from tests.org.conftest import API_KEY, APP_KEY, DASHBOARD, MONITOR, SLO
from tests.org.scripted import HANG_UP, Asked, Reply, Scripted, forward, in_turn

BODY = {"id": 1, "name": "x"}
FULL = {"X-RateLimit-Limit": "10", "X-RateLimit-Period": "10", "X-RateLimit-Remaining": "0", "X-RateLimit-Name": "b"}
HTML = b"<html><head><title>503 Service Temporarily Unavailable</title></head><body>nginx</body></html>"

CALLS = {
    "GET": lambda org: org.get(MONITOR, "1"),
    "PUT": lambda org: org.update(MONITOR, "1", {"name": "x"}),
    "DELETE": lambda org: org.delete(MONITOR, "1"),
    "LIST": lambda org: org.read([MONITOR], lambda *_: True),
    "VALIDATE": lambda org: org.validate(MONITOR, {"name": "x"}),
}
REPEATABLE = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def good(asked):
    return Reply(body=[BODY] if asked.path == "/api/v1/monitor" else BODY)


def after(*failures):
    """The failures, one for each call, then good answers."""
    rest = list(failures)
    return lambda asked: rest.pop(0) if rest else good(asked)


@pytest.mark.parametrize("failure", [*map(Reply, (408, 429, 500, 502, 503, 504, 512)), HANG_UP], ids=lambda r: r.status)
@REPEATABLE
def test_what_passes_is_tried_again_with_growing_pauses(scripted, naps, call, failure):
    server, org = scripted(after(failure, failure, failure))
    call(org)
    assert len(set(server.calls)) == 1
    assert len(server.calls) == 4
    assert naps == [1, 2, 4]


@pytest.mark.parametrize(("status", "tries"), [(408, 4), (429, 8), (500, 4), (503, 4)])
@REPEATABLE
def test_what_does_not_pass_is_given_up_in_the_servers_words(scripted, call, status, tries):
    server, org = scripted(lambda asked: Reply(status, {"errors": ["Overloaded"]}))
    with pytest.raises(ApiError, match=f"{status} Overloaded") as failed:
        call(org)
    assert len(server.calls) == tries
    assert isinstance(failed.value, NothingSent) == (status == 429)


@pytest.mark.parametrize("status", [400, 401, 403, 409, 413, 422, 501])
@REPEATABLE
def test_a_refusal_is_final(scripted, naps, call, status):
    server, org = scripted(lambda asked: Reply(status, {"errors": ["No"]}))
    with pytest.raises(ApiError, match=rf"/api/v1/monitor\S*: {status} No"):
        call(org)
    assert (len(server.calls), naps) == (1, [])


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({**FULL, "X-RateLimit-Reset": "7"}, 7, 8),
        ({**FULL, "x-ratelimit-reset": "0"}, 0, 1),
        ({"X-RateLimit-Reset": "3600"}, 60, 60),
        ({"X-RateLimit-Reset": "soon"}, 1, 1),
        ({"X-RateLimit-Reset": "-5"}, 1, 1),
        ({"Retry-After": "5"}, 5, 6),
        ({}, 1, 1),
    ],
)
def test_a_rate_limit_is_waited_for(scripted, naps, lines, headers, low, high):
    _, org = scripted(after(Reply(429, b"", headers)))
    assert org.get(MONITOR, "1") == BODY
    assert low <= sum(naps) <= high
    assert any("429" not in line and "waiting" in line for line in lines)


def test_a_used_up_limit_is_waited_for_before_the_next_call_of_its_bucket(scripted, naps):
    replies = in_turn(Reply(body=BODY, headers={**FULL, "X-RateLimit-Reset": "9"}), Reply(body=BODY))
    server, org = scripted(replies)
    org.get(MONITOR, "1")
    assert naps == []
    org.update(MONITOR, "1", {})
    assert naps == []
    org.get(MONITOR, "2")
    assert naps == [9]
    org.get(MONITOR, "3")
    assert naps == [9]
    assert len(server.calls) == 4


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_says_which_to_check(scripted, status):
    _, org = scripted(lambda asked: Reply(status, {"errors": ["Forbidden"]}))
    with pytest.raises(ApiError, match="Forbidden; check that DD_API_KEY and DD_APP_KEY hold keys of org acme on "):
        org.get(MONITOR, "1")


@pytest.mark.parametrize("status", [400, 401, 409])
def test_a_delete_that_others_forbid_says_so(scripted, status):
    words = "monitor [1,x] is referenced in slos: [34d,test slo]"
    _, org = scripted(lambda asked: Reply(status, {"errors": [words]}))
    with pytest.raises(ApiError) as refused:
        org.delete(MONITOR, "1")
    assert refused.value.reason == f"{words}; delete or change what refers to it first"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("call", [*CALLS.values(), lambda org: org.create(MONITOR, {})], ids=[*CALLS, "POST"])
def test_a_redirect_is_not_followed(scripted, naps, call, status):
    with Scripted(good) as elsewhere:
        server, org = scripted(lambda asked: Reply(status, b"", {"Location": elsewhere.url + asked.target}))
        with pytest.raises(ApiError, match=rf"{status} redirect to 127\.0\.0\.1:\d+, which is not followed") as refused:
            call(org)
        assert refused.value.status == status
        assert (elsewhere.asked, len(server.asked), naps) == ([], 1, [])


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(404, b"<html><title>404 Not Found</title></html>"), ": 404 Not Found"),
        (Reply(503, HTML), ": 503 Service Temporarily Unavailable"),
        (Reply(400, "grüße".encode("latin-1") + b"\xff"), "the answer is no text"),
        (Reply(200, HTML), "the answer is not JSON: 503 Service Temporarily Unavailable"),
        (Reply(200, b'{"id": 1'), "the answer is not JSON"),
        (Reply(200, {"errors": ["x"]}), 'the answer is not a monitor: {"errors":["x"]}'),
        (Reply(200, []), "the answer is not a monitor"),
        (Reply(204, b""), "the answer is not JSON"),
    ],
)
def test_an_answer_that_is_not_the_apis_is_an_error_on_one_line(scripted, reply, words):
    _, org = scripted(lambda asked: reply)
    with pytest.raises(ApiError) as failed:
        org.update(MONITOR, "1", {})
    assert words in str(failed.value)
    assert "\n" not in str(failed.value)
    assert "<" not in str(failed.value)


@pytest.mark.parametrize("body", [b"{}", b'{"monitors": []}', b"3"])
def test_a_list_that_is_none_is_an_error(scripted, body):
    _, org = scripted(lambda asked: Reply(200, body))
    with pytest.raises(ApiError, match="the answer holds no list"):
        org.read([MONITOR], lambda *_: True)


def test_nobody_at_the_address(connect, naps):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    org = connect(f"http://127.0.0.1:{port}")
    with pytest.raises(NothingSent, match=rf"127\.0\.0\.1:{port} could not be reached: .*refused; check the network"):
        org.create(MONITOR, {})
    assert naps == [1, 2, 4]


def test_no_such_host(connect, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    org = connect("http://api.example.invalid")
    with pytest.raises(NothingSent, match=r"api\.example\.invalid could not be reached: there is no host of that name"):
        org.get(MONITOR, "1")


def test_a_server_that_speaks_no_tls(scripted, connect):
    server, _ = scripted(good)
    org = connect(server.url.replace("http://", "https://"))
    with pytest.raises(NothingSent, match=r"could not be reached: TLS"):
        org.get(MONITOR, "1")


@pytest.mark.parametrize("status", [400, 403, 500])
def test_an_echoed_key_is_not_shown(scripted, lines, status):
    def echo(asked):
        keys = asked.headers["DD-API-KEY"], asked.headers["DD-APPLICATION-KEY"]
        return Reply(status, {"errors": ["bad keys {} {}".format(*keys)]})

    _, org = scripted(echo)
    with pytest.raises(ApiError, match=r"bad keys \[key\] \[key\]") as refused:
        org.get(MONITOR, "1")
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None
    shown = "\n".join(lines) + str(refused.value) + repr(vars(refused.value))
    assert API_KEY not in shown
    assert APP_KEY not in shown


# Creates: the answer can be lost although the server has acted.

LOST = {
    "500": lambda stored: Reply(500, {"errors": ["Internal error"]}),
    "504": lambda stored: Reply(504, HTML),
    "hang up": lambda stored: HANG_UP,
    "half an answer": lambda stored: Reply(200, stored.bytes[:20]),
}
STORING = pytest.mark.parametrize("kind", [MONITOR, DASHBOARD, SLO], ids=lambda kind: kind.name)


def listed(org, kind):
    return [body["id"] for body in org.read([kind], lambda *_: True)[kind.name]]


def losing(url, loss, *, stored, times=1):
    """Passes everything on to `url`; the first creates are stored or not, and their answers are lost."""
    losses = [loss] * times

    def script(asked):
        if asked.method == "POST" and losses:
            answer = forward(url, asked) if stored else Reply()
            return losses.pop()(answer)
        return forward(url, asked)

    return script


def posts(server):
    return sum(asked.method == "POST" for asked in server.asked)


@pytest.mark.parametrize("loss", LOST.values(), ids=LOST)
@STORING
def test_a_create_that_worked_is_not_repeated(scripted, sandbox, payloads, kind, loss):
    server, org = scripted(losing(sandbox.url, loss, stored=True))
    for key in ("other", "another"):
        forward(sandbox.url, asked_to_create(kind, payloads[kind.name](key)))
    created = org.create(kind, payloads[kind.name]("a"))
    assert posts(server) == 1
    assert len(listed(org, kind)) == 3
    assert created["id"] in listed(org, kind)


@pytest.mark.parametrize("loss", LOST.values(), ids=LOST)
@STORING
def test_a_create_that_did_not_work_is_repeated(scripted, sandbox, payloads, kind, loss):
    if loss is LOST["half an answer"]:
        return
    server, org = scripted(losing(sandbox.url, loss, stored=False, times=2))
    org.create(kind, payloads[kind.name]())
    assert posts(server) == 3
    assert len(listed(org, kind)) == 1


@STORING
def test_even_the_last_try_is_looked_for(scripted, sandbox, payloads, kind):
    fails = in_turn(*[Reply(503)] * 3, HANG_UP)

    def script(asked):
        if asked.method != "POST":
            return forward(sandbox.url, asked)
        reply = fails(asked)
        if reply is HANG_UP:
            forward(sandbox.url, asked)
        return reply

    server, org = scripted(script)
    created = org.create(kind, payloads[kind.name]())
    assert listed(org, kind) == [created["id"]]
    assert posts(server) == 4


@STORING
def test_a_create_that_a_rate_limit_refused_is_repeated_without_looking(scripted, sandbox, payloads, naps, kind):
    limited = after(Reply(429, b"", {**FULL, "X-RateLimit-Reset": "3"}))
    answers = iter([limited])

    def script(asked):
        return next(answers, lambda asked: forward(sandbox.url, asked))(asked)

    server, org = scripted(script)
    org.create(kind, payloads[kind.name]())
    assert server.calls == [f"POST {kind.endpoint.collection}"] * 2
    assert 3 <= sum(naps) <= 4


def test_a_create_without_a_marker_is_not_repeated(scripted):
    server, org = scripted(lambda asked: HANG_UP)
    with pytest.raises(ApiError, match="no marker to look for it by") as failed:
        org.create(MONITOR, {"name": "x", "tags": []})
    assert not isinstance(failed.value, NothingSent)
    assert server.calls == ["POST /api/v1/monitor"]


def test_a_create_that_cannot_be_looked_for_is_not_repeated(scripted, payloads):
    server, org = scripted(lambda asked: HANG_UP if asked.method == "POST" else Reply(429))
    with pytest.raises(ApiError, match=r"the answer was lost, .* GET /api/v1/monitor: 429 Too Many Requests") as failed:
        org.create(MONITOR, payloads["monitor"]())
    assert not isinstance(failed.value, NothingSent)
    assert posts(server) == 1


def test_a_create_that_is_found_but_not_read_may_have_worked(scripted, sandbox, payloads):
    lost = losing(sandbox.url, LOST["hang up"], stored=True)
    server, org = scripted(lambda asked: Reply(429) if asked.path.startswith("/api/v1/monitor/") else lost(asked))
    with pytest.raises(ApiError, match=r"lost; monitor \d+ is there, but not read: Too Many") as failed:
        org.create(MONITOR, payloads["monitor"]())
    assert not isinstance(failed.value, NothingSent)
    assert posts(server) == 1


def asked_to_create(kind, payload):
    keys = {"DD-API-KEY": API_KEY, "DD-APPLICATION-KEY": APP_KEY, "Content-Type": "application/json"}
    return Asked("POST", kind.endpoint.collection, keys, orjson.dumps(payload))
