"""Whether the keys are good."""

from __future__ import annotations

from ddops.sandbox.exchange import Answer, Bucket, Request, Route, answer

VALIDATE = Bucket("validate", 1000, 10)


def validate_api_key(request: Request) -> Answer:
    """`GET /api/v1/validate`: any API key is valid here."""
    return answer({"valid": True})


def validate_both_keys(request: Request) -> Answer:
    """`GET /api/v2/validate_keys`: any pair of keys is valid here."""
    return answer({"status": "ok"})


ROUTES = (
    Route("GET", "/api/v1/validate", VALIDATE, validate_api_key, needs_application_key=False),
    Route("GET", "/api/v2/validate_keys", VALIDATE, validate_both_keys),
)
