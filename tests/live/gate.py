"""A/A of the gate, live: real processes of one commit, compared with each other, must not raise an alarm.

Run by ``make test-gate`` alone, as its name is not one that pytest collects. Four gates of five benchmarks
make 20 trials; the fifth gate's head does a tenth more work. On a busy machine trials end inconclusive, and
the tenth may not be found; an idle one takes some ten minutes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.harness.gate.pytests import run_pytest
from tests.harness.gate.repositories import repository

GATES = 4
BENCHMARKS = """
import hashlib, json, sqlite3
from work import ROUNDS
BLOCK, DOCUMENT = bytes(range(256)) * 256, [{"n": n, "tags": ["a", "b"]} for n in range(50)]
def repeat(call, *words):
    for _ in range(ROUNDS):
        call(*words)
def ask():
    with sqlite3.connect(":memory:") as con:
        con.execute("CREATE TABLE t (n)")
        con.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(100)])
def test_loop(benchmark): benchmark(repeat, lambda: sum(n * n for n in range(500)))
def test_digest(benchmark): benchmark(repeat, lambda: hashlib.sha256(BLOCK).digest())
def test_document(benchmark): benchmark(repeat, lambda: json.loads(json.dumps(DOCUMENT)))
def test_sort(benchmark): benchmark(repeat, lambda: sorted(range(2000), key=lambda n: n * 7919 % 2003))
def test_database(benchmark): benchmark(repeat, ask)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Five benchmarks of one commit; their work is a number in a file."""
    repository(
        tmp_path, {"test_it.py": BENCHMARKS, "work.py": "ROUNDS = 20\n", ".gitignore": "__pycache__\n"}
    )
    return tmp_path


def verdicts(project: Path, seed: int) -> dict[str, Any]:
    """The judgement of each benchmark's time, head against its own commit."""
    words = ("--fitment-gate", "--fitment-base=main", "--fitment-report=gate.json", f"--fitment-seed={seed}")
    done = run_pytest(project, "-p", "no:cacheprovider", "--benchmark-max-time=0.1", *words)
    assert (project / "gate.json").exists(), done.stdout + done.stderr
    report = json.loads((project / "gate.json").read_text())
    found = {each["benchmark"]: each for each in report["judgements"] if each["metric"] == "time"}
    print("\n".join(f"{name}: {each['verdict']}, {each['note'] or ''}" for name, each in found.items()))
    return found


def test_twenty_live_trials_raise_no_alarm(project: Path) -> None:
    """Nothing was changed: no trial is slower, and none is faster."""
    found = [each["verdict"] for seed in range(GATES) for each in verdicts(project, seed).values()]
    assert len(found) == 20
    assert set(found) <= {"pass", "inconclusive"}
    assert "pass" in found, "nothing could be told: this machine is too busy"


def test_a_tenth_more_work_is_told(project: Path) -> None:
    """22 rounds of work instead of 20: nothing passes, nothing is faster."""
    (project / "work.py").write_text("ROUNDS = 22\n")
    found = [each["verdict"] for each in verdicts(project, 0).values()]
    assert set(found) <= {"regression", "inconclusive"}
    assert "regression" in found, "nothing could be told: this machine is too busy"
