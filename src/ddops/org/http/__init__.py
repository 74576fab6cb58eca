"""An org over HTTP: the only network client of ddops. Only `cli` imports it, and only where a command needs an org,
as the official client behind it takes a tenth of a second to import."""

from ddops.org.http.client import HttpOrg

__all__ = ["HttpOrg"]
