"""The steps of multistep API tests, browser tests and mobile tests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ddops.kinds.synthetics_test.assertion import Assertion, Number, Text
from ddops.kinds.synthetics_test.request import Request
from ddops.product import Model


class Retry(Model):
    """`interval` is in milliseconds."""

    count: int | None = None
    interval: Number | None = None


class Parser(Model):
    type: Literal["json_path", "raw", "regex", "x_path"]
    value: str | None = None


class Extraction(Model):
    """A variable that a step takes out of its answer."""

    name: str | None = None
    type: Literal["grpc_message", "grpc_metadata", "http_body", "http_header", "http_status_code"] | None = None
    field: str | None = None
    parser: Parser | None = None
    secure: bool | None = None


class RequestStep(Model):
    name: str
    subtype: Literal["dns", "grpc", "http", "icmp", "mcp", "ssl", "tcp", "udp", "websocket"]
    request: Request
    assertions: list[Assertion] | None = None
    extractedValues: list[Extraction] | None = None
    extractedValuesFromScript: str | None = None
    allowFailure: bool | None = None
    exitIfSucceed: bool | None = None
    isCritical: bool | None = None
    retry: Retry | None = None
    id: str | None = None


class WaitStep(Model):
    """`value` is in seconds."""

    name: str
    subtype: Literal["wait"]
    value: Annotated[int, Field(ge=0, le=180)]
    id: str | None = None


class SubtestStep(Model):
    """Plays another test: `subtestPublicId` is its id, or `${synthetics_test:KEY}`."""

    name: str
    subtype: Literal["playSubTest"]
    subtestPublicId: Text
    allowFailure: bool | None = None
    alwaysExecute: bool | None = None
    exitIfSucceed: bool | None = None
    extractedValuesFromScript: str | None = None
    isCritical: bool | None = None
    retry: Retry | None = None
    id: str | None = None


def _form(value: Any) -> str:
    found = value.get("subtype") if isinstance(value, dict) else None
    return f"({found})" if found in ("wait", "playSubTest") else "(request)"


ApiStep = Annotated[
    Annotated[RequestStep, Tag("(request)")]
    | Annotated[WaitStep, Tag("(wait)")]
    | Annotated[SubtestStep, Tag("(playSubTest)")],
    Discriminator(_form),
]

BrowserAction = Literal[
    "assertCurrentUrl",
    "assertElementAttribute",
    "assertElementContent",
    "assertElementPresent",
    "assertEmail",
    "assertFileDownload",
    "assertFromJavascript",
    "assertPageContains",
    "assertPageLacks",
    "assertRequests",
    "click",
    "drag",
    "drop",
    "extractFromEmailBody",
    "extractFromJavascript",
    "extractVariable",
    "goToEmailLink",
    "goToUrl",
    "goToUrlAndMeasureTti",
    "hover",
    "playSubTest",
    "pressKey",
    "refresh",
    "runApiTest",
    "scroll",
    "selectOption",
    "typeText",
    "uploadFiles",
    "wait",
]
MobileAction = Literal[
    "assertElementContent",
    "assertScreenContains",
    "assertScreenLacks",
    "doubleTap",
    "extractVariable",
    "flick",
    "openDeeplink",
    "playSubTest",
    "pressBack",
    "restartApplication",
    "rotate",
    "scroll",
    "scrollToElement",
    "tap",
    "toggleWiFi",
    "typeText",
    "wait",
]


class ScreenStep(Model):
    """A step in a browser, or in a mobile app. Its `params` are as the recorder writes them, and pass as they are: the
    client leaves those of a browser free."""

    name: Annotated[str, Field(max_length=1500)] | None = None
    type: Literal[BrowserAction, MobileAction]
    params: dict[str, Any] | None = None
    timeout: int | None = None
    allowFailure: bool | None = None
    alwaysExecute: bool | None = None
    exitIfSucceed: bool | None = None
    isCritical: bool | None = None
    noScreenshot: bool | None = None
    hasNewStepElement: bool | None = None
