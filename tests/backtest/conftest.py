"""A scripted org, and the clock of its client, for the tests of this folder."""

from tests.org.conftest import connect, lines, naps, scripted

__all__ = ["connect", "lines", "naps", "scripted"]
