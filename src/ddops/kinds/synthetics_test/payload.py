"""From a test's spec to the body that the API takes."""

from __future__ import annotations

from ddops.kinds.contract import Body, Setting, Spec, tags, without
from ddops.kinds.synthetics_test.normal import READ_ONLY


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec, with the product's tags. What every test has to have is there: a
    message, and the steps of a browser or mobile test."""
    body = {**without(spec.body, READ_ONLY)}
    body["message"] = body.get("message") or ""
    body["tags"] = tags(spec)
    if body["type"] != "api":
        body["steps"] = body.get("steps") or []
    return body
