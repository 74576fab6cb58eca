"""Notification templates: parsed to a tree with places, and evaluated for a transition."""

from ddops.message.conditions import TRANSITIONS, MonitorState, Transition, true
from ddops.message.evaluate import Branch, Mention, Rendered, Situation, mentions, reachable, render
from ddops.message.handles import handles, longest
from ddops.message.parse import parse
from ddops.message.template import Fault, Position, Template
from ddops.message.variables import ALWAYS, fills, key, paths, unfilled

__all__ = [
    "ALWAYS",
    "TRANSITIONS",
    "Branch",
    "Fault",
    "Mention",
    "MonitorState",
    "Position",
    "Rendered",
    "Situation",
    "Template",
    "Transition",
    "fills",
    "handles",
    "key",
    "longest",
    "mentions",
    "parse",
    "paths",
    "reachable",
    "render",
    "true",
    "unfilled",
]
