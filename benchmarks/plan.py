"""Measures `ddops plan` where nothing is to change: 10,000 monitors and 1,000 dashboards of 20 widgets.

    python benchmarks/plan.py                                      # a few minutes
    python benchmarks/plan.py --monitors 500 --dashboards 50 --latency 0 --runs 1

A cold plan begins without `.ddops/cache`, as in a fresh checkout; a warm one is the next. The floor is the same objects
fetched with 16 bare connections and parsed (`floor.py`). The org is the sandbox in a process of its own, which answers
`--latency` milliseconds late; wall, CPU and memory are those of the measured process alone, the median of the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "src")]

from benchmarks.served import API_KEY, APP_KEY, ServedOrg, fill  # noqa: E402
from benchmarks.workspace import API_KEY_ENV, APP_KEY_ENV, ORG, write  # noqa: E402

KIB = 1024 if sys.platform != "darwin" else 1
"""What ru_maxrss counts in."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run, or the medians of several. `ratio` is the wall time as a multiple of the floor's."""

    latency_ms: float
    what: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    requests: int
    ratio: float | None = None


def run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float, float, str]:
    """Wall seconds, CPU seconds, peak megabytes and standard output of a process that must succeed."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} left with {process.returncode}:\n{text}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KIB / 1e6, text


def floor(org: ServedOrg, monitors: int, dashboards: int, latency: float) -> Measured:
    command = [sys.executable, str(HERE / "floor.py"), org.url, API_KEY, APP_KEY, str(monitors), str(dashboards)]
    _, cpu, peak, text = run(command, {})
    return Measured(latency, "floor", float(text.split()[0]), cpu, peak, org.requests())


def plan(root: Path, org: ServedOrg, what: str, latency: float) -> Measured:
    environment = {
        "PYTHONPATH": str(HERE.parent / "src"),
        "DDOPS_API_URL": org.url,
        API_KEY_ENV: API_KEY,
        APP_KEY_ENV: APP_KEY,
    }
    command = [sys.executable, "-m", "ddops", "-C", str(root), "plan", "--org", ORG, "--detailed-exitcode"]
    wall, cpu, peak, _ = run(command, environment)
    return Measured(latency, what, wall, cpu, peak, org.requests())


def measure(arguments: argparse.Namespace, root: Path) -> Iterator[Measured]:
    """The floor, a cold and a warm plan at each latency."""
    monitors, dashboards = arguments.monitors, arguments.dashboards
    write(root, monitors=monitors, dashboards=dashboards, widgets=arguments.widgets)
    database = root / "org.sqlite"
    fill(root, database)
    for latency in arguments.latency or [0.0, 50.0]:
        with ServedOrg(database, latency / 1000) as org:
            runs: list[list[Measured]] = []
            for _ in range(arguments.runs):
                shutil.rmtree(root / ".ddops", ignore_errors=True)
                runs.append(
                    [floor(org, monitors, dashboards, latency)]
                    + [plan(root, org, what, latency) for what in ("cold", "warm")]
                )
        medians = [_median(column) for column in zip(*runs, strict=True)]
        for one in medians:
            yield Measured(**{**asdict(one), "ratio": one.wall_s / medians[0].wall_s})


def _median(runs: Sequence[Measured]) -> Measured:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in runs))

    return Measured(
        runs[0].latency_ms, runs[0].what, middle("wall_s"), middle("cpu_s"), middle("peak_mb"), runs[-1].requests
    )


def _row(one: Measured) -> str:
    return (
        f"{one.latency_ms:>7.0f}  {one.what:<5} {one.wall_s:>8.2f} {one.cpu_s:>8.2f} {one.peak_mb:>8.0f}"
        f" {one.requests:>9,} {one.ratio:>8.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--monitors", type=int, default=10_000)
    parser.add_argument("--dashboards", type=int, default=1_000)
    parser.add_argument("--widgets", type=int, default=20, help="of each dashboard")
    parser.add_argument("--latency", type=float, action="append", metavar="MS", help="can be given again; 0 and 50")
    parser.add_argument("--runs", type=int, default=3, help="the median of so many is shown")
    parser.add_argument("--json", action="store_true", help="a JSON list instead of a table")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ddops-benchmark-") as folder:
        if arguments.json:
            print(json.dumps([asdict(one) for one in measure(arguments, Path(folder))], indent=2))
            return
        print(f"{arguments.monitors:,} monitors, {arguments.dashboards:,} dashboards of {arguments.widgets} widgets")
        print("latency  run     wall s    CPU s  peak MB  requests  x floor")
        for one in measure(arguments, Path(folder)):
            print(_row(one), flush=True)


if __name__ == "__main__":
    main()
