import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from ddops.catalog.config import OrgConfig
from ddops.errors import UsageError
from ddops.org.site import SITES, api_url, web_url

ORG = OrgConfig(name="acme")


@pytest.mark.parametrize(
    ("site", "api", "web"),
    [
        ("datadoghq.com", "https://api.datadoghq.com", "https://app.datadoghq.com"),
        ("us3.datadoghq.com", "https://api.us3.datadoghq.com", "https://us3.datadoghq.com"),
        ("us5.datadoghq.com", "https://api.us5.datadoghq.com", "https://us5.datadoghq.com"),
        ("datadoghq.eu", "https://api.datadoghq.eu", "https://app.datadoghq.eu"),
        ("ap1.datadoghq.com", "https://api.ap1.datadoghq.com", "https://ap1.datadoghq.com"),
        ("ap2.datadoghq.com", "https://api.ap2.datadoghq.com", "https://ap2.datadoghq.com"),
        ("uk1.datadoghq.com", "https://api.uk1.datadoghq.com", "https://uk1.datadoghq.com"),
        ("ddog-gov.com", "https://api.ddog-gov.com", "https://app.ddog-gov.com"),
        ("us2.ddog-gov.com", "https://api.us2.ddog-gov.com", "https://us2.ddog-gov.com"),
    ],
)
def test_a_site_has_an_api_and_a_web_host(site, api, web):
    config = OrgConfig(name="acme", site=site)
    assert (api_url(config), web_url(config)) == (api, web)


@pytest.mark.parametrize(
    ("subdomain", "site", "web"),
    [
        ("vagov", "ddog-gov.com", "https://vagov.ddog-gov.com"),
        ("acme", "datadoghq.com", "https://acme.datadoghq.com"),
        ("acme-2", "us3.datadoghq.com", "https://acme-2.us3.datadoghq.com"),
    ],
)
def test_a_subdomain_stands_in_links_alone(subdomain, site, web):
    config = OrgConfig(name="acme", site=site, subdomain=subdomain)
    assert web_url(config) == web
    assert api_url(config) == f"https://api.{site}"


@pytest.mark.parametrize("subdomain", ["", "-acme", "acme-", "a.b", "evil.com/", "a@b", "a b", "é", "a\n", "x" * 64])
def test_a_subdomain_is_one_host_label(subdomain):
    with pytest.raises(UsageError, match="no sub-domain"):
        web_url(OrgConfig.model_construct(name="acme", subdomain=subdomain))


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ("datadog.com", "did you mean 'datadoghq.com'"),
        ("DDOG-GOV.com", "did you mean 'ddog-gov.com'"),
        ("datad0g.com", "unknown site 'datad0g.com'"),
        ("example", "known: ap1.datadoghq.com"),
    ],
)
@pytest.mark.parametrize("address", [api_url, web_url])
def test_an_unknown_site_is_told_the_nearest(address, site, words):
    with pytest.raises(UsageError, match=words):
        address(OrgConfig(name="acme", site=site))


@pytest.mark.parametrize(
    ("override", "allowed", "url"),
    [
        ("http://127.0.0.1:8080", "", "http://127.0.0.1:8080"),
        ("http://127.9.9.9", "", "http://127.9.9.9"),
        ("https://LOCALHOST:8443/", "", "https://localhost:8443"),
        ("http://[::1]:80/some/path/", "", "http://[::1]:80/some/path"),
        ("https://gateway.example", "gateway.example", "https://gateway.example"),
        ("https://Gateway.example:8443", "other, GATEWAY.example", "https://gateway.example:8443"),
        ("https://gateway.example:8443", "gateway.example:8443", "https://gateway.example:8443"),
        ("", "", "https://api.datadoghq.com"),
        (None, "", "https://api.datadoghq.com"),
    ],
)
def test_an_override_stands_for_the_site(override, allowed, url):
    assert api_url(ORG, override, frozenset(allowed.split(","))) == url


@pytest.mark.parametrize(
    ("override", "allowed"),
    [
        ("https://gateway.example", ""),
        ("http://gateway.example", "gateway.example"),
        ("https://gateway.example:444", "gateway.example:443"),
        ("https://gateway.example.evil.com", "gateway.example"),
        ("https://evilgateway.example", "gateway.example"),
        ("http://127.0.0.1.evil.com", ""),
        ("http://localhost.evil.com", ""),
        ("http://127.0.0.1@evil.com", ""),
        ("http://evil.com#@127.0.0.1", ""),
        ("http://evil.com\\@127.0.0.1", ""),
        ("http://127.0.0.1?x=1", ""),
        ("http://127.0.0.1/?x=1", ""),
        ("http://127.0.0.1/#x", ""),
        ("http://user:secret@127.0.0.1", ""),
        ("http://127.0.0.1\n", ""),
        ("http://127.0.0.1\t.evil.com", ""),
        ("http://127.0.0.1:0", ""),
        ("http://127.0.0.1:70000", ""),
        ("http://2130706433", ""),
        ("http://0x7f.0.0.1", ""),
        ("http://128.0.0.1", ""),
        ("http://0.0.0.0", ""),
        ("http://[::2]", ""),
        ("http://[::1%25eth0]", ""),
        ("http://[127.0.0.1]", ""),
        ("ftp://127.0.0.1", ""),
        ("127.0.0.1:8080", ""),
        ("http://", ""),
        ("https://", ""),
        (" ", ""),
    ],
)
def test_any_other_override_is_refused(override, allowed):
    with pytest.raises(UsageError, match="DDOPS_API_URL") as refused:
        api_url(ORG, override, frozenset(allowed.split(",")))
    assert "secret" not in str(refused.value)


def test_a_refused_override_says_which_hosts_are_allowed():
    with pytest.raises(UsageError, match=r"DDOPS_ALLOWED_HOSTS \(a\.example, b\.example\)"):
        api_url(ORG, "https://c.example", frozenset({"b.example", "a.example"}))


HOSTS = st.sampled_from(["evil.com", "127.0.0.1", "localhost", "[::1]", "gateway.example", "x"])
PIECES = st.sampled_from(["@", ":", "/", "?", "#", "\\", ".", "%", "80", " ", "a"])


@given(st.sampled_from(["http", "https"]), st.lists(st.one_of(HOSTS, PIECES), max_size=6).map("".join))
def test_the_keys_go_to_this_machine_or_an_allowed_host(scheme, rest):
    try:
        url = api_url(ORG, f"{scheme}://{rest}", frozenset({"gateway.example"}))
    except UsageError:
        return
    host = parse_url(url).host or ""
    ours = host in {"localhost", "[::1]"} or re.fullmatch(r"127\.\d+\.\d+\.\d+", host)
    assert ours or (host == "gateway.example" and scheme == "https")
    assert url.startswith(f"{scheme}://")


def test_every_site_is_https_without_a_path():
    for site in SITES:
        assert api_url(OrgConfig(name="a", site=site)).removeprefix("https://") == f"api.{site}"
