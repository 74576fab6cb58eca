"""Datadog's query languages."""
