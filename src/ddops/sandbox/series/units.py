"""Units as the API tells them (docs: metrics/units), for the names that `POST /api/v2/series` gives."""

from __future__ import annotations

from typing import Any

# Family, plural, short name, factor to the family's own unit. Seen in answers: byte, hit, percent, second.
_KNOWN: dict[str, tuple[str, str, str | None, float]] = {
    "byte": ("bytes", "bytes", "B", 1.0),
    "kibibyte": ("bytes", "kibibytes", "KiB", 1024.0),
    "mebibyte": ("bytes", "mebibytes", "MiB", 1024.0**2),
    "gibibyte": ("bytes", "gibibytes", "GiB", 1024.0**3),
    "nanosecond": ("time", "nanoseconds", "ns", 1e-9),
    "microsecond": ("time", "microseconds", "μs", 1e-6),
    "millisecond": ("time", "milliseconds", "ms", 1e-3),
    "second": ("time", "seconds", "s", 1.0),
    "minute": ("time", "minutes", "min", 60.0),
    "hour": ("time", "hours", "hr", 3600.0),
    "percent": ("percentage", "percent", "%", 1.0),
    "hit": ("cache", "hits", None, 1.0),
    "request": ("network", "requests", "req", 1.0),
    "error": ("network", "errors", "err", 1.0),
    "message": ("general", "messages", None, 1.0),
}


def pair(unit: str, per: str) -> list[dict[str, Any] | None] | None:
    """`[what is counted, per what]`, of which the second can be null; null for a metric without a unit."""
    return [_unit(unit), _unit(per) if per else None] if unit else None


def _unit(name: str) -> dict[str, Any]:
    """A name that is not known is told as it was sent."""
    family, plural, short, factor = _KNOWN.get(name, ("general", name, None, 1.0))
    return {"family": family, "name": name, "plural": plural, "short_name": short, "scale_factor": factor}
