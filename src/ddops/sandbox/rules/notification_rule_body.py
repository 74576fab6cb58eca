"""What a notification rule must look like. The server adds nothing to it but times."""

from __future__ import annotations

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit

WRITABLE = ("name", "filter", "recipients", "conditional_recipients", "bundle_config")
SHAPE: Shape = {
    "name": str,
    "filter": {"tags": [str], "scope": str},
    "recipients": [str],
    "conditional_recipients": {
        "conditions": [{"scope": str, "recipients": [str]}],
        "fallback_recipients": [str],
    },
    "bundle_config": {"duration": int},
}
MOST_RECIPIENTS, MOST_CONDITIONS, LONGEST_NAME, LONGEST_SCOPE, MOST_TAGS = 20, 10, 1000, 3000, 20


def checked(attributes: Json) -> Json:
    """The rule that a create or an update asks for; an update replaces all of it (recorded)."""
    if wrong := misfit(attributes, SHAPE):
        refuse(400, f"The value provided for parameter '{wrong}' is invalid")
    body = {name: attributes[name] for name in WRITABLE if attributes.get(name) is not None}
    if not 1 <= len(body.get("name", "")) <= LONGEST_NAME:
        refuse(400, "Invalid name: must have 1 to 1000 characters")
    _check_filter(body.get("filter") or {})
    if ("recipients" in body) == ("conditional_recipients" in body):
        refuse(400, "Invalid recipients: exactly one of recipients and conditional_recipients is required")
    conditional = body.get("conditional_recipients") or {}
    conditions = conditional.get("conditions") or []
    if "conditional_recipients" in body and not 1 <= len(conditions) <= MOST_CONDITIONS:
        refuse(400, "Invalid conditional_recipients: must have 1 to 10 conditions")
    for condition in conditions:
        if not 1 <= len(condition.get("scope") or "") <= LONGEST_SCOPE:
            refuse(400, "Invalid conditional_recipients: a condition's scope must have 1 to 3000 characters")
        _check_recipients(condition.get("recipients"))
    if "recipients" in body:
        _check_recipients(body["recipients"])
    if conditional.get("fallback_recipients") is not None:
        _check_recipients(conditional["fallback_recipients"])
    return body


def _check_filter(filter: Json) -> None:
    tags, scope = filter.get("tags"), filter.get("scope")
    if (tags is None) == (scope is None):
        refuse(400, "Invalid filter: exactly one of tags and scope is required")
    if not (1 <= len(tags) <= MOST_TAGS if tags is not None else 1 <= len(scope or "") <= LONGEST_SCOPE):
        refuse(400, "Invalid filter: must have 1 to 20 tags, or a scope of 1 to 3000 characters")


def _check_recipients(recipients: list[str] | None) -> None:
    if not recipients or len(recipients) > MOST_RECIPIENTS:
        refuse(400, "Invalid recipients: must have 1 to 20 recipients")
    if any(recipient.startswith("@") for recipient in recipients):
        refuse(400, "Invalid recipients: Recipient handle should not start with '@'")
