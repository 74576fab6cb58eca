"""The one place that turns errors into messages and exit codes."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import Any

import click

import ddops
from ddops.errors import DdopsError, Exit


class Interrupted(Exception):
    """Ctrl-C, after what was already applied has been said."""


def guarded(command: Callable[[], Any]) -> int:
    """Runs a command and gives its exit code; what it raises is said on standard error."""
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else Exit.DONE
    except DdopsError as error:
        _say(str(error))
        return error.exit_code
    except click.ClickException as error:
        error.show()
        # click's own code for a wrong command line is 2, which here means that there are changes.
        return Exit.USER
    except (KeyboardInterrupt, click.Abort, Interrupted) as error:
        if not isinstance(error, Interrupted):
            _say("\ninterrupted; nothing was changed")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read standard output (head, a pager) has left; the interpreter would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.USER
    except OSError as error:
        # A full disk, a folder that nobody may write to.
        _say(": ".join(filter(None, [str(error.filename or ""), error.strerror or str(error)])))
        return Exit.USER
    except Exception:
        _say(f"this is a bug in ddops {ddops.__version__}: {_trace()}")
        return Exit.BUG


def _say(message: str) -> None:
    from ddops.report.words import plain

    click.echo(plain(message), err=True)


def _trace() -> str:
    """Writes the trace down and says where; the trace itself where no file can be written."""
    trace = _without_keys(traceback.format_exc())
    try:
        with tempfile.NamedTemporaryFile("wb", prefix="ddops-trace-", suffix=".txt", delete=False) as file:
            file.write(trace.encode("utf-8", "backslashreplace"))
    except OSError:
        return f"report it with this trace\n{trace}"
    return f"the full trace is in {file.name}; report it with that file"


_SECRET_NAME = re.compile("KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"[A-Za-z0-9_-]{20,}")
"""What a key looks like; ddops.yaml can give its variable any name."""


def _without_keys(text: str) -> str:
    """The text without the value of any variable that could hold a key: the trace is made to be passed on."""
    for name, value in os.environ.items():
        value = value.strip()
        if (len(value) >= 8 and _SECRET_NAME.search(name)) or _SECRET_VALUE.fullmatch(value):
            text = text.replace(value, f"<{name}>")
    return text
