from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.gate.judgement import Verdict
from fitment.harness.gate.store import Store

from tests.harness.gate.reports import BENCHMARK, MACHINE, commit, judged, report

RUNS = [
    "run at base → head worst verdicts accepted",
    "00000000 2026-03-01 00:00 main 000000000 → topic 000000000 pass 1 pass –",
    "00000001 2026-03-01 01:00 main 000000000 → topic 000000000 regression 1 regression, 1 pass meant (Ann)",
]
SERIES = """\
tests/test_sum.py::test_sum[10], time on 0badc0de Some CPU, 2 cores
▁▁▁▁▁▁▁▁▁▁▁▁████████████
at                commit     run       time
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The current folder's, in which nothing is kept yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FITMENT_GATE_STORE", raising=False)
    return Store(tmp_path / ".fitment-gate")


@pytest.fixture
def two(store: Store) -> Store:
    """Two runs, of which the second one regressed and was accepted."""
    store.keep_run(report(0))
    store.keep_run(report(1, judged(verdict=Verdict.REGRESSION), judged()))
    store.accept("00000001", "meant", "Ann")
    return store


def test_the_runs_are_listed(
    two: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When, what against what, how it ended, and whether somebody took it for normal."""
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["gate", "history"]) == 0
    listed = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert [listed[0], *listed[2:]] == RUNS


def test_the_newest_are_enough(two: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON every field."""
    assert main(["gate", "history", "--limit", "1", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["run"], found["verdicts"]) == ("00000001", {"regression": 1, "pass": 1})
    assert found["machine_class"] == MACHINE


def test_a_benchmark_s_series_shows_where_its_level_changed(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """As bars, and as rows in one unit, the change marked."""
    for at in range(24):
        store.keep_run(report(at, times=[(0.0010 if at < 12 else 0.0011) + 1e-7 * (at % 3)] * 8))
    assert main(["gate", "history", "test_sum"]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert out.startswith(SERIES)
    assert lines[4].split() == ["2026-03-01", "00:00", commit(0)[:9], "00000000", "1.00", "ms"]
    (marked,) = [line for line in lines if "←" in line]
    assert "1.10 ms  ← +10.0% from here on (p .0" in marked
    assert "2026-03-01 12:00" in marked
    assert lines[-1] == "24 runs, 1 change of level"


def test_a_series_as_csv_has_every_field(two: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """One row a run, with its class, the benchmark's whole name and the counter's."""
    assert main(["gate", "history", "sum", "--metric", "allocations", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["run"], row["value"], row["accepted"]) for row in rows] == [
        ("00000000", "12.0", ""),
        ("00000001", "12.0", "meant"),
    ]
    assert (rows[0]["benchmark"], rows[0]["metric"]) == (BENCHMARK, "allocations")


def test_without_a_run_there_is_a_way_to_one(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """No mistake; a benchmark of none is one."""
    assert main(["gate", "history"]) == 0
    assert capsys.readouterr().out.startswith("no run yet: ")
    assert main(["gate", "history", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["gate", "history", "x"]) == 4
    assert "run the gate first" in capsys.readouterr().err


def test_the_list_compiles_nothing(two: Store) -> None:
    """Only a series needs the kernel of change points; a terminal without bars gets none."""
    lists = "import sys; from fitment.harness.cli.main import main; main(['gate', 'history']); "
    ends = "sys.exit('numba' in sys.modules or 'duckdb' in sys.modules or 'torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", lists + ends], check=True, stdout=subprocess.DEVNULL)
