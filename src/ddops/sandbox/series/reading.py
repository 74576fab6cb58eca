"""How a series is read: what the methods after it ask, `.as_rate().rollup(max, 60).fill(zero)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ddops.query.syntax import one_of
from ddops.query.tree import Argument, Method, Number, Text
from ddops.sandbox.points import AGGREGATES
from ddops.sandbox.series.fill import FILLS, HIGHEST_LIMIT, USUAL_LIMIT, Fill
from ddops.sandbox.series.line import NotServed


@dataclass(frozen=True, slots=True)
class Reading:
    """`form` is `count`, `rate` or empty. `method` and `seconds` are those of a rollup, None where none says."""

    form: str = ""
    method: str | None = None
    seconds: int | None = None
    fill: Fill | None = None


def reading(methods: Iterable[Method]) -> Reading:
    """Raises NotServed for what is no method of a series, and for arguments that it does not take."""
    found = Reading()
    for method in methods:
        read = _METHODS.get(method.name)
        if read is None:
            raise NotServed(f"{method} is not known; the sandbox knows {one_of(f'.{name}()' for name in _METHODS)}")
        found = read(found, method)
    return found


def _rollup(found: Reading, method: Method) -> Reading:
    names = [_plain(one) for one in method.arguments if not isinstance(one, Number)]
    numbers = [one.text for one in method.arguments if isinstance(one, Number)]
    seconds = [int(one) for one in numbers if one.isdecimal() and len(one) < 9]
    if len(names) > 1 or len(numbers) > 1 or len(seconds) < len(numbers) or 0 in seconds:
        raise NotServed(f"{method}: a rollup takes a method and whole seconds, such as .rollup(sum, 60)")
    if names and names[0] not in AGGREGATES:
        raise NotServed(f"{method}: a rollup is by {one_of(AGGREGATES)}")
    return replace(found, method=names[0] if names else found.method, seconds=seconds[0] if seconds else found.seconds)


def _fill(found: Reading, method: Method) -> Reading:
    how, *limits = method.arguments or (None,)
    words = [_plain(limit) for limit in limits]
    if len(words) > 1 or not all(word.isdecimal() and len(word) < 9 for word in words):
        raise NotServed(f"{method}: a gap that may be filled is so many whole seconds, such as .fill(last, 60)")
    limit = min(int(words[0]), HIGHEST_LIMIT) if words else USUAL_LIMIT
    if isinstance(how, Number):
        return replace(found, fill=Fill("zero", how.value, limit))
    if how is None or _plain(how) not in FILLS:
        raise NotServed(f"{method}: a gap is filled with {one_of(FILLS)}, or a number")
    return replace(found, fill=Fill(_plain(how), limit=limit))


def _plain(argument: Argument) -> str:
    return argument.value if isinstance(argument, Text) else str(argument)


_METHODS: dict[str, Callable[[Reading, Method], Reading]] = {
    "as_count": lambda found, method: replace(found, form="count"),
    "as_rate": lambda found, method: replace(found, form="rate"),
    "rollup": _rollup,
    "fill": _fill,
    # It changes how series that come and go are weighed; all of those here count the same.
    "weighted": lambda found, method: found,
}
