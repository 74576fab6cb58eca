"""The models of all definitions. Importing this imports hundreds of models: widget.py does so when it must."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel

from ddops.kinds.dashboard.generated import GroupWidgetDefinition, WidgetDefinition
from ddops.kinds.dashboard.widget import GroupedWidget


class GroupDefinition(GroupWidgetDefinition):
    widgets: list[GroupedWidget]


_GENERATED: tuple[type[BaseModel], ...] = get_args(WidgetDefinition)[1].models

DEFINITIONS = tuple(GroupDefinition if model is GroupWidgetDefinition else model for model in _GENERATED)
"""The models of what a widget can be, in the client's order."""
