"""What a test sends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ddops.kinds.synthetics_test.assertion import Number, Text
from ddops.product import Model

HttpVersion = Literal["http1", "http2", "any"]
MAX_FILE = 3 * 1024 * 1024


class Certificate(Model):
    """The API never gives `content` back [test_create_an_api_http_with_oauthrop_test]."""

    content: str | None = None
    filename: str | None = None
    updatedAt: str | None = None


class Certificates(Model):
    cert: Certificate | None = None
    key: Certificate | None = None


class Proxy(Model):
    url: Text
    headers: dict[str, str] | None = None


class BodyFile(Model):
    """The API keeps `content` at `bucketKey`, and gives that back in its place
    [TestAccDatadogSyntheticsApiTestFileUpload_Basic]."""

    name: Annotated[str, Field(max_length=1500)] | None = None
    originalFileName: Annotated[str, Field(max_length=1500)] | None = None
    size: Annotated[int, Field(ge=1, le=MAX_FILE)] | None = None
    type: Annotated[str, Field(max_length=1500)] | None = None
    content: Annotated[str, Field(max_length=MAX_FILE)] | None = None
    encoding: str | None = None
    bucketKey: str | None = None


class WebAuth(Model):
    type: Literal["web"] | None = None
    username: str | None = None
    password: str | None = None


class Sigv4Auth(Model):
    type: Literal["sigv4"]
    accessKey: str
    secretKey: str
    region: str | None = None
    serviceName: str | None = None
    sessionToken: str | None = None


class NtlmAuth(Model):
    type: Literal["ntlm"]
    username: str | None = None
    password: str | None = None
    domain: str | None = None
    workstation: str | None = None


class DigestAuth(Model):
    type: Literal["digest"]
    username: str
    password: str


class OauthClientAuth(Model):
    type: Literal["oauth-client"]
    accessTokenUrl: str
    tokenApiAuthentication: Literal["header", "body"]
    clientId: str
    clientSecret: str
    audience: str | None = None
    resource: str | None = None
    scope: str | None = None


class OauthRopAuth(Model):
    type: Literal["oauth-rop"]
    accessTokenUrl: str
    tokenApiAuthentication: Literal["header", "body"]
    username: str
    password: str
    clientId: str | None = None
    clientSecret: str | None = None
    audience: str | None = None
    resource: str | None = None
    scope: str | None = None


class JwtClaims(Model):
    exp: bool | None = None
    iat: bool | None = None


class JwtAuth(Model):
    type: Literal["jwt"]
    algorithm: Literal["HS256", "RS256", "ES256"]
    payload: str
    secret: str | None = None
    addClaims: JwtClaims | None = None
    expiresIn: Annotated[int, Field(ge=1)] | None = None
    header: str | None = None
    tokenPrefix: str | None = None


_AUTH = ("web", "sigv4", "ntlm", "digest", "oauth-client", "oauth-rop", "jwt")


def _way(value: Any) -> str:
    found = value.get("type") if isinstance(value, dict) else None
    return f"({found if found in _AUTH else 'web'})"


BasicAuth = Annotated[
    Annotated[WebAuth, Tag("(web)")]
    | Annotated[Sigv4Auth, Tag("(sigv4)")]
    | Annotated[NtlmAuth, Tag("(ntlm)")]
    | Annotated[DigestAuth, Tag("(digest)")]
    | Annotated[OauthClientAuth, Tag("(oauth-client)")]
    | Annotated[OauthRopAuth, Tag("(oauth-rop)")]
    | Annotated[JwtAuth, Tag("(jwt)")],
    Discriminator(_way),
]


class Request(Model):
    """One for all subtypes: which fields go with which is for the server to say."""

    url: str | None = None
    method: str | None = None
    headers: dict[str, str] | None = None
    query: dict[str, Any] | None = None
    body: str | None = None
    bodyType: (
        Literal[
            "text/plain",
            "application/json",
            "text/xml",
            "text/html",
            "application/x-www-form-urlencoded",
            "graphql",
            "application/octet-stream",
            "multipart/form-data",
        ]
        | None
    ) = None
    form: dict[str, str] | None = None
    files: list[BodyFile] | None = None
    basicAuth: BasicAuth | None = None
    certificate: Certificates | None = None
    certificateDomains: list[str] | None = None
    proxy: Proxy | None = None
    timeout: Number | None = None
    follow_redirects: bool | None = None
    allow_insecure: bool | None = None
    persistCookies: bool | None = None
    noSavingResponseBody: bool | None = None
    httpVersion: HttpVersion | None = None
    # ssl, tcp, udp, icmp, dns, grpc, websocket
    host: str | None = None
    port: int | str | None = None
    servername: str | None = None
    checkCertificateRevocation: bool | None = None
    disableAiaIntermediateFetching: bool | None = None
    ignore_certificate_validation: bool | None = None
    dnsServer: str | None = None
    dnsServerPort: int | str | None = None
    numberOfPackets: Annotated[int, Field(ge=0, le=10)] | None = None
    shouldTrackHops: bool | None = None
    message: str | None = None
    isMessageBase64Encoded: bool | None = None
    service: str | None = None
    metadata: dict[str, str] | None = None
    compressedJsonDescriptor: str | None = None
    compressedProtoFile: str | None = None
    # grpc, mcp
    callType: Literal["healthcheck", "init", "tool_call", "tool_list", "unary"] | None = None
    mcpProtocolVersion: Literal["2025-06-18"] | None = None
    toolName: str | None = None
    toolArgs: dict[str, Any] | None = None
