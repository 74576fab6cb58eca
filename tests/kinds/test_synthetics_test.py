import copy

import datadog_api_client.v1.models as client
import pytest

from ddops.kinds.contract import Body
from ddops.kinds.synthetics_test import KIND, assertion, model, options, request, steps
from ddops.kinds.synthetics_test.normal import READ_ONLY
from ddops.plan.compare import differences
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

STATUS: Body = {"type": "statusCode", "operator": "is", "target": 200}
HTTP: Body = {
    "name": "Shop answers",
    "type": "api",
    "subtype": "http",
    "locations": ["aws:eu-central-1"],
    "config": {"request": {"method": "GET", "url": "https://shop.example.com"}, "assertions": [STATUS]},
    "options": {"tick_every": 60},
}
STEP: Body = {
    "name": "log in",
    "subtype": "http",
    "request": {"method": "GET", "url": "https://a"},
    "assertions": [STATUS],
}
MULTI: Body = {**HTTP, "subtype": "multi", "config": {"steps": [STEP]}}
CLICK: Body = {"name": "buy", "type": "click", "params": {"element": {"userLocator": {"values": [{"type": "css"}]}}}}
BROWSER: Body = {
    "name": "Somebody buys",
    "type": "browser",
    "locations": ["pl:office-1"],
    "config": {"request": {"method": "GET", "url": "https://shop.example.com"}, "assertions": []},
    "options": {"tick_every": 900, "device_ids": ["laptop_large"]},
    "steps": [CLICK],
}
APPLICATION: Body = {"applicationId": "a", "referenceId": "b", "referenceType": "latest"}
MOBILE: Body = {
    "name": "Somebody taps",
    "type": "mobile",
    "config": {"variables": []},
    "options": {"tick_every": 300, "device_ids": ["iphone"], "mobileApplication": APPLICATION},
}


def config(body, **fields):
    return {**body, "config": {**body["config"], **fields}}


def asserting(*assertions):
    return config(HTTP, assertions=[*assertions])


@pytest.mark.parametrize(
    ("ours", "name", "below"),
    [
        (model.SyntheticsTest, "SyntheticsAPITest", ""),
        (model.SyntheticsTest, "SyntheticsBrowserTest", ""),
        (model.SyntheticsTest, "SyntheticsMobileTest", ""),
        (model.Config, "SyntheticsAPITestConfig", "-"),
        (model.Config, "SyntheticsBrowserTestConfig", "-"),
        (model.Config, "SyntheticsMobileTestConfig", "-"),
        (model.Variable, "SyntheticsConfigVariable", "-"),
        (model.Variable, "SyntheticsBrowserVariable", "-"),
        (request.Request, "SyntheticsTestRequest", "-"),
        (request.Certificates, "SyntheticsTestRequestCertificate", "-"),
        (request.Certificate, "SyntheticsTestRequestCertificateItem", "-"),
        (request.Proxy, "SyntheticsTestRequestProxy", "-"),
        (request.BodyFile, "SyntheticsTestRequestBodyFile", "-"),
        (request.WebAuth, "SyntheticsBasicAuthWeb", "-"),
        (request.Sigv4Auth, "SyntheticsBasicAuthSigv4", "-"),
        (request.NtlmAuth, "SyntheticsBasicAuthNTLM", "-"),
        (request.DigestAuth, "SyntheticsBasicAuthDigest", "-"),
        (request.OauthClientAuth, "SyntheticsBasicAuthOauthClient", "-"),
        (request.OauthRopAuth, "SyntheticsBasicAuthOauthROP", "-"),
        (request.JwtAuth, "SyntheticsBasicAuthJWT", "-"),
        (request.JwtClaims, "SyntheticsBasicAuthJWTAddClaims", "-"),
        (assertion.TargetAssertion, "SyntheticsAssertionTarget", "-"),
        (assertion.JsonPathAssertion, "SyntheticsAssertionJSONPathTarget", "-"),
        (assertion.JsonPathTarget, "SyntheticsAssertionJSONPathTargetTarget", "-"),
        (assertion.JsonSchemaAssertion, "SyntheticsAssertionJSONSchemaTarget", "-"),
        (assertion.JsonSchemaTarget, "SyntheticsAssertionJSONSchemaTargetTarget", "-"),
        (assertion.XPathAssertion, "SyntheticsAssertionXPathTarget", "-"),
        (assertion.XPathTarget, "SyntheticsAssertionXPathTargetTarget", "-"),
        (assertion.BodyHashAssertion, "SyntheticsAssertionBodyHashTarget", "-"),
        (assertion.JavascriptAssertion, "SyntheticsAssertionJavascript", "-"),
        (assertion.McpCapabilitiesAssertion, "SyntheticsAssertionMCPServerCapabilitiesTarget", "-"),
        (assertion.McpSpecificationAssertion, "SyntheticsAssertionMCPRespectsSpecification", "-"),
        (steps.RequestStep, "SyntheticsAPITestStep", "-"),
        (steps.WaitStep, "SyntheticsAPIWaitStep", "-"),
        (steps.SubtestStep, "SyntheticsAPISubtestStep", "-"),
        (steps.Extraction, "SyntheticsParsingOptions", "-"),
        (steps.Parser, "SyntheticsVariableParser", "-"),
        (steps.Retry, "SyntheticsTestOptionsRetry", "-"),
        (steps.ScreenStep, "SyntheticsStep", "steps[]."),
        (steps.ScreenStep, "SyntheticsMobileStep", "steps[]."),
        (options.Options, "SyntheticsTestOptions", "-"),
        (options.Options, "SyntheticsMobileTestOptions", "-"),
        (options.MonitorOptions, "SyntheticsTestOptionsMonitorOptions", "-"),
        (options.Scheduling, "SyntheticsTestOptionsScheduling", "-"),
        (options.Timeframe, "SyntheticsTestOptionsSchedulingTimeframe", "-"),
        (options.Ci, "SyntheticsTestCiOptions", "-"),
        (options.Rum, "SyntheticsBrowserTestRumSettings", "-"),
        (options.MobileApplication, "SyntheticsMobileTestsMobileApplication", "-"),
        (options.Binding, "SyntheticsTestRestrictionPolicyBinding", "-"),
    ],
)
def test_every_field_of_the_client_is_known(ours, name, below):
    assert unknown_to(ours, getattr(client, name), READ_ONLY, below) == set()


@pytest.mark.parametrize(
    ("ours", "field", "enums", "but"),
    [
        # Network tests have an API of their own (v2).
        (model.SyntheticsTest, "type", ["SyntheticsTestDetailsType"], {"network"}),
        (model.SyntheticsTest, "subtype", ["SyntheticsTestDetailsSubType"], set()),
        (model.SyntheticsTest, "status", ["SyntheticsTestPauseStatus"], set()),
        (model.Variable, "type", ["SyntheticsConfigVariableType", "SyntheticsBrowserVariableType"], set()),
        (request.Request, "bodyType", ["SyntheticsTestRequestBodyType"], set()),
        (request.Request, "callType", ["SyntheticsTestCallType"], set()),
        (request.Request, "httpVersion", ["SyntheticsTestOptionsHTTPVersion"], set()),
        (request.Request, "mcpProtocolVersion", ["SyntheticsMCPProtocolVersion"], set()),
        (request.OauthRopAuth, "tokenApiAuthentication", ["SyntheticsBasicAuthOauthTokenApiAuthentication"], set()),
        (request.JwtAuth, "algorithm", ["SyntheticsBasicAuthJWTAlgorithm"], set()),
        (assertion.TargetAssertion, "type", ["SyntheticsAssertionType"], set()),
        (assertion.TargetAssertion, "operator", ["SyntheticsAssertionOperator"], set()),
        (assertion.TargetAssertion, "timingsScope", ["SyntheticsAssertionTimingsScope"], set()),
        (assertion.JsonPathAssertion, "operator", ["SyntheticsAssertionJSONPathOperator"], set()),
        (assertion.JsonSchemaAssertion, "operator", ["SyntheticsAssertionJSONSchemaOperator"], set()),
        (assertion.JsonSchemaTarget, "metaSchema", ["SyntheticsAssertionJSONSchemaMetaSchema"], set()),
        (assertion.XPathAssertion, "operator", ["SyntheticsAssertionXPathOperator"], set()),
        (assertion.BodyHashAssertion, "operator", ["SyntheticsAssertionBodyHashOperator"], set()),
        (assertion.McpCapabilitiesAssertion, "target", ["SyntheticsMCPServerCapability"], set()),
        (steps.RequestStep, "subtype", ["SyntheticsAPITestStepSubtype"], set()),
        (steps.WaitStep, "subtype", ["SyntheticsAPIWaitStepSubtype"], set()),
        (steps.SubtestStep, "subtype", ["SyntheticsAPISubtestStepSubtype"], set()),
        (steps.Extraction, "type", ["SyntheticsLocalVariableParsingOptionsType"], set()),
        (steps.Parser, "type", ["SyntheticsGlobalVariableParserType"], set()),
        (steps.ScreenStep, "type", ["SyntheticsStepType", "SyntheticsMobileStepType"], set()),
        (options.Options, "httpVersion", ["SyntheticsTestOptionsHTTPVersion"], set()),
        (options.Ci, "executionRule", ["SyntheticsTestExecutionRule"], set()),
        (
            options.MonitorOptions,
            "notification_preset_name",
            ["SyntheticsTestOptionsMonitorOptionsNotificationPresetName"],
            set(),
        ),
        (options.MobileApplication, "referenceType", ["SyntheticsMobileTestsMobileApplicationReferenceType"], set()),
        (options.Binding, "relation", ["SyntheticsTestRestrictionPolicyBindingRelation"], set()),
    ],
)
def test_every_value_of_the_client_is_allowed_and_no_other(ours, field, enums, but):
    known = set().union(*(values(getattr(client, name)) for name in enums))
    assert words(ours.model_fields[field].annotation) == known - but


@pytest.mark.parametrize(
    ("union", "name"),
    [
        (assertion.Assertion, "SyntheticsAssertion"),
        (request.BasicAuth, "SyntheticsBasicAuth"),
        (steps.ApiStep, "SyntheticsAPIStep"),
    ],
)
def test_there_is_a_model_for_each_form_of_the_client(union, name):
    assert len(union.__origin__.__args__) == len(getattr(client, name)._composed_schemas["oneOf"])


JSON_PATH: Body = {"type": "body", "operator": "validatesJSONPath", "target": {"jsonPath": "$.a", "operator": "is"}}


@pytest.mark.parametrize(
    "body",
    [
        HTTP,
        MULTI,
        BROWSER,
        MOBILE,
        {**HTTP, "id": "a", "public_id": "abc-def-ghi", "monitor_id": 1, "created_at": "2024", "creator": {}},
        config(MULTI, steps=[STEP, {"name": "wait", "subtype": "wait", "value": 10}]),
        config(
            MULTI, steps=[{"name": "s", "subtype": "playSubTest", "subtestPublicId": "${synthetics_test:rms/login}"}]
        ),
        asserting(
            STATUS,
            JSON_PATH,
            {"type": "javascript", "code": "x"},
            {"type": "bodyHash", "operator": "md5", "target": "a"},
        ),
        config(HTTP, request={"url": "a", "basicAuth": {"username": "u", "password": "p"}, "port": "{{ PORT }}"}),
        {**BROWSER, "steps": [{**CLICK, "public_id": "abc-def-ghi"}]},
    ],
)
def test_what_is_right_passes(body):
    assert faults(KIND, body) == {}


COMPARISON = ("config", "assertions", 0, "(comparison)")


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        ({**HTTP, "type": "network"}, ("type",), "'browser' or 'mobile'"),
        ({**BROWSER, "subtype": "http"}, ("subtype",), "goes with `type: api`"),
        ({**HTTP, "locations": []}, ("locations",), "from somewhere"),
        (asserting(), ("config", "assertions"), "at least one assertion"),
        (config(HTTP, request=None), ("config", "request"), "has a request"),
        (config(HTTP, steps=[STEP]), ("config", "steps"), "go with `subtype: multi`, not `http`"),
        (config(MULTI, steps=[]), ("config", "steps"), "has steps"),
        ({**HTTP, "steps": [CLICK]}, ("steps",), "in `config.steps`"),
        (config(BROWSER, request=None), ("config", "request", "url"), "begins at a `url`"),
        ({**HTTP, "options": {}}, ("options", "tick_every"), "required"),
        ({**HTTP, "options": {"tick_every": 10}}, ("options", "tick_every"), "greater than or equal to 30"),
        (
            {**MOBILE, "options": {**MOBILE["options"], "tick_every": 60}},
            ("options", "tick_every"),
            "every 300 seconds",
        ),
        ({**MOBILE, "options": {"tick_every": 300}}, ("options", "mobileApplication"), "names its application"),
        ({**HTTP, "options": {"tick_every": 60, "monitor_priority": 6}}, ("options", "monitor_priority"), "equal to 5"),
        ({**HTTP, "options": {"tick_every": 60, "tick": 1}}, ("options", "tick"), "not permitted"),
        (asserting({**STATUS, "operator": "equals"}), (*COMPARISON, "operator"), "'is'"),
        (asserting({**STATUS, "targt": 1}), (*COMPARISON, "targt"), "not permitted"),
        (
            asserting({**JSON_PATH, "target": {"jsonpath": "$.a"}}),
            ("config", "assertions", 0, "(validatesJSONPath)", "target", "jsonpath"),
            "not permitted",
        ),
        (
            config(MULTI, steps=[{"name": "w", "subtype": "wait", "value": 181}]),
            ("config", "steps", 0, "(wait)", "value"),
            "less than or equal to 180",
        ),
        (
            config(HTTP, request={"basicAuth": {"type": "digest", "username": "a"}}),
            ("config", "request", "basicAuth", "(digest)", "password"),
            "required",
        ),
        ({**BROWSER, "steps": [{**CLICK, "type": "clik"}]}, ("steps", 0, "type"), "'click'"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(body, place, says):
    found = faults(KIND, body)
    assert place in found
    assert says in found[place]


def test_a_payload_has_what_every_test_has_and_the_products_tags():
    export = {**BROWSER, "public_id": "a", "monitor_id": 1, "stepCount": {}, "steps": [{**CLICK, "public_id": "b"}]}
    before = copy.deepcopy(export)
    tags = ["team:rms", "service:RMS-api", "env:none"]
    assert KIND.payload(spec(KIND, export), SETTING) == {**BROWSER, "message": "", "tags": tags}
    assert KIND.payload(spec(KIND, MOBILE), SETTING)["steps"] == []
    assert "steps" not in KIND.payload(spec(KIND, HTTP), SETTING)
    assert export == before


def secret(**fields):
    return {"name": "KEY", "type": "text", "secure": True, **fields}


MONITOR_OPTIONS: Body = {
    "include_tags": True,
    "new_host_delay": 300,
    "notify_audit": False,
    "on_missing_data": "show_no_data",
}
TOKEN: Body = {"name": "TOKEN", "type": "global", "id": "ab"}
USING: Body = {"url": "https://a?{{ TOKEN }}"}
CERTIFICATE: Body = {"cert": {"filename": "a", "content": "b"}}
LEARNED: Body = {
    **CLICK,
    "params": {"element": {**CLICK["params"]["element"], "multiLocator": {"ab": "/html"}, "url": "a"}},
}
OTHER: Body = {"name": "other", "type": "click", "params": {"element": {"multiLocator": {"ab": "/a"}}}}


@pytest.mark.parametrize(
    ("payload", "live", "differ"),
    [
        (HTTP, {**HTTP, "status": "paused", "message": "", "tags": []}, []),
        ({**HTTP, "status": "live"}, {**HTTP, "status": "paused"}, ["status"]),
        ({**HTTP, "locations": ["a", "b"]}, {**HTTP, "locations": ["b", "a"]}, []),
        ({**HTTP, "locations": ["a"]}, {**HTTP, "locations": ["b"]}, ["locations"]),
        (MOBILE, {**MOBILE, "locations": ["aws:us-west-2"]}, []),
        (config(HTTP, configVariables=[secret(pattern="a")]), config(HTTP, configVariables=[secret()]), []),
        (config(HTTP, configVariables=[]), config(HTTP, configVariables=[secret()]), ["config.configVariables"]),
        (config(HTTP, request=USING), config(HTTP, request=USING, configVariables=[TOKEN]), []),
        (HTTP, config(HTTP, configVariables=[TOKEN]), ["config.configVariables"]),
        (
            config(HTTP, request={"certificate": CERTIFICATE}),
            config(HTTP, request={"certificate": {"cert": {"filename": "a"}}}),
            [],
        ),
        (config(MULTI, steps=[STEP]), config(MULTI, steps=[{**STEP, "id": "a"}]), []),
        ({**BROWSER, "steps": [CLICK]}, {**BROWSER, "steps": [LEARNED]}, []),
        ({**BROWSER, "steps": [LEARNED]}, {**BROWSER, "steps": [CLICK]}, ["steps[0].params.element.multiLocator"]),
        (
            {**BROWSER, "steps": [CLICK, {**OTHER, "params": {"element": {}}}]},
            {**BROWSER, "steps": [LEARNED, OTHER]},
            ["steps[1].params.element.multiLocator"],
        ),
    ],
)
def test_what_the_api_does_with_a_body_is_no_difference(payload, live, differ):
    found = [change.path for change in differences(KIND, payload, live)]
    assert found[: len(differ)] == differ
    assert bool(found) == bool(differ)


@pytest.mark.parametrize(
    ("sent", "live", "differ"),
    [
        ({"renotify_interval": 1}, {"renotify_interval": 1, **MONITOR_OPTIONS}, []),
        ({"renotify_interval": 1}, {"renotify_interval": 1, **MONITOR_OPTIONS, "notify_audit": True}, ["notify_audit"]),
        (None, {**MONITOR_OPTIONS, "locked": False, "notify_no_data": False}, []),
    ],
)
def test_monitor_options_that_a_create_adds_are_no_difference(sent, live, differ):
    found = differences(
        KIND,
        {**HTTP, "options": {"tick_every": 60, **({"monitor_options": sent} if sent else {})}},
        {**HTTP, "options": {"tick_every": 60, "monitor_options": live, "bits_ai_auto_investigate": False}},
    )
    assert [change.path for change in found] == [f"options.monitor_options.{name}" for name in differ]


def test_an_update_sends_back_what_datadog_keeps_of_a_tests_parts():
    second = {**STEP, "name": "log out"}
    live = config(MULTI, steps=[{**STEP, "id": "one"}, {**STEP, "id": "two"}, {**second, "id": "three"}])
    ours = config(MULTI, steps=[second, STEP, {**STEP, "name": "new"}])
    assert [step.get("id") for step in KIND.continued(ours, live)[0]["config"]["steps"]] == ["three", "one", None]
    assert KIND.continued({**BROWSER, "steps": [OTHER, CLICK]}, {**BROWSER, "steps": [LEARNED]})[0]["steps"] == [
        OTHER,
        LEARNED,
    ]
    moved = {**CLICK, "params": {"element": {"userLocator": {"values": []}}}}
    assert KIND.continued({**BROWSER, "steps": [moved]}, {**BROWSER, "steps": [LEARNED]})[0]["steps"] == [moved]


@pytest.mark.parametrize(
    ("ours", "sent"),
    [
        ({"name": "a"}, {"name": "a", "bucketKey": "there"}),
        ({"name": "a", "content": "new"}, {"name": "a", "content": "new"}),
        ({"name": "b"}, {"name": "b"}),
    ],
)
def test_a_file_without_content_stays_where_it_is(ours, sent):
    live = config(HTTP, request={"files": [{"name": "a", "bucketKey": "there"}]})
    assert KIND.continued(config(HTTP, request={"files": [ours]}), live)[0]["config"]["request"]["files"] == [sent]


def test_a_test_needs_the_tests_that_it_plays():
    played = {"name": "s", "subtype": "playSubTest", "subtestPublicId": "abc-def-ghi"}
    assert list(KIND.refers(config(MULTI, steps=[STEP, played]))) == [("synthetics_test", "abc-def-ghi")]
    step = {"type": "playSubTest", "params": {"subtestPublicId": "jkl-mno-pqr"}}
    assert list(KIND.refers({**BROWSER, "steps": [CLICK, step]})) == [("synthetics_test", "jkl-mno-pqr")]


def test_a_reader_skims_the_steps():
    assert [*KIND.outlines["steps"]([CLICK, {"type": "wait"}])] == ["click: buy", "wait: "]
