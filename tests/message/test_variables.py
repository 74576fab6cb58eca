"""Which variables something fills."""

import pytest

from ddops.message import key, parse, unfilled


def faults(text, keys, type_="query alert"):
    return [one.word or one.message for one in unfilled(parse(text), keys, type_)]


@pytest.mark.parametrize(
    ("text", "keys", "type_"),
    [
        ("{{value}} {{threshold}} {{last_triggered_at_epoch}}", set(), "query alert"),
        ("{{env.name}}", {"env"}, "query alert"),
        ("{{[kube.pod].name}}", {"kube.pod"}, "query alert"),
        ("{{@code.name}} {{[@http.code].name}}", {"@code", "@http.code"}, "log alert"),
        ("{{host.name}} {{host.ip}} {{host.env}} {{host.role.name}}", {"host"}, "query alert"),
        ("{{log.attributes.x}} {{log.message}}", set(), "log alert"),
        ("{{span.service}}", set(), "trace-analytics alert"),
        ("{{log.attributes.[error.message]}} {{issue.link}}", set(), "error-tracking alert"),
        ("{{a.value}} {{b.status}} {{a.log.message}}", set(), "composite"),
        ("{{anything.name}}", None, "query alert"),
        ("{{#is_match \"env\" \"p\"}}{{/is_match}}", {"env"}, "query alert"),
        ("{{#is_exact_match \"value\" \"5\"}}{{/is_exact_match}}", set(), "query alert"),
        ("{{eval \"round(value - threshold)\"}}", set(), "query alert"),
        ("{{{{raw}}}}{{nothing.name}}{{{{/raw}}}}", set(), "query alert"),
    ],
)  # fmt: skip
def test_these_are_filled(text, keys, type_):
    assert faults(text, keys, type_) == []


@pytest.mark.parametrize(
    ("text", "keys", "said"),
    [
        ("{{service.name}}", {"env", "host"},
         ["nothing fills 'service.name': the query is not grouped by 'service', its groups are by env, host"]),
        ("{{env.name}}", set(), ["nothing fills 'env.name': the query is not grouped by 'env', it has no groups"]),
        ("{{host.ip}}", {"env"},
         ["nothing fills 'host.ip': the query is not grouped by 'host', its groups are by env"]),
        ("{{kube.pod.name}}", {"kube.pod"},
         ["'kube.pod.name': a key with a dot stands in brackets: '[kube.pod].name'"]),
        ("{{vlaue}}", set(), ["vlaue"]),
        ("{{env}}", {"env"}, ["'{{env}}' is empty; the group's value is '{{env.name}}'"]),
        ("{{log.message}}", set(), ["nothing fills 'log.message' in a monitor of type 'query alert'"]),
        ("{{#is_match \"env.name\" \"p\"}}{{/is_match}}", set(),
         ["nothing fills 'env.name': the query is not grouped by 'env', it has no groups"]),
        ("{{eval \"vlaue * 2\"}}", set(), ["vlaue"]),
        ("{{urlencode \"env.name\"}}", set(),
         ["nothing fills 'env.name': the query is not grouped by 'env', it has no groups"]),
    ],
)  # fmt: skip
def test_these_are_not(text, keys, said):
    assert faults(text, keys) == said


def test_faults_have_their_places():
    (fault,) = unfilled(parse("a\n {{b.name}}"), set(), "query alert")
    assert (fault.at.line, fault.at.column) == (2, 2)


@pytest.mark.parametrize(
    ("path", "found"), [("env.name", "env"), ("[a.b].name", "a.b"), ("value", None), ("host.ip", None)]
)
def test_the_key_of_a_variable(path, found):
    assert key(path) == found
