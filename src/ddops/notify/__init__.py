"""Simulates notifications: who hears what when a monitor changes its state. Pure: nothing is sent."""

from ddops.notify.expectations import failures, monitors_of, unknown_monitor
from ddops.notify.groups import Groups, groups
from ddops.notify.matrix import Matrix, Row, matrix
from ddops.notify.occasions import transition
from ddops.notify.simulate import MONITOR, Notification, Recipient, rules_of, simulate, with_priority

__all__ = [
    "MONITOR",
    "Groups",
    "Matrix",
    "Notification",
    "Recipient",
    "Row",
    "failures",
    "groups",
    "matrix",
    "monitors_of",
    "rules_of",
    "simulate",
    "transition",
    "unknown_monitor",
    "with_priority",
]
