"""Who hears about which states of a monitor: from a product's routes to handles in messages or notification rules."""

from ddops.routing.match import Subject, matches, route_names, taken, unknown_channels
from ddops.routing.messages import STATES, Heard, heard, notification
from ddops.routing.rules import LONGEST_NAME, MOST_RECIPIENTS, faults, keys, rules, tags

__all__ = [
    "LONGEST_NAME",
    "MOST_RECIPIENTS",
    "STATES",
    "Heard",
    "Subject",
    "faults",
    "heard",
    "keys",
    "matches",
    "notification",
    "route_names",
    "rules",
    "tags",
    "taken",
    "unknown_channels",
]
