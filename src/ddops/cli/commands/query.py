"""ddops query"""

from __future__ import annotations

from typing import BinaryIO

import click

from ddops.cli.group import Group
from ddops.errors import Exit

type_option = click.option(
    "--type",
    "type_",
    default="query alert",
    show_default=True,
    metavar="TYPE",
    help="The monitor's type; for a query of a dashboard: metrics, cloud_cost, formula or search (of any events).",
)


@click.group("query", cls=Group)
def command() -> None:
    """Datadog's queries, offline: are they well formed, and what do they mean?

    \b
    ddops query check --type composite '123 && !456'
    ddops query explain "$QUERY" --type 'log alert'
    """


@command.command("check")
@type_option
@click.option(
    "--from-file",
    "file",
    type=click.File("rb"),
    metavar="FILE",
    help='Check many: lines of {"type": …, "query": …}; each is answered with a line {"ok": …, "error": …}. - is '
    "standard input.",
)
@click.argument("query", required=False)
def check(type_: str, file: BinaryIO | None, query: str | None) -> int:
    """Say whether Datadog would take a query.

    Exits with 1 where it would not: a caret stands under the place, with what was expected there.

    \b
    ddops query check "$QUERY" --type 'query alert'
    ddops query check --from-file queries.jsonl
    """
    if (file is None) == (query is None):
        raise click.UsageError("give a QUERY, or --from-file FILE")
    if file is not None:
        return _check_all(file, type_)
    from ddops.query.syntax import QuerySyntaxError

    try:
        _parse(type_, query or "")
    except QuerySyntaxError as error:
        return _refused(error)
    click.echo("ok")
    return Exit.DONE


@command.command("explain")
@type_option
@click.argument("query")
def explain(type_: str, query: str) -> int:
    """Say in one sentence what a monitor's query watches and when it alerts.

    \b
    ddops query explain "$QUERY" --type 'query alert'
    ddops query explain --type composite '123 && !456'
    """
    from ddops.query.explain import explain
    from ddops.query.monitor import parse
    from ddops.query.syntax import QuerySyntaxError
    from ddops.report.words import plain

    try:
        click.echo(plain(explain(parse(type_, query))))
    except QuerySyntaxError as error:
        return _refused(error)
    return Exit.DONE


def _parse(type_: str, query: str) -> None:
    from ddops.query.dashboard import GRAMMARS
    from ddops.query.monitor import parse

    grammar = GRAMMARS.get(type_)
    if grammar is None:
        parse(type_, query)
    else:
        grammar(query)


def _refused(error: Exception) -> int:
    from ddops.query.syntax import QuerySyntaxError
    from ddops.report.words import plain

    assert isinstance(error, QuerySyntaxError)
    click.echo(plain(error.caret()), err=True)
    return Exit.USER


def _check_all(file: BinaryIO, type_: str) -> int:
    """One answer for each line that is not empty, in their order; `type_` for the lines that name none."""
    import orjson

    answers: list[bytes] = []
    code = Exit.DONE
    for line in file:
        if not line.strip():
            continue
        problem = _problem(line, type_)
        if problem is not None:
            code = Exit.USER
        answers.append(orjson.dumps({"ok": problem is None, "error": problem}))
    click.echo(b"\n".join(answers), nl=bool(answers))
    return code


def _problem(line: bytes, type_: str) -> str | None:
    """What is wrong with the query of one line."""
    import orjson

    from ddops.query.syntax import QuerySyntaxError

    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return f"the line is no JSON: {error}"
    if not isinstance(given, dict) or not isinstance(given.get("query"), str):
        return 'the line is no {"type": …, "query": …}'
    of_type = given.get("type", type_)
    if not isinstance(of_type, str):
        return "the type is no text"
    try:
        _parse(of_type, given["query"])
    except QuerySyntaxError as error:
        return str(error)
    return None


COMMAND = command
