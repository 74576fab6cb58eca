"""From an answer that is no success to the error that the user reads: the server's own words, and what to do."""

from __future__ import annotations

from ddops.catalog.config import OrgConfig
from ddops.errors import ApiError, NothingSent
from ddops.org.http.answer import Answer
from ddops.org.http.call import Call

REFERENCED = "is referenced in"
"""How a delete is refused because of another object, with a status of 400, 401 or 409 that varies by age (reference:
API behaviour, deleting and references)."""


def refusal(call: Call, answer: Answer, config: OrgConfig, hint: str = "") -> ApiError:
    """The error for an answer; NothingSent where the server never worked on the call. `hint` replaces our advice."""
    words = "; ".join(filter(None, (answer.reason, hint or _advice(call, answer, config))))
    error = NothingSent if answer.status == 429 or not answer.sent else ApiError
    return error(words, status=answer.status, method=call.method, path=call.path)


def _advice(call: Call, answer: Answer, config: OrgConfig) -> str:
    if REFERENCED in answer.reason or (call.method == "DELETE" and answer.status == 409):
        return "delete or change what refers to it first"
    if answer.status in (401, 403):
        # A key works on its own site alone (reference: API behaviour, sites and hosts).
        return (
            f"check that {config.api_key_env} and {config.app_key_env} hold keys of org {config.name} "
            f"on {config.site}, and that the application key has the scope and its owner the permission for this call"
        )
    if answer.status == 429:
        return "the limit is counted for the whole org: try again later, or have Datadog's support raise it"
    if answer.status == 0 or 300 <= answer.status < 400:
        return f"check the network, the site of org {config.name} ({config.site}), and DDOPS_API_URL where it is set"
    return ""
