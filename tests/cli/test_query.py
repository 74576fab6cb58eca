import json

import pytest

GOOD = "avg(last_5m):avg:system.cpu.user{*} by {host} > 90"


@pytest.mark.parametrize(
    "args",
    [
        [GOOD],
        ["--type", "metric alert", GOOD],
        ["--type", "composite", "1 && !${monitor:a}"],
        ["--type", "metrics", "avg:a{$env}, b{*}"],
        ["--type", "formula", "query1 / query2 * 100"],
        ["--type", "search", "service:web -env:dev"],
    ],
)
def test_a_good_query(ddops, args):
    run = ddops("query", "check", *args)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "ok\n", "")


def test_a_caret_stands_under_what_is_wrong(ddops):
    run = ddops("query", "check", "--type", "query alert", "avg(last_5m):mean:a{*} > 90")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.splitlines() == [
        "  avg(last_5m):mean:a{*} > 90",
        "               ^",
        "column 14: unknown aggregator 'mean'; known: avg, count, histogram, max, min, p95, stddev or sum",
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--type", "quer alert", GOOD], "unknown type of monitor 'quer alert'; did you mean 'query alert'?"),
        (["--type", "metrics", "avg:a"], "expected the scope of the metric"),
        ([""], "the query ends here"),
        (["(" * 10_000], "expected a time aggregator"),
        (["avg(last_5m):" + "(" * 10_000], "nested too deep"),
        (["\x1b[31m"], "not '\\x1b'"),
    ],
)
def test_a_refused_query(ddops, args, said):
    run = ddops("query", "check", *args)
    assert (run.exit_code, run.stdout) == (1, "")
    assert said in run.stderr


def test_many_at_once(ddops, workspace):
    lines = [
        json.dumps({"type": "query alert", "query": GOOD}),
        json.dumps({"type": "log alert", "query": "query"}),
        "",
        json.dumps({"query": GOOD}),
        "not json",
        json.dumps({"type": "query alert"}),
        json.dumps({"type": 5, "query": GOOD}),
        json.dumps([]),
    ]
    workspace.write("queries.jsonl", "\n".join(lines))
    run = ddops("query", "check", "--from-file", "queries.jsonl")
    assert (run.exit_code, run.stderr) == (1, "")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["ok"] for answer in answers] == [True, False, True, False, False, False, False]
    assert answers[0] == {"ok": True, "error": None}
    assert answers[1]["error"].startswith("column 1: expected a query that begins with `logs(")
    assert answers[3]["error"].startswith("the line is no JSON")
    assert answers[4]["error"] == 'the line is no {"type": …, "query": …}'


def test_many_from_standard_input(ddops):
    run = ddops("query", "check", "--from-file", "-", input=json.dumps({"type": "query alert", "query": GOOD}))
    assert (run.exit_code, run.stdout) == (0, '{"ok":true,"error":null}\n')
    assert ddops("query", "check", "--from-file", "-", input="").stdout == ""


@pytest.mark.parametrize("args", [[], [GOOD, "--from-file", "-"]])
def test_one_or_many(ddops, args):
    run = ddops("query", "check", *args)
    assert (run.exit_code, run.stdout) == (1, "")
    assert "give a QUERY, or --from-file FILE" in run.stderr


def test_no_such_file(ddops):
    run = ddops("query", "check", "--from-file", "nowhere.jsonl")
    assert run.exit_code == 1
    assert "nowhere.jsonl" in run.stderr


def test_explain(ddops):
    run = ddops("query", "explain", GOOD)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == (
        "Alerts for each host when the average over the last 5 minutes of the average of system.cpu.user is above 90.\n"
    )


def test_explain_a_refused_query(ddops):
    run = ddops("query", "explain", "--type", "composite", "1 &&")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.splitlines()[:2] == ["  1 &&", "      ^"]
