"""Payloads and live objects to a plan: frozen data that says what would be done, in which order."""
