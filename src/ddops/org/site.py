"""Where an org's API and web pages are."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ddops.catalog.config import OrgConfig
from ddops.catalog.nearest import unknown
from ddops.errors import UsageError


@dataclass(frozen=True, slots=True)
class Site:
    """The hosts of a Datadog site."""

    api: str
    web: str


def _site(name: str, web: str | None = None) -> tuple[str, Site]:
    return name, Site(f"api.{name}", web or name)


SITES: Mapping[str, Site] = dict(
    [
        _site("datadoghq.com", "app.datadoghq.com"),
        _site("us3.datadoghq.com"),
        _site("us5.datadoghq.com"),
        _site("datadoghq.eu", "app.datadoghq.eu"),
        _site("ap1.datadoghq.com"),
        _site("ap2.datadoghq.com"),
        _site("uk1.datadoghq.com"),
        _site("ddog-gov.com", "app.ddog-gov.com"),
        _site("us2.ddog-gov.com"),
    ]
)
"""Every site, by the name that `DD_SITE` has (reference: API behaviour, sites and hosts)."""

LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
"""One part of a host's name (RFC 1123)."""

# One pattern reads the whole address, and what it does not know is refused: where two readers of URLs disagree on
# what the host is, the keys go to the wrong one.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?(?P<path>(?:/[\w.~-]+)*)/?",
    re.IGNORECASE | re.ASCII,
)


def api_url(config: OrgConfig, override: str | None = None, allowed_hosts: frozenset[str] = frozenset()) -> str:
    """The address that an org's API calls start with, without a slash at its end.

    `override` (`DDOPS_API_URL`) stands for every org's. It gets the keys, so it must be on this machine (http or https
    on localhost, 127.0.0.0/8 or [::1]), or https to one of `allowed_hosts` (`DDOPS_ALLOWED_HOSTS`), which are `HOST`
    or `HOST:PORT`. Raises UsageError for any other, and for a site that does not exist.
    """
    if not override:
        return f"https://{_known(config).api}"
    address = _ADDRESS.fullmatch(override)
    if address is None:
        raise UsageError(
            "DDOPS_API_URL is no address that ddops takes: it reads http://127.0.0.1:PORT or https://HOST, "
            "without user, password, query or fragment"
        )
    scheme, host, port = address["scheme"].lower(), address["host"].lower(), address["port"]
    if port is not None and not 0 < int(port) < 65536:
        raise UsageError(f"DDOPS_API_URL has the port {port}; ports go from 1 to 65535")
    where = host if port is None else f"{host}:{port}"
    allowed = {name.strip().lower() for name in allowed_hosts}
    if not _is_loopback(host) and not (scheme == "https" and allowed & {host, where}):
        listed = ", ".join(sorted(allowed - {""})) or "which is empty"
        raise UsageError(
            f"DDOPS_API_URL names {scheme}://{where}, which would be given the keys; it must be http://127.0.0.1:PORT "
            f"(this machine), or https:// and a host that stands in DDOPS_ALLOWED_HOSTS ({listed})"
        )
    return f"{scheme}://{where}{address['path']}"


def web_url(config: OrgConfig) -> str:
    """The address of an org's web pages, without a slash at its end: `https://acme.us3.datadoghq.com` where the org
    has a sub-domain, else its site's own host. Raises UsageError for a site or sub-domain that cannot be."""
    site = _known(config)
    if config.subdomain is None:
        return f"https://{site.web}"
    if not LABEL.fullmatch(config.subdomain):
        raise UsageError(
            f"org {config.name}: {config.subdomain!r} is no sub-domain; it is one name of letters, digits and '-', "
            f"for example acme for https://acme.{config.site}"
        )
    return f"https://{config.subdomain.lower()}.{config.site}"


def _known(config: OrgConfig) -> Site:
    site = SITES.get(config.site)
    if site is None:
        raise UsageError(f"org {config.name}: {unknown('site', config.site, SITES)}")
    return site


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
