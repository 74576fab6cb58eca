"""Two orgs over real HTTP for the tests of this folder."""

from tests.online import orgs, pool, server

__all__ = ["orgs", "pool", "server"]
