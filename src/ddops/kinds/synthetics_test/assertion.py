"""What a test asserts of an answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ddops.product import Model

Text = Annotated[str, Field(min_length=1)]
Number = int | float
Value = str | Number
Operator = Literal[
    "contains",
    "doesNotContain",
    "doesNotExist",
    "doesNotMatch",
    "is",
    "isInLessThan",
    "isInMoreThan",
    "isNot",
    "isUndefined",
    "lessThan",
    "lessThanOrEqual",
    "matches",
    "moreThan",
    "moreThanOrEqual",
    "validates",
]
Type = Literal[
    "body",
    "certificate",
    "connection",
    "grpcHealthcheckStatus",
    "grpcMetadata",
    "grpcProto",
    "header",
    "jitter",
    "latency",
    "mcpToolCount",
    "mcpToolNameLength",
    "minTlsVersion",
    "multiNetworkHop",
    "networkHop",
    "packetLossPercentage",
    "packetsReceived",
    "property",
    "receivedMessage",
    "recordEvery",
    "recordSome",
    "responseTime",
    "statusCode",
    "tlsVersion",
]


class TargetAssertion(Model):
    """A property compared with a value."""

    type: Type
    operator: Operator
    target: Value | None = None
    property: str | None = None
    timingsScope: Literal["all", "withoutDNS"] | None = None


class JsonPathTarget(Model):
    jsonPath: Text | None = None
    operator: str | None = None
    targetValue: Value | None = None
    elementsOperator: str | None = None


class JsonPathAssertion(Model):
    """What stands at a JSONPath of the body."""

    type: Type
    operator: Literal["validatesJSONPath"]
    property: str | None = None
    target: JsonPathTarget | None = None


class JsonSchemaTarget(Model):
    jsonSchema: Text | None = None
    metaSchema: Literal["draft-06", "draft-07"] | None = None


class JsonSchemaAssertion(Model):
    """The JSON schema that the body has."""

    type: Type
    operator: Literal["validatesJSONSchema"]
    property: str | None = None
    target: JsonSchemaTarget | None = None


class XPathTarget(Model):
    xPath: Text | None = None
    operator: str | None = None
    targetValue: Value | None = None


class XPathAssertion(Model):
    """What stands at an XPath of the body."""

    type: Type
    operator: Literal["validatesXPath"]
    property: str | None = None
    target: XPathTarget | None = None


class BodyHashAssertion(Model):
    type: Literal["bodyHash"]
    operator: Literal["md5", "sha1", "sha256"]
    target: Value


class JavascriptAssertion(Model):
    type: Literal["javascript"]
    code: Text


class McpCapabilitiesAssertion(Model):
    type: Literal["mcpServerCapabilities"]
    operator: Operator
    target: list[Literal["completions", "experimental", "logging", "prompts", "resources", "tools"]]


class McpSpecificationAssertion(Model):
    type: Literal["mcpRespectsSpecification"]


_BY_TYPE = {
    name.lower(): name for name in ("bodyHash", "javascript", "mcpServerCapabilities", "mcpRespectsSpecification")
}
_BY_OPERATOR = {name.lower(): name for name in ("validatesJSONPath", "validatesJSONSchema", "validatesXPath")}


def _form(value: Any) -> str:
    """Which form an assertion has, however its type or operator is capitalised; where neither says, it compares with a
    target."""
    fields = value if isinstance(value, dict) else {}
    found = _BY_TYPE.get(str(fields.get("type")).lower()) or _BY_OPERATOR.get(str(fields.get("operator")).lower())
    return f"({found or 'comparison'})"


# The tags stand in pydantic's errors as steps of a path: brackets make sure that they are no field's name.
Assertion = Annotated[
    Annotated[TargetAssertion, Tag("(comparison)")]
    | Annotated[JsonPathAssertion, Tag("(validatesJSONPath)")]
    | Annotated[JsonSchemaAssertion, Tag("(validatesJSONSchema)")]
    | Annotated[XPathAssertion, Tag("(validatesXPath)")]
    | Annotated[BodyHashAssertion, Tag("(bodyHash)")]
    | Annotated[JavascriptAssertion, Tag("(javascript)")]
    | Annotated[McpCapabilitiesAssertion, Tag("(mcpServerCapabilities)")]
    | Annotated[McpSpecificationAssertion, Tag("(mcpRespectsSpecification)")],
    Discriminator(_form),
]
