"""The body of a synthetic test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import model_validator

from ddops.kinds.contract import refuse, without
from ddops.kinds.synthetics_test.assertion import Assertion, Text
from ddops.kinds.synthetics_test.normal import READ_ONLY
from ddops.kinds.synthetics_test.options import Options
from ddops.kinds.synthetics_test.request import Request
from ddops.kinds.synthetics_test.steps import ApiStep, ScreenStep
from ddops.location import NodePath
from ddops.product import Model

MOBILE_TICK = 300
DEFAULT_SUBTYPE = "http"


class Variable(Model):
    """`{{ NAME }}` in the test. A `global` one has the `id` of the org's; of a `secure` one the API never gives
    `example` and `pattern` back."""

    name: Text
    type: Literal["email", "global", "text", "element"]
    id: str | None = None
    example: str | None = None
    pattern: str | None = None
    secure: bool | None = None


class Config(Model):
    request: Request | None = None
    assertions: list[Assertion] | None = None
    configVariables: list[Variable] | None = None
    # Multistep API tests
    steps: list[ApiStep] | None = None
    variablesFromScript: str | None = None
    # Browser and mobile tests
    setCookie: str | None = None
    variables: list[Variable] | None = None
    initialApplicationArguments: dict[str, str] | None = None


class SyntheticsTest(Model):
    """Locations are Datadog's (`aws:eu-central-1`) or private ones (`pl:…`)."""

    name: Text
    type: Literal["api", "browser", "mobile"]
    subtype: Literal["http", "ssl", "tcp", "dns", "multi", "icmp", "udp", "websocket", "grpc"] | None = None
    status: Literal["live", "paused"] | None = None
    message: str | None = None
    tags: list[Text] | None = None
    locations: list[Text] | None = None
    config: Config
    options: Options
    steps: list[ScreenStep] | None = None
    device_ids: list[Text] | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the API or the UI exports can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse("synthetics_test", self._faults())
        return self

    def _faults(self) -> Iterator[tuple[NodePath, str]]:
        if self.type == "api":
            yield from self._api_faults()
        elif self.subtype is not None:
            yield ("subtype",), f"goes with `type: api`, not `{self.type}`"
        if self.type == "browser" and (self.config.request is None or not self.config.request.url):
            yield ("config", "request", "url"), "a browser test begins at a `url`"
        if self.type == "mobile":
            yield from self._mobile_faults()
        elif not self.locations:
            yield ("locations",), "a test runs from somewhere: `aws:eu-central-1`, or a private location's id"

    def _api_faults(self) -> Iterator[tuple[NodePath, str]]:
        """The server's words: `Minimum number of elements in parameter 'assertions' should be 1`
        (test_create_an_api_http_test_with_jsonpath_assertion_succeeds)."""
        if self.steps:
            yield ("steps",), "the steps of an API test stand in `config.steps`"
        if self.subtype == "multi":
            if not self.config.steps:
                yield ("config", "steps"), "a multistep test has steps"
            return
        if self.config.steps:
            yield ("config", "steps"), f"go with `subtype: multi`, not `{self.subtype or DEFAULT_SUBTYPE}`"
        if self.config.request is None:
            yield ("config", "request"), "an API test has a request"
        if not self.config.assertions:
            yield ("config", "assertions"), "an API test has at least one assertion"

    def _mobile_faults(self) -> Iterator[tuple[NodePath, str]]:
        """The ranges of the client's SyntheticsMobileTestOptions."""
        if self.options.tick_every < MOBILE_TICK:
            yield ("options", "tick_every"), f"a mobile test runs every {MOBILE_TICK} seconds at most"
        if self.options.mobileApplication is None:
            yield ("options", "mobileApplication"), "a mobile test names its application"
