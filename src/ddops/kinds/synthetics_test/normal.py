"""What the API does with a synthetic test's body.

Names in brackets are recorded cases or sections of the reference's page on synthetics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddops.kinds.contract import Body, Json, Normal

READ_ONLY = frozenset(
    {
        # On every answer [3].
        *("id", "public_id", "monitor_id", "org_id", "created_at", "modified_at", "deleted_at"),
        *("created_by", "modified_by", "creator", "creation_source"),
        *("stepCount", "overall_state", "overall_state_modified"),
        # The whole test that a step plays [TestAccDatadogSyntheticsTestMultistepApi_AllSubtypes].
        "config.steps[].subtest",
        # New after each write [TestAccDatadogSyntheticsBrowser_UpdateSteps].
        *("steps[].public_id", "steps[].publicId"),
    }
)
"""Fields that the server alone writes."""

NEVER_READ = frozenset(
    {
        # Contents that the API takes and never gives back [3], and where it keeps those of files.
        *("config.request.certificate.cert.content", "config.request.certificate.key.content"),
        *("config.steps[].request.certificate.cert.content", "config.steps[].request.certificate.key.content"),
        *("config.request.files[].content", "config.request.files[].encoding", "config.request.files[].bucketKey"),
        *("config.steps[].request.files[].content", "config.steps[].request.files[].encoding"),
        "config.steps[].request.files[].bucketKey",
        *("steps[].params.files[].content", "steps[].params.files[].encoding", "steps[].params.files[].bucketKey"),
        # Mobile steps lose it [TestAccDatadogSyntheticsMobileTest_Basic].
        "steps[].hasNewStepElement",
        # Given by the server, kept where an update sends it [TestAccDatadogSyntheticsTestMultistepApi_AllSubtypes].
        "config.steps[].id",
    }
)
"""What is sent and cannot be compared."""

_VARIABLE_USE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def rewritten(body: Body) -> Body:
    """Secrets without their values, which no read has; and no global variable that a text of the test names, as the
    server adds those that are missing [test_create_an_api_ssl_test_returns_ok]."""
    config = body.get("config")
    if not isinstance(config, dict):
        return body
    named = set(_VARIABLE_USE.findall(_texts({**body, "config": {**config, "configVariables": None}})))
    changed = {
        name: [
            _public(variable)
            for variable in config[name]
            if not (variable.get("type") == "global" and variable.get("name") in named)
        ]
        for name in ("configVariables", "variables")
        if config.get(name)
    }
    return {**body, "config": {**config, **changed}} if changed else body


def _public(variable: Body) -> Body:
    if not variable.get("secure"):
        return variable
    return {name: value for name, value in variable.items() if name not in ("example", "pattern")}


def _texts(value: Json) -> str:
    """All texts of a JSON value, one after the other."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(filter(None, map(_texts, parts)))


def learned(payload: Body, live: Body) -> Iterator[str]:
    """Where a step finds its element by a locator of people's (`userLocator`), Datadog learns the rest of the element
    from the runs [TestAccDatadogSyntheticsBrowser_UpdateStepsWithRemoteML]."""
    for index, (ours, theirs) in enumerate(zip(payload.get("steps") or (), live.get("steps") or (), strict=False)):
        element, found = _element(ours), _element(theirs)
        if "userLocator" in element:
            yield from (f"steps[{index}].params.element.{name}" for name in found.keys() - element.keys())


def _element(step: Body) -> Body:
    element = (step.get("params") or {}).get("element")
    return element if isinstance(element, dict) else {}


NORMAL = Normal(
    read_only=READ_ONLY | NEVER_READ,
    absent={
        "message": ("", None),
        "tags": ([], None),
        # An empty list of steps is left out of the answer [test_edit_a_mobile_test].
        "steps": ([], None),
        "config.assertions": ([], None),
        "config.configVariables": ([], None),
        "config.variables": ([], None),
        "config.steps": ([], None),
        # A create adds these beside monitor options that are set, an update does not
        # [TestAccDatadogSyntheticsAPITest_UpdatedNewAssertionsOptions].
        "options.monitor_options": ({}, None),
        "options.monitor_options.include_tags": (True,),
        "options.monitor_options.new_host_delay": (300,),
        "options.monitor_options.notify_audit": (False,),
        "options.monitor_options.on_missing_data": ("show_no_data",),
        # The same, in 2022 [test_get_an_api_test_result_returns_result_with_failure_object].
        "options.monitor_options.locked": (False,),
        "options.monitor_options.notify_no_data": (False,),
        # Added since 2026 [test_create_an_api_test_with_mcp_steps].
        "options.bits_ai_auto_investigate": (False,),
    },
    # Reads may give them in another order [3].
    unordered=frozenset({"tags", "locations", "options.device_ids", "device_ids", "options.restricted_roles"}),
    # Filled in where they are absent: an API test is `http`, a mobile test runs where its phones are.
    if_set=frozenset({"status", "subtype", "locations"}),
    conditional=learned,
    rewritten=rewritten,
)
