"""The numbers of `safety.py`, apart from it so that a command's `--help` need not import what a plan is made of."""

from __future__ import annotations

MAX_CHANGE = 30
"""Percent of an org's managed objects that a plan may update or delete unless `--max-change` says otherwise."""
FEWEST = 10
"""Below so many managed objects a percentage means nothing."""
