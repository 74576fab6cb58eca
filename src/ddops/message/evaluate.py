"""A message as it reads in a situation, and the handles that stand in it then."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from ddops.message import expression
from ddops.message.conditions import CONDITIONS, PRIORITY, Transition
from ddops.message.handles import handles
from ddops.message.template import Block, Call, Condition, Node, Position, Template, Text, Variable, position

Branch = tuple[str, ...]
"""The conditions around a place, outermost first: `#is_alert`, `^is_match "env.name" "prod"`; empty outside of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a notification is of. `values` are what the variables hold, by the path that is written between the braces;
    an empty text where nothing fills one, and none where nobody can know the value yet."""

    transition: Transition
    priority: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def value(self, path: str) -> str | None:
        """A match can name a tag without its `.name`."""
        return self.values.get(path, self.values.get(f"{path}.name"))


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A handle, and where it stands in the template."""

    at: Position
    handle: str
    branch: Branch


@dataclass(frozen=True, slots=True)
class Rendered:
    """`priority` is that of an `override_priority`. `open` are the variables that decided something (a block, a handle)
    and whose values are not known."""

    text: str
    mentions: tuple[Mention, ...]
    priority: int | None = None
    open: tuple[str, ...] = ()


def render(template: Template, situation: Situation, *, undecided: bool = False) -> Rendered:
    """The text for a situation. A variable of unknown value stays as it is written; a match on one counts as one on an
    empty text, or with `undecided` both sides of its block are shown."""
    return _Rendering(template, situation, undecided).whole()


def mentions(template: Template) -> tuple[Mention, ...]:
    """The handles in all branches of a template, variables in them as they are written."""
    return _Rendering(template, None, True).whole().mentions


def reachable(branch: Branch, transition: Transition) -> bool:
    """Whether a transition can lead into a branch, whatever priorities and matches say."""
    states = ((one[0] == "#", CONDITIONS[one[1:]]) for one in branch if one[1:] in CONDITIONS)
    return all(wanted is when.holds(transition) for wanted, when in states)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    at: int
    branch: Branch
    written: bool
    """Whether the text stands so in the template."""


class _Rendering:
    def __init__(self, template: Template, situation: Situation | None, undecided: bool) -> None:
        self.template = template
        self.situation = situation
        self.undecided = undecided
        self.priority: int | None = None
        self.open: dict[str, None] = {}
        self.behind_open = False
        """Whether a side of an undecided block has just ended."""

    def whole(self) -> Rendered:
        pieces = list(self.pieces(self.template.nodes, ()))
        text = "".join(piece.text for piece in pieces)
        starts, length = [], 0
        for piece in pieces:
            starts.append(length)
            length += len(piece.text)
        found = []
        for start, handle in handles(text):
            index = bisect.bisect_right(starts, start) - 1
            piece = pieces[index]
            at = piece.at + (start - starts[index] if piece.written else 0)
            found.append(Mention(position(self.template.source, at), handle, piece.branch))
            if "{{" in handle:
                self.open[handle[handle.index("{{") + 2 : handle.index("}}")].strip("{} ")] = None
        return Rendered(text, tuple(found), self.priority, tuple(self.open))

    def pieces(self, nodes: tuple[Node, ...], branch: Branch) -> Iterator[_Piece]:
        for node in nodes:
            if isinstance(node, Block):
                holds = self.holds(node.condition)
                sides = ((node.body, not node.negated), (node.otherwise, node.negated))
                for side, wanted in sides:
                    if holds is None or holds is wanted:
                        is_behind = self.behind_open
                        inner = [*self.pieces(side, (*branch, f"{'#' if wanted else '^'}{node.condition}"))]
                        if holds is None and inner and (is_behind or inner[0].text.startswith("@")):
                            # What is in front of it here is the other side, which is never shown with it.
                            yield _Piece("\n", node.at, branch, False)
                        yield from inner
                        self.behind_open = holds is None if inner else is_behind
            elif isinstance(node, Text):
                self.behind_open = False
                yield _Piece(node.text, node.at, branch, True)
            else:
                value = self.value(node)
                yield _Piece(node.raw if value is None else value, node.at, branch, value is None)

    def holds(self, condition: Condition) -> bool | None:
        """None where both sides are to be shown."""
        situation = self.situation
        if situation is None:
            return None
        when = CONDITIONS.get(condition.name)
        if when is not None:
            return when.holds(situation.transition)
        if condition.name == PRIORITY:
            return condition.arguments == (f"P{situation.priority}",)
        if len(condition.arguments) < 2:
            return False
        path, *texts = condition.arguments
        value = situation.value(path)
        if value is None:
            self.open[path] = None
            if self.undecided:
                return None
            value = ""
        return any(_fits(condition.name, value, text) for text in texts)

    def value(self, node: Variable | Call) -> str | None:
        situation = self.situation
        if situation is None:
            return None
        if isinstance(node, Variable):
            return situation.values.get(node.path)
        if node.name == "override_priority":
            self.priority = int(node.arguments[0][1:]) if node.arguments[0][1:].isdigit() else None
            return ""
        if node.name == "eval":
            return expression.evaluate(node.arguments[0], situation.value)
        found = situation.value(node.arguments[0])
        return quote(found, safe="") if node.name == "urlencode" and found is not None else None


def _fits(name: str, value: str, text: str) -> bool:
    """An empty text means that there is a value (reference: notifications, 3.2)."""
    if text == "":
        return value != ""
    return text in value if name == "is_match" else text == value
