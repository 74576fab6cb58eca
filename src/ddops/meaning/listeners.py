"""What people call those who are notified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ddops.meaning.contract import Listener
from ddops.product import Channel, Product

_NAMES: Mapping[str, str] = {
    "slack": "Slack #{}",
    "pagerduty": "PagerDuty {}",
    "email": "e-mail {}",
    "microsoft_teams": "Microsoft Teams {}",
    "opsgenie": "Opsgenie {}",
    "webhook": "webhook {}",
    "team": "team {}",
    "on_call": "On-Call {}",
    "user": "{}",
}
"""Of each way to notify that a channel has."""

_ELSE: Mapping[str, tuple[str, str]] = {
    "slack-": ("slack", "Slack #{}"),
    "pagerduty-": ("pagerduty", "PagerDuty {}"),
    "teams-": ("microsoft_teams", "Microsoft Teams {}"),
    "opsgenie-": ("opsgenie", "Opsgenie {}"),
    "webhook-": ("webhook", "webhook {}"),
    "team-": ("team", "team {}"),
    "oncall-": ("on_call", "On-Call {}"),
    "victorops-": ("other", "VictorOps {}"),
    "splunk-oncall-": ("other", "Splunk On-Call {}"),
    "workflow-": ("other", "workflow {}"),
    "servicenow-": ("other", "ServiceNow {}"),
    "jira-": ("other", "Jira {}"),
    "sns-": ("other", "SNS {}"),
    "eventbridge-": ("other", "EventBridge {}"),
    "hangouts-": ("other", "Google Chat {}"),
}
"""What a handle begins with that no channel has (reference: notifications, handle grammar)."""

_PAGES = ("@pagerduty", "@opsgenie", "@oncall", "@victorops", "@splunk-oncall")
"""Handles that wake people up; each of them also stands alone, for all that its integration knows."""


class Listeners:
    """Knows the channels of products; theirs are the names of handles that do not tell a workspace from a channel."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.channels: dict[str, Channel] = {
            channel.handle.lower(): channel for product in products for channel in product.channels.values()
        }

    def of(self, handle: str) -> Listener:
        """Who hears through a handle, with its `@`."""
        way, name = self._named(handle)
        return Listener(handle=handle, name=name, way=way, pages=handle.lower().startswith(_PAGES))

    def _named(self, handle: str) -> tuple[str, str]:
        channel = self.channels.get(handle.lower())
        if channel is not None:
            name = _NAMES[channel.way].format(getattr(channel, channel.way))
            return channel.way, f"{name} ({channel.workspace})" if channel.workspace else name
        target = handle.removeprefix("@")
        for start, (way, name) in _ELSE.items():
            if target.lower().startswith(start) and len(target) > len(start):
                return way, name.format(target[len(start) :])
        return ("email", f"e-mail {target}") if "@" in target else ("other", handle)
