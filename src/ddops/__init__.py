"""Datadog monitors, dashboards and notification routing as code."""

__version__ = "0.1.0"
