"""The preview over real HTTP: what it serves, to whom, and what it tells those who wait."""

import http.client
import threading
from importlib.resources import files

import pytest

from ddops.preview.server import Preview


@pytest.fixture
def preview():
    with Preview() as running:
        yield running


def ask(preview, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", int(preview.url.rsplit(":")[-1].strip("/")), timeout=10)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def test_the_page_is_served_as_it_was_given(preview):
    preview.show("<p>é\ud800</p>")
    answer = ask(preview, "/page")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.read().decode() == "<p>é\\ud800</p>"


@pytest.mark.parametrize("path", ["/", "/page", "/events", "/frame.js", "/frame.css"])
def test_nobody_else_may_read_or_frame_it_or_keep_it(preview, path):
    answer = ask(preview, path)
    assert answer.status == 200
    said = {name: answer.headers[name] for name in ("Cache-Control", "X-Frame-Options", "Cross-Origin-Resource-Policy")}
    assert said == {
        "Cache-Control": "no-store",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_name_that_was_made_to_lead_here_is_refused(preview, host):
    preview.show("secret")
    answer = ask(preview, "/page", Host=host)
    assert answer.status == 421
    assert b"secret" not in answer.read()


def test_what_there_is_not(preview):
    assert ask(preview, "/static/../server.py").status == 404
    assert ask(preview, "/favicon.ico").status == 404


def test_every_file_of_the_frame_is_served(preview):
    names = {file.name for file in files("ddops.preview").joinpath("static").iterdir()}
    assert {name: ask(preview, "/" if name == "frame.html" else f"/{name}").status for name in names} == {
        "frame.html": 200,
        "frame.css": 200,
        "frame.js": 200,
    }


def test_who_comes_hears_what_is_shown_and_then_every_change(preview):
    preview.show("one")
    answer = ask(preview, "/events")
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert event(answer) == "page"
    preview.waiting()
    assert event(answer) == "waiting"
    preview.show("two")
    assert event(answer) == "page"


def test_the_end_of_a_preview_ends_what_waits_for_it():
    with Preview() as preview:
        preview.show("one")
        answer = ask(preview, "/events")
        assert event(answer) == "page"
    assert answer.read() == b""


def test_two_who_wait_both_hear(preview):
    answers = [ask(preview, "/events") for _ in range(2)]
    heard: list[str] = []
    threads = [threading.Thread(target=lambda one=answer: heard.append(event(one))) for answer in answers]
    for thread in threads:
        thread.start()
    preview.show("one")
    for thread in threads:
        thread.join()
    assert heard == ["page", "page"]


def test_a_port_that_is_taken_is_an_error(preview):
    port = int(preview.url.rsplit(":")[-1].strip("/"))
    with pytest.raises(OSError, match="in use"):
        Preview(port)


def event(answer) -> str:
    line = answer.readline().decode()
    assert answer.readline() == b"\n"
    return line.removeprefix("data: ").strip()
