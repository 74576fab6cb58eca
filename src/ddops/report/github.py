"""Findings as workflow commands of GitHub Actions, which show them at the lines of a pull request.

Source: GitHub's documentation of workflow commands, and the escapes of its toolkit (`@actions/core`, command.ts): a
message escapes `%`, CR and LF, a property `:` and `,` as well, so that no text can end its command or begin another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddops.lint.finding import Finding, Severity
from ddops.report.contract import Findings, Screen
from ddops.report.words import plain

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def findings(findings: Sequence[Finding], notes: Sequence[str], screen: Screen) -> str:
    return "\n".join(_lines(findings, notes))


def _lines(findings: Sequence[Finding], notes: Sequence[str]) -> Iterator[str]:
    for one in findings:
        place = {"file": one.source.path, "line": one.source.line, "col": one.source.column, "title": one.rule}
        properties = ",".join(f"{name}={plain(str(value)).translate(_PROPERTY)}" for name, value in place.items())
        yield f"::{_COMMANDS[one.severity]} {properties}::{_message(f'{one.subject}: {one.message}')}"
    yield from (f"::notice::{_message(note)}" for note in notes)


def _message(text: str) -> str:
    return plain(text).translate(_MESSAGE)


FINDINGS: Findings = findings
