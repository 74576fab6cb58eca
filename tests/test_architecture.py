"""What the design asks of every module: the import contracts of pyproject.toml, and what no import contract can say."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ddops"
MODULES = sorted(SOURCE.rglob("*.py"))

MAX_LINES = 400
NAMES_THAT_SAY_NOTHING = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

ENVIRONMENT = {
    *("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "os.unsetenv"),
    *("os.path.expanduser", "os.path.expandvars", "pathlib.Path.home", "getpass.getuser"),
}
TERMINAL = {
    *("print", "input", "sys.argv", "sys.stdin", "sys.stdout", "sys.stderr", "sys.exit"),
    *("os.isatty", "os.get_terminal_size", "shutil.get_terminal_size", "getpass.getpass"),
    *("click.echo", "click.secho", "click.prompt", "click.confirm", "click.get_text_stream"),
}
CLOCK = {
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime"),
    *("time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"),
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
}
WAIT = {"time.sleep"}
# Only `cli` reads these. The two that talk HTTP may name the clock or the wait as a parameter's default, and never
# call it themselves: the client waits before it tries again, the sandbox stamps its objects. The sandbox's latency
# is a real wait.
MAY_DEFAULT_TO_THE_CLOCK = ("org/", "sandbox/")
MAY_WAIT = ("sandbox/",)


def generated(path: Path) -> bool:
    return path.name == "generated.py" or "generated" in path.parent.parts


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Local name → what it stands for: `from datetime import datetime as dt` gives dt → datetime.datetime."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                names[local] = alias.name if alias.asname else local
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def full_name(node: ast.expr, names: dict[str, str]) -> str:
    """`dt.now` → datetime.datetime.now; empty for what is not a plain dotted name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        owner = full_name(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def parameter_defaults(tree: ast.Module) -> set[ast.expr]:
    """The defaults of functions' parameters and of dataclass fields (annotated names in a class body)."""
    defaults: set[ast.expr | None] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults.update(node.args.defaults, node.args.kw_defaults)
        elif isinstance(node, ast.ClassDef):
            defaults.update(field.value for field in node.body if isinstance(field, ast.AnnAssign))
    return {default for default in defaults if default is not None}


def outside_reads(source: str, *, clock_defaults: bool = False, may_wait: bool = False) -> Iterator[str]:
    """Where a module reads the environment, the terminal or the clock, or waits, as `line: name`."""
    tree = ast.parse(source)
    names = imported_names(tree)
    allowed = parameter_defaults(tree) if clock_defaults else set()
    clock = CLOCK if may_wait else CLOCK | WAIT
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name | ast.Attribute):
            continue
        name = full_name(node, names)
        if name in ENVIRONMENT | TERMINAL or (name in clock and node not in allowed):
            yield f"{node.lineno}: {name}"
        elif isinstance(node, ast.Attribute) and node.attr == "isatty" and name != "os.isatty":
            yield f"{node.lineno}: isatty"


def test_import_contracts_hold():
    # In a process of its own, because it sets up logging and sys.path for the whole process.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_only_cli_reads_the_environment_the_clock_and_the_terminal(path):
    module = path.relative_to(SOURCE).as_posix()
    if module == "__main__.py" or module.startswith("cli/"):
        return
    clock_defaults, may_wait = module.startswith(MAY_DEFAULT_TO_THE_CLOCK), module.startswith(MAY_WAIT)
    assert list(outside_reads(path.read_text(), clock_defaults=clock_defaults, may_wait=may_wait)) == []


def test_no_module_is_long():
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in MODULES}
    long = {name: lines for name, lines in lengths.items() if lines > MAX_LINES and not generated(Path(name))}
    assert long == {}


def test_every_module_has_a_telling_name():
    names = {path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in MODULES}
    assert [name for name in names if NAMES_THAT_SAY_NOTHING & set(name.split("/"))] == []


def test_generated_files_are_known_by_their_path():
    assert generated(Path("src/ddops/kinds/generated.py"))
    assert generated(Path("src/ddops/kinds/generated/dashboard.py"))
    assert not generated(Path("src/ddops/kinds/dashboard.py"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os\nos.environ['HOME']", ["2: os.environ"]),
        ("from os import getenv as get\nget('HOME')", ["2: os.getenv"]),
        ("import os.path as p\np.expanduser('~')", ["2: os.path.expanduser"]),
        ("from pathlib import Path\nPath.home()", ["2: pathlib.Path.home"]),
        ("print(1)", ["1: print"]),
        ("import sys\nsys.stderr.write('x')", ["2: sys.stderr"]),
        ("def f(stream):\n    return stream.isatty()", ["2: isatty"]),
        ("import time as t\nt.time()", ["2: time.time"]),
        ("import time\ntime.sleep(1)", ["2: time.sleep"]),
        ("import datetime\ndatetime.datetime.now()", ["2: datetime.datetime.now"]),
        ("from datetime import date, datetime\ndate.today(), datetime.now()", 2),
        ("from time import monotonic\ndef f(now=monotonic): return now()", ["2: time.monotonic"]),
        ("from datetime import datetime\ndatetime.fromisoformat('2024-01-01')", []),
        ("class Plan:\n    time: str\n    def print(self): return self.time", []),
    ],
)
def test_reads_are_found_by_what_a_name_stands_for(source, found):
    reads = list(outside_reads(source))
    assert reads == found if isinstance(found, list) else len(reads) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time\ndef f(*, now=time.time): return now()", []),
        ("import time\nclass Retry:\n    sleep: object = time.sleep", []),
        ("import time\ndef f(now=time.time()): return now", ["2: time.time"]),
        ("import time\ndef f(): return time.time()", ["2: time.time"]),
        ("import os\ndef f(env=os.environ): return env", ["2: os.environ"]),
    ],
)
def test_a_clock_may_be_a_default_where_that_is_allowed(source, found):
    assert list(outside_reads(source, clock_defaults=True)) == found
