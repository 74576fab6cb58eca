"""Errors of the models as people read them: a sweep of wrong values over every field, and the words for each sort."""

import re
import types
import typing

import pytest
from pydantic import BaseModel, ValidationError

from ddops.catalog.config import Config
from ddops.catalog.envelope import Envelope, Preset
from ddops.catalog.explain import explain
from ddops.kinds.contract import kinds
from ddops.location import Location, dotted
from ddops.product import Product

VALID = {
    Product: {"product": "p", "title": "t", "org": "o", "team": "t"},
    Config: {"workspace": "w", "orgs": {"o": {}}},
    Envelope: {"key": "k"},
    Preset: {"preset": "p", "kind": "monitor", "body": {}},
    kinds()["monitor"].model: {"name": "n", "type": "query alert", "query": "q > 1"},
    kinds()["dashboard"].model: {"title": "n", "layout_type": "ordered", "widgets": []},
    kinds()["slo"].model: {
        "name": "n",
        "type": "metric",
        "query": {"numerator": "a", "denominator": "b"},
        "thresholds": [{"timeframe": "7d", "target": 99}],
    },
}
MODELS = [Product, Config, Envelope, Preset, *(kind.model for kind in kinds().values())]
WRONG = ["wrong text", "", 12, -1, 1.5, True, None, [], [1], ["a"], [[]], {}, {"a": 1}, {"a": {}}]
JARGON = re.compile(
    r"\b(str|int|dict|dictionary|None|NoneType|True|False|[Ii]nput|pydantic|validat\w*|union|instance|constrained|"
    r"function|tag_invalid|Extra|should match|Value error|object at|(string|int|float|bool|list|dict|literal)_\w+)\b|"
    r"\[\w+\(|\{'|\['|\^\("
)


def paths(annotation, path=(), depth=0):
    """The path to every field below a model, through one item of each list and mapping."""
    if depth > 7:
        return
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            here = (*path, field.alias or name)
            yield here
            yield from paths(field.annotation, here, depth + 1)
        return
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        yield from paths(arguments[0], path, depth)
    elif origin in (typing.Union, types.UnionType):
        for argument in arguments:
            yield from paths(argument, path, depth)
    elif origin in (list, dict):
        here = (*path, 0 if origin is list else "k")
        yield here
        yield from paths(arguments[-1], here, depth + 1)


def with_value(base, path, value):
    """The body with a value at a path; what stands in the way is made."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [with_value({}, rest, value)]
    below = base if isinstance(base, dict) else {}
    return {**below, step: with_value(below.get(step, {}), rest, value)}


def explained(model, body):
    """The problems of a body, with the path that each was located at."""
    try:
        model.model_validate(body)
    except ValidationError as error:
        asked = []

        def locate(path, key):
            asked.append(path)
            return Location("f.yaml")

        problems = explain(error, model, body, locate)
        return [(path, problem.message) for path, problem in zip(asked, problems, strict=True)]
    return []


@pytest.mark.parametrize("model", VALID, ids=lambda model: model.__name__)
def test_a_valid_body_has_no_problems(model):
    assert explained(model, VALID[model]) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_with_every_sort_of_value_is_explained_in_plain_words(model):
    for path in dict.fromkeys(paths(model)):
        for value in WRONG:
            for place, message in explained(model, with_value(VALID.get(model, {}), path, value)):
                said = f"{dotted(path)} = {value!r}: {message}"
                assert not JARGON.search(message.split("; allowed: ")[0].replace("true or false", "")), said
                # The steps of a place are the body's own, never pydantic's for a branch of a union.
                assert all(isinstance(step, int) or re.fullmatch(r"[\w.$-]+", step) for step in place), said
                assert "\n" not in message, said


MONITOR, DASHBOARD, SLO = (kinds()[name].model for name in ("monitor", "dashboard", "slo"))


@pytest.mark.parametrize(
    ("model", "path", "value", "message"),
    [
        (MONITOR, ("name",), 5, "name: should be text, not 5; put it in quotes"),
        (MONITOR, ("name",), True, "name: should be text, not true; put it in quotes"),
        (MONITOR, ("name",), None, "name: should be text; there is no value"),
        (MONITOR, ("name",), "", "name: should not be empty"),
        (MONITOR, ("name",), ["a"], "name: should be text, not a list"),
        (MONITOR, ("nme",), "a", "unknown field 'nme'; did you mean 'name'?"),
        (MONITOR, ("type",), "query alrt", "type: 'query alrt' is not allowed; did you mean 'query alert'?"),
        (MONITOR, ("type",), {}, "type: should be text, not a mapping"),
        (MONITOR, ("draft_status",), "x", "draft_status: 'x' is not allowed; allowed: draft, published"),
        (MONITOR, ("draft_status",), [], "draft_status: should be one of draft, published, not a list"),
        (MONITOR, ("priority",), 9, "priority: should be at most 5, not 9"),
        (MONITOR, ("priority",), 0, "priority: should be at least 1, not 0"),
        (MONITOR, ("priority",), "2", "priority: should be a whole number, not '2'; take it out of the quotes"),
        (MONITOR, ("priority",), 1.5, "priority: should be a whole number, not 1.5"),
        (MONITOR, ("priority",), "x" * 300, f"priority: should be a whole number, not '{'x' * 59}…'"),
        (MONITOR, ("tags",), "env:prod", "tags: should be a list, not 'env:prod'"),
        (MONITOR, ("tags",), ["a", 5], "tags[1]: should be text, not 5; put it in quotes"),
        (MONITOR, ("options", "include_tags"), "true", "options.include_tags: should be true or false, not 'true'; "),
        (MONITOR, ("options", "include_tags"), "yes", "options.include_tags: should be true or false, not 'yes'"),
        (MONITOR, ("options", "thresholds", "critical"), "5", "options.thresholds.critical: should be a number, not "),
        (MONITOR, ("options", "threshold"), {}, "unknown field 'threshold'; did you mean 'thresholds'?"),
        (MONITOR, ("options", "group_retention_duration"), "2w", "options.group_retention_duration: '2w' is no durati"),
        (MONITOR, ("routes", "ad"), [], "unknown field 'ad'; did you mean 'add'?"),
        (DASHBOARD, ("tags",), ["env:prod"], "tags[0]: 'env:prod' is no tag `team:…`, and a dashboard takes no other"),
        (DASHBOARD, ("widgets",), [{}], "the field 'definition' is missing in widgets[0]"),
        (
            DASHBOARD,
            ("widgets",),
            [{"definition": {"type": "notee"}}],
            "widgets[0].definition.type: 'notee' is not all",
        ),
        (SLO, ("thresholds",), [], "thresholds: should not be empty"),
        (
            SLO,
            ("thresholds",),
            [{"timeframe": "7d", "target": 100}],
            "thresholds[0].target: should be below 100, not 1",
        ),
        (SLO, ("groups",), ["g"] * 101, "groups: should have at most 100 items, and has 101"),
        (Product, ("org",), {}, "org: should be text or a list, not a mapping"),
        (Product, ("org",), [], "org: should not be empty"),
        (Product, ("org",), "Main Org", "org: 'Main Org' is no name: lower case letters, digits, '-' and '_'"),
        (Product, ("org",), ["a", "B"], "org[1]: 'B' is no name: lower case letters, digits, '-' and '_'"),
        (
            Product,
            ("channels", "Ops"),
            {"slack": "a"},
            "channels: 'Ops' is no name: lower case letters, digits, '-' an",
        ),
        (Product, ("channels", "a"), {"slak": "a"}, "unknown field 'slak'; did you mean 'slack'?"),
        (Product, ("channels", "a"), {}, "channels.a: no way to notify; a channel has exactly one of slack, pagerduty"),
        (
            Product,
            ("channels", "a"),
            {"slack": "#a b"},
            "channels.a.slack: '#a b' is no name for a handle: it holds no",
        ),
        (Product, ("channels", "a"), {"email": "a"}, "channels.a.email: 'a' is no mail address"),
        (
            Product,
            ("routes",),
            [{"match": {"env": 1.5}, "notify": ["a"]}],
            "routes[0].match.env: should be text, a whol",
        ),
        (
            Product,
            ("routes",),
            [{"match": {"env": {}}, "notify": ["a"]}],
            "routes[0].match.env: should be text, a whole",
        ),
        (
            Product,
            ("routes",),
            [{"match": {"env": [{}]}, "notify": ["a"]}],
            "routes[0].match.env[0]: should be text or",
        ),
        (Product, ("routes",), [{"notify": ["a"], "states": ["alrt"]}], "routes[0].states[0]: 'alrt' is not allowed; "),
        (Envelope, ("for_each",), {"env": "prod"}, "for_each.env: should be a list or a mapping, not 'prod'"),
        (Envelope, ("for_each",), {"env": []}, "for_each.env: should not be empty"),
        (Envelope, ("for_each",), {"env": {"a": 5}}, "for_each.env.a: should be a mapping, not 5"),
        (Envelope, ("for_each",), {"env": [[]]}, "for_each.env[0]: should be text, a number or true or false, not a l"),
        (Config, ("orgs", "o"), {"name": "x"}, "orgs.o.name: the key in front is the org's name; leave this out"),
        (Config, ("orgs", "sandbox"), {}, "orgs.sandbox: the word means something else to ddops; take another name"),
        (
            Config,
            ("source_url",),
            "https://x/",
            "source_url: 'https://x/' is no URL that starts with https:// and ends ",
        ),
    ],
)
def test_the_words_for_what_is_wrong(model, path, value, message):
    said = [message for _, message in explained(model, with_value(VALID[model], path, value))]
    assert len(said) == 1
    assert said[0].startswith(message)
