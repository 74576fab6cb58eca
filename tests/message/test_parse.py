"""The template language: what is understood, and what is wrong and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.message import Situation, Transition, mentions, parse, render

ALERT = Situation(transition=Transition("ok", "alert"), priority=1, values={"value": "12", "env.name": "prod"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("{{value}} {{ value }} {{{value}}} {{{ value }}}", "12 12 12 12"),
        ("{{#is_alert}}a{{/is_alert}}{{#is_warning}}w{{/is_warning}}", "a"),
        ("{{ #is_alert }}a{{ /is_alert }}", "a"),
        ("{{# is_alert}}a{{/ is_alert}}", "a"),
        ("{{^is_alert}}not{{/is_alert}}{{^is_recovery}}not over{{/is_recovery}}", "not over"),
        ("{{#is_warning}}w{{else}}other{{/is_warning}}", "other"),
        ("{{^is_alert}}w{{else}}alert{{/is_alert}}", "alert"),
        ("{{#is_alert}}{{#is_priority 'P1'}}1{{/is_priority}}{{^is_priority \"P2\"}}not 2{{/is_priority}}{{/is_alert}}",
         "1not 2"),
        # Blocks are cut out with their line breaks left in place.
        ("a\n{{#is_recovery}}\nb\n{{/is_recovery}}\nc", "a\n\nc"),
        ("{{! a comment }}a{{!-- another, with }} in it --}}b", "ab"),
        ("{{{{raw}}}}{{value}} {{#is_alert}}{{{{/raw}}}}", "{{value}} {{#is_alert}}"),
        # What nobody knows yet is left as it is written.
        ("{{ host.name }} {{{log.message}}}", "{{ host.name }} {{{log.message}}}"),
        ("{{local_time 'last_triggered_at' 'Asia/Tokyo'}}", "{{local_time 'last_triggered_at' 'Asia/Tokyo'}}"),
        ("{{urlencode \"env.name\"}}{{override_priority 'P2'}}", "prod"),
        ("{{[kube.pod].name}} {{@http.status_code.name}} {{log.attributes.[error.message]}}",
         "{{[kube.pod].name}} {{@http.status_code.name}} {{log.attributes.[error.message]}}"),
    ],
)  # fmt: skip
def test_what_is_right_has_no_faults(text, expected):
    template = parse(text)
    assert template.faults == ()
    assert render(template, ALERT).text == expected


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a {{#is_alert}} b", ["1:3 `{{#is_alert}}` without its `{{/is_alert}}`"]),
        ("a\n{{/is_alert}}", ["2:1 `{{/is_alert}}` closes nothing; no block is open here"]),
        ("{{#is_alert}}\n{{/is_warning}}{{/is_alert}}",
         ["2:1 `{{/is_warning}}` closes nothing; the open block is `{{#is_alert}}`, and `{{/is_alert}}` ends it"]),
        ("{{#is_alert}}{{#is_warning}}{{/is_alert}}",
         ["1:14 `{{#is_warning}}` is not closed before `{{/is_alert}}` ends the block around it"]),
        ("{{#is_alret}}a{{/is_alret}}", ["1:1 condition is_alret"]),
        ("{{#is_alret}}a{{/is_alert}}", ["1:1 condition is_alret"]),
        ("{{#is_alert}}a{{/is_alret}}",
         ["1:15 `{{/is_alret}}` closes nothing; the open block is `{{#is_alert}}`, and `{{/is_alert}}` ends it"]),
        ("{{#is_alert 'x'}}{{/is_alert}}", ["1:1 `is_alert` takes no arguments"]),
        ("{{#is_match \"env\"}}{{/is_match}}",
         ['1:1 `is_match` takes a variable and one or more texts: `{{#is_match "env.name" "prod"}}`']),
        ("{{#is_match env 'prod'}}{{/is_match}}", ["1:1 `{{#is_match env 'prod'}}`: `env` stands in no quotes"]),
        ("{{#is_priority 'P9'}}{{/is_priority}}",
         ["1:1 `is_priority` takes one priority: `{{#is_priority 'P1'}}`, up to 'P5'"]),
        ("{{else}}", ["1:1 `{{else}}` stands in no block"]),
        ("{{#is_alert}}{{else}}{{else}}{{/is_alert}}", ["1:22 a second `{{else}}` in `{{#is_alert}}`"]),
        ("{{is_alert}}", ["1:1 `{{is_alert}}` opens no block; `{{#is_alert}}` does"]),
        ("{{is_match \"a\" \"b\"}}",
         ['1:1 `{{is_match "a" "b"}}` opens no block; `{{#is_match "a" "b"}}` does']),
        ("{{}} {{ }}",
         ["1:1 `{{}}` is neither a variable nor a block", "1:6 `{{ }}` is neither a variable nor a block"]),
        ("{{evl \"value\"}}", ["1:1 function evl"]),
        ("{{eval \"roud(value)\"}}", ["1:1 function roud"]),
        ("{{eval \"value +\"}}", ['1:1 `{{eval "value +"}}`: a value is missing at the end']),
        ("{{eval \"value\" \"x\"}}", ["1:1 `eval` takes 1 arguments in quotes, and here are 2"]),
        ("{{override_priority 'P7'}}", ["1:1 priority P7"]),
        ("open {{value", ["1:6 `{{` without its `}}`"]),
        ("{{value and {{value}}", ["1:1 `{{` without its `}}`"]),
        ("{{{{raw}}}} {{valu", ["1:1 `{{{{raw}}}}` without its `{{{{/raw}}}}`", "1:13 `{{` without its `}}`"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text, faults):
    found = [f"{one.at.line}:{one.at.column} {one.message}{f' {one.word}' if one.word else ''}"
             for one in parse(text).faults]  # fmt: skip
    assert found == faults


def test_a_misspelt_word_comes_with_those_it_could_be():
    (fault,) = parse("{{#is_alret}}a{{/is_alret}}").faults
    assert "is_alert" in fault.known


def test_positions_count_lines_and_columns_from_one():
    (fault,) = parse("á\n\n  {{#is_alert}}").faults
    assert (fault.at.offset, str(fault.at)) == (5, "line 3, column 3")


PARTS = st.sampled_from(
    ["{{", "}}", "{{{", "}}}", "#", "^", "/", "is_alert", "is_match", " ", '"', "'", "else", "raw", "{{{{raw}}}}",
     "!--", "--}}", "eval", "value", "(", "+", "@slack-a", "\n", "[", "]", ".", "{{#is_alert}}", "{{/is_alert}}", "é"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=40).map("".join) | st.text())
def test_no_text_raises(text):
    template = parse(text)
    for fault in template.faults:
        assert 0 <= fault.at.offset <= len(text)
    for transition in (Transition("ok", "alert"), Transition("alert", "alert"), Transition("no_data", "ok")):
        rendered = render(template, Situation(transition=transition))
        assert len(rendered.text) <= len(text)
    assert all(text[one.at.offset] == "@" for one in mentions(template))


@given(
    st.lists(st.sampled_from(["is_alert", "is_warning", "is_recovery", "is_no_data"]), max_size=6), st.text("ab @-\n")
)
def test_well_formed_blocks_have_no_faults_and_show_all_or_nothing(names, inner):
    text = "".join(f"{{{{#{name}}}}}" for name in names) + inner + "".join(f"{{{{/{name}}}}}" for name in names[::-1])
    template = parse(text)
    assert template.faults == ()
    shown = set(names) <= {"is_alert"}
    assert render(template, ALERT).text == (inner if shown else "")


@pytest.mark.parametrize("text", ["{{" * 100_000, "{{#is_alert}}" * 20_000, "{{!--" * 50_000, "{{{{raw}}}}" * 20_000])
def test_much_of_the_same_ends_soon(text):
    parse(text[:100_000])
