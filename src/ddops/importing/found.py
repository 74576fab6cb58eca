"""An object that is to become a spec, and what a spec of it is made of before it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ddops.kinds.contract import INHERITED, Body, Kind, unmark


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`body` is the object, as the org or a file has it; `id` is None where a file does not say it. `origin` is what
    people call it: `monitor 123`, a file's name. `is_answer`: it has what the server adds to what it was sent."""

    kind: Kind
    body: Body
    id: str | None
    origin: str
    is_answer: bool = True

    @property
    def title(self) -> str:
        body = unmark(self.kind, self.body)
        return str(body.get("name") or body.get("title") or "")


@dataclass(frozen=True, slots=True)
class Draft:
    """A spec on its way: the body as a spec has it (a plain `${` escaped, references in full), what it inherits, and
    the paths that the model is not asked about."""

    body: Body
    inherits: frozenset[str] = frozenset()
    unchecked: tuple[str, ...] = ()

    def having(self, **fields: Any) -> Draft:
        """With these fields of the body; None takes one out."""
        body = {**self.body, **fields}
        return replace(self, body={name: value for name, value in body.items() if fields.get(name, value) is not None})

    def inheriting(self, word: str) -> Draft:
        return replace(self, inherits=self.inherits | {word})

    @property
    def lacks(self) -> frozenset[str]:
        """What it does not inherit."""
        return INHERITED - self.inherits


class NotImported(Exception):
    """Why an object does not become a spec."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An object that was not imported, and why."""

    origin: str
    why: str
