"""What an update of a dashboard goes on with: the ids of its widgets, and those widgets that nobody here knows.

The server gives new ids to the widgets of a PUT that have none, and keeps those that are sent [2]. So links to a
widget, tabs and snapshots outlive an update that sends them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ddops.kinds.contract import Body, Json
from ddops.kinds.dashboard.matching import Matching, Path, inside
from ddops.kinds.dashboard.widget import GRID, WIDGETS


def continued(payload: Body, live: Body) -> tuple[Body, Sequence[str]]:
    """The payload with the ids of the live widgets that it has, those in groups too, and with the live widgets of types
    that the models do not know; and the names of these. What somebody deleted from the spec is of a known type, or of
    one that only the UI can delete."""
    matching = Matching.of(payload, live)
    keeping = _Keeping(matching)
    body = keeping.level(payload, live, (), ())
    return body, keeping.names


class _Keeping:
    """Writes what was matched into the payload. `names` are the widgets that were kept, by their live places."""

    def __init__(self, matching: Matching) -> None:
        self.live = {one.path: other for one, other in matching.pairs}
        self.payload_paths = {other.path: one.path for one, other in matching.pairs}
        self.names: list[str] = []

    def level(self, payload: Body, live: Body, path: Path, live_path: Path) -> Body:
        """A dashboard or a group: its widgets with their ids, and those kept after the widget that they follow."""
        widgets = payload.get("widgets")
        if not isinstance(widgets, list):
            return payload
        numbered: list[Json] = [self._numbered(one, (*path, index)) for index, one in enumerate(widgets)]
        kept = self._kept(live, live_path, path)
        if not kept:
            return {**payload, "widgets": numbered}
        placed = [one for one in widgets if isinstance(one, dict) and "layout" in one]
        result: list[Json] = []
        positions: dict[int, int] = {}
        for index in range(-1, len(numbered)):
            if index >= 0:
                result.append(numbered[index])
                positions[index + 1] = len(result)
            result += [_fitting(one, placed, len(widgets)) for one in kept.get(index, ())]
        return _renumbered({**payload, "widgets": result}, positions)

    def _numbered(self, widget: Json, path: Path) -> Json:
        if not isinstance(widget, dict):
            return widget
        live = self.live.get(path)
        known = {"id": live.body["id"]} if live is not None and isinstance(live.body.get("id"), int) else {}
        definition = widget.get("definition")
        if isinstance(definition, dict) and isinstance(definition.get("widgets"), list):
            group, place = (live.definition, live.path) if live is not None else ({}, ())
            widget = {**widget, "definition": self.level(definition, group, path, place)}
        return {**known, **widget, **known}

    def _kept(self, live: Body, live_path: Path, path: Path) -> dict[int, list[Body]]:
        """The live widgets of unknown types that the payload has not, by the position that they come after."""
        kept: dict[int, list[Body]] = {}
        after = -1
        for widget in inside(live, live_path):
            if widget.path in self.payload_paths:
                mine = self.payload_paths[widget.path]
                after = mine[-1] if mine[:-1] == path else after
            elif isinstance(widget.kind, str) and widget.kind not in WIDGETS.words:
                kept.setdefault(after, []).append(widget.body)
                place = ".definition.".join(f"widgets[{index}]" for index in widget.path)
                self.names.append(f"{place} (a widget of type '{widget.kind}')")
        return kept


def _fitting(widget: Body, placed: Sequence[Body], widgets: int) -> Body:
    """The widget with a layout where all others have one, without it where none has."""
    if widgets and not placed:
        return {name: value for name, value in widget.items() if name != "layout"}
    if len(placed) < widgets or "layout" in widget:
        return widget
    bottom = max((one["layout"].get("y", 0) + one["layout"].get("height", 0) for one in placed), default=0)
    return {**widget, "layout": {"x": 0, "y": bottom, "width": GRID, "height": 4}}


def _renumbered(body: Body, positions: dict[int, int]) -> Body:
    """Tabs name widgets by their positions, which have moved."""
    if not body.get("tabs"):
        return body
    moved = {f"@{before}": f"@{after}" for before, after in positions.items()}
    tabs = [{**tab, "widget_ids": [moved.get(one, one) for one in tab.get("widget_ids") or ()]} for tab in body["tabs"]]
    return {**body, "tabs": tabs}
