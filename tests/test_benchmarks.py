"""The benchmark runs, and measures what it says."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ["--monitors", "12", "--dashboards", "2", "--widgets", "5", "--latency", "0", "--runs", "1"]


def benchmark(*options):
    command = [sys.executable, str(ROOT / "benchmarks" / "plan.py"), *SMALL, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=55, check=True).stdout


def test_as_json():
    rows = json.loads(benchmark("--json"))
    assert [row["what"] for row in rows] == ["floor", "cold", "warm"]
    floor, cold, warm = rows
    assert floor["ratio"] == 1
    # The lists of monitors, dashboards and SLOs, and two dashboards, which a warm plan has kept.
    assert floor["requests"] == 5
    assert cold["requests"] == warm["requests"] + 2
    assert all(row[unit] > 0 for row in rows for unit in ("wall_s", "cpu_s", "peak_mb", "ratio"))


def test_as_a_table():
    lines = benchmark().splitlines()
    assert lines[0] == "12 monitors, 2 dashboards of 5 widgets"
    assert [line.split()[1] for line in lines[2:]] == ["floor", "cold", "warm"]
