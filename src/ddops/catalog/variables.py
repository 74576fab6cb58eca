"""`${…}`: variables are replaced by their values, references to other resources are brought to their full form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ddops import reference
from ddops.catalog.nearest import quoted, unknown
from ddops.location import NodePath
from ddops.reference import ESCAPED


class Wrong(Protocol):
    def __call__(self, path: NodePath, message: str, *, key: bool = False) -> None:
        """Takes what is wrong with the value at a path; with `key`, with the mapping's key that leads to it."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What names mean. `values` is a tree: `product` → `tags` → `service`. `${product}` is `texts["product"]`: the text
    of a name that has members too. References are for resources of `product` unless they name another."""

    values: Mapping[str, Any]
    texts: Mapping[str, Any]
    product: str
    kinds: frozenset[str]

    def resolve(self, value: Any, wrong: Wrong, path: NodePath = ()) -> Any:
        """`value` with every `${…}` in it replaced, at any depth; parts without any are shared. A text that is one
        variable and nothing else becomes that variable's value, of its type."""
        if isinstance(value, str):
            return self._text(value, lambda message: wrong(path, message)) if "${" in value else value
        if not reference.holds_any(value):
            return value
        if isinstance(value, dict):
            for key in value:
                if "${" in key:
                    wrong((*path, key), f"{quoted(key)}: a variable cannot stand in a key", key=True)
            return {key: self.resolve(child, wrong, (*path, key)) for key, child in value.items()}
        if isinstance(value, list):
            return [self.resolve(child, wrong, (*path, index)) for index, child in enumerate(value)]
        return value

    def _text(self, text: str, wrong: Callable[[str], None]) -> Any:
        parts = list(_parts(text, wrong))
        if len(parts) == 1 and isinstance(parts[0], Expression):
            return self._value(parts[0], wrong)
        return self._joined(parts, wrong)

    def _joined(self, parts: Iterable[str | Expression], wrong: Callable[[str], None]) -> str:
        return "".join(part if isinstance(part, str) else self._inline(part, wrong) for part in parts)

    def _inline(self, expression: Expression, wrong: Callable[[str], None]) -> str:
        value = self._value(expression, wrong)
        if isinstance(value, dict | list):
            wrong(f"${{{expression.text}}} is not one value and cannot stand inside a text")
            return ""
        return _as_text(value)

    def _value(self, expression: Expression, wrong: Callable[[str], None]) -> Any:
        name = expression.text
        if "${" in name:
            name = self._joined(_parts(name, wrong), wrong)
        name = name.strip()
        if ":" in name:
            return self._reference(name, wrong)
        steps = name.split(".")
        known: Any = self.values
        for index, step in enumerate(steps):
            if not isinstance(known, Mapping) or step not in known:
                if index == 0:
                    wrong(f"{unknown('variable', step, known)} (write $${{ for a plain ${{)")
                else:
                    members = known if isinstance(known, Mapping) else ()
                    wrong(unknown(f"part of ${{{'.'.join(steps[:index])}}}", step, members))
                return ""
            known = known[step]
        return self.texts.get(name, known)

    def _reference(self, name: str, wrong: Callable[[str], None]) -> str:
        kind, _, target = name.partition(":")
        if kind not in self.kinds:
            wrong(f"{unknown('kind', kind, self.kinds)} (write $${{ for a plain ${{)")
            return ""
        text = f"${{{kind}:{target if '/' in target else f'{self.product}/{target}'}}}"
        if reference.parse(text) is None:
            wrong(f"'{target}' is no key; a reference reads ${{{kind}:KEY}} or ${{{kind}:PRODUCT/KEY}}")
        return text


@dataclass(frozen=True, slots=True)
class Expression:
    """What stands between `${` and its `}`."""

    text: str


def _parts(text: str, wrong: Callable[[str], None]) -> Iterator[str | Expression]:
    position = 0
    while (start := text.find("${", position)) >= 0:
        if start > 0 and text[start - 1] == "$":
            yield text[position : start - 1] + ESCAPED
            position = start + 2
            continue
        end = _closing(text, start + 2)
        if end < 0:
            wrong("'${' without its '}' (write $${ for a plain ${)")
            break
        if start > position:
            yield text[position:start]
        yield Expression(text[start + 2 : end])
        position = end + 1
    if position < len(text):
        yield text[position:]


_BRACES = re.compile(r"\$\{|\}")


def _closing(text: str, position: int) -> int:
    """Where the `}` stands that closes a `${` whose inside begins at `position`; `${` inside it nest. -1 if nowhere."""
    depth = 1
    for match in _BRACES.finditer(text, position):
        depth += 1 if match.group() == "${" else -1
        if depth == 0:
            return match.start()
    return -1


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
