"""One HTTP call through the official Datadog client, without its models, retries and redirects."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import urllib3
from datadog_api_client.api_client import ApiClient
from datadog_api_client.configuration import Configuration
from datadog_api_client.exceptions import ApiException
from datadog_api_client.rest import RESTClientObject
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from ddops import __version__
from ddops.org.http.answer import Answer, reason
from ddops.org.http.call import Call

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
SHORTEST_SECRET = 8
"""Anything shorter is no key, and taking it out would make holes in ordinary words."""


class _Client(ApiClient):
    """The official client with a pool of as many connections as there are workers; its own pool holds 4."""

    def __init__(self, configuration: Configuration, connections: int) -> None:
        self._connections = connections
        super().__init__(configuration)

    def _build_rest_client(self) -> RESTClientObject:
        return RESTClientObject(self.configuration, maxsize=self._connections)  # type: ignore[no-untyped-call]


class Transport:
    """Calls the API at `base_url`. A call never raises for what the network or the server does: that is an `Answer`."""

    def __init__(self, base_url: str, *, api_key: str, app_key: str, connections: int) -> None:
        self.host = urlsplit(base_url).netloc
        self._secrets = [key for key in (api_key, app_key) if len(key) >= SHORTEST_SECRET]
        # A host that is given wins over DD_SITE. `Retry(False)` neither repeats nor follows redirects: a redirect would
        # carry the keys to another host.
        configuration = Configuration(  # type: ignore[no-untyped-call]
            host=base_url, retry_policy=urllib3.Retry(False, redirect=False)
        )
        # The keys are headers of ours rather than the configuration's, which fills an empty one from DD_API_KEY.
        self._client = _Client(configuration, connections)
        self._client.user_agent = f"ddops/{__version__}"
        self._client.set_default_header("Accept", "application/json")
        self._client.set_default_header("DD-API-KEY", api_key)
        self._client.set_default_header("DD-APPLICATION-KEY", app_key)

    def close(self) -> None:
        """Closes the idle connections."""
        self._client.close()

    def send(self, call: Call) -> Answer:
        """Makes one call, once."""
        try:
            response: Any = self._client.call_api(
                call.path,
                call.method,
                query_params=list(call.query),
                body=call.body,
                preload_content=False,
                request_timeout=(CONNECT_SECONDS, READ_SECONDS),
            )
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, headers, response.data)
        except ApiException as refusal:
            return self._refused(refusal)
        except (NewConnectionError, ConnectTimeoutError, ProxyError, SSLError) as error:
            return self._unreachable(_why(error), sent=False)
        except ReadTimeoutError:
            return self._unreachable(f"no answer in {READ_SECONDS:.0f} s", sent=True)
        except (HTTPError, OSError) as error:
            return self._unreachable(f"the connection was lost ({type(error).__name__})", sent=True)
        except UnicodeDecodeError:  # the official client reads a refusal as UTF-8
            return self._unreachable("the answer is no text, so this is hardly the Datadog API", sent=True)

    def redact(self, text: str) -> str:
        """The text without the keys, should a server echo them."""
        for secret in self._secrets:
            text = text.replace(secret, "[key]")
        return text

    def _refused(self, refusal: ApiException) -> Answer:
        if not refusal.status:  # how the official client passes on an error of TLS
            return self._unreachable(f"TLS: {' '.join(str(refusal.reason).split())}", sent=False)
        headers = {name.lower(): value for name, value in (refusal.headers or {}).items()}
        words = reason(refusal.status, refusal.body)
        if 300 <= refusal.status < 400:
            elsewhere = urlsplit(headers.get("location", "")).netloc or "another page"
            words = f"redirect to {elsewhere}, which is not followed"
        return Answer(refusal.status, headers, reason=self.redact(words))

    def _unreachable(self, why: str, *, sent: bool) -> Answer:
        words = f"{self.host} could not be reached: {why}" if not sent else f"{self.host}: {why}"
        return Answer(0, reason=self.redact(words), sent=sent)


def _why(error: HTTPError) -> str:
    if isinstance(error, NameResolutionError):
        return "there is no host of that name"
    if isinstance(error, ConnectTimeoutError) and not isinstance(error, NewConnectionError):
        return f"no connection in {CONNECT_SECONDS:.0f} s"
    # `<urllib3.connection.HTTPConnection object at 0x…>: Failed to establish a new connection: [Errno 111] …`
    return str(error).rsplit(": ", 1)[-1]
