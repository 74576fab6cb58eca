"""A kind's `Normal` table as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from ddops.kinds.contract import Json, Normal
from ddops.location import NodePath


@dataclass(slots=True)
class Rule:
    """What a `Normal` says of one place in a body; `any_key` and `item` are the places below that have no name."""

    read_only: bool = False
    unordered: bool = False
    trimmed: bool = False
    absent: tuple[Json, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    named: dict[str, Rule] = field(default_factory=dict)
    any_key: Rule | None = None
    item: Rule | None = None

    def below(self, key: str) -> Rule:
        return self.named.get(key) or self.any_key or NO_RULE

    def at(self, path: NodePath) -> Rule:
        """The rule of a place below this one."""
        rule = self
        for step in path:
            rule = (rule.item or NO_RULE) if isinstance(step, int) else rule.below(step)
        return rule

    def place(self, path: str) -> Rule:
        """The rule of a path below this one, made where there is none."""
        rule = self
        for step in path.replace("[]", ".[]").split("."):
            if step == "[]":
                below = rule.item or Rule()
                rule.item = below
            elif step == "*":
                below = rule.any_key or Rule()
                rule.any_key = below
            else:
                below = rule.named.setdefault(step, Rule())
            rule = below
        return rule

    def inherit(self) -> None:
        """What holds for any key holds for the named ones beside it."""
        for rule in self.named.values():
            if self.any_key is not None:
                rule.absent += self.any_key.absent
                rule.read_only |= self.any_key.read_only
        for below in [*self.named.values(), self.any_key, self.item]:
            if below is not None:
                below.inherit()


NO_RULE = Rule()


@cache
def rules(normal: Normal) -> Rule:
    """A table as a tree, so that a body is walked once whatever the table's length."""
    root = Rule()
    for path in normal.read_only:
        root.place(path).read_only = True
    for path in normal.unordered:
        root.place(path).unordered = True
    for path in normal.trimmed:
        root.place(path).trimmed = True
    for path, values in normal.absent.items():
        root.place(path).absent += values
    for path, names in normal.aliases.items():
        root.place(path).aliases = names
    root.inherit()
    return root
