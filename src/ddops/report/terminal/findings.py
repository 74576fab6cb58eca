"""Findings for a terminal: one on a line, as compilers write them and editors read them, however wide that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from ddops.lint.finding import Finding, Severity
from ddops.report.terminal.drawing import BLANK, Line, joined, said
from ddops.report.terminal.paragraph import notes as noted

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


def findings(found: Sequence[Finding]) -> Iterator[Line]:
    for one in found:
        severity = Text(one.severity.value, one.severity.value)
        message = said(f"{one.subject}: {one.message}")
        yield Line(joined(said(one.source), ": ", severity, ": ", message, " [", said(one.rule), "]"), whole=True)
    if found:
        yield BLANK


def counted(found: Sequence[Finding], notes: Sequence[str]) -> Iterator[Line]:
    """The findings, the notes, and how many there are of each severity."""
    yield from findings(found)
    yield from noted(notes)
    counts = ((severity, sum(one.severity is severity for one in found)) for severity in Severity)
    shown = ", ".join(f"{count} {_PLURALS[severity] if count > 1 else severity}" for severity, count in counts if count)
    yield Line(Text(shown or "no findings", "summary"))
