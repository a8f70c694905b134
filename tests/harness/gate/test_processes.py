"""Fresh processes: what they answer, and what is said of those that don't."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from fitment.harness.gate import processes
from fitment.harness.gate.errors import PassFailedError
from fitment.harness.gate.processes import PytestRunner, run

from tests.harness.executors.children import wait_until_dead
from tests.harness.gate.pytests import environ, files, tree

# How a project's tests end their process, and what is said of it.
ENDINGS = {
    "raise RuntimeError('no such database')": "RuntimeError: no such database",
    "import os; os.kill(os.getpid(), 11)": "was ended by SIGSEGV",
    "import os; os._exit(0)": "pytest ended with 0 before its benchmarks had run",
    "import pytest; pytest.exit('enough')": "pytest ended with 4 before its benchmarks had run: _pytest",
}


@pytest.mark.parametrize(("code", "says"), ENDINGS.items())
def test_a_process_without_an_answer_is_told(tmp_path: Path, code: str, says: str) -> None:
    """A conftest that raises, a crash, an early exit: one line that names the side."""
    head = tree(files(tmp_path, {"conftest.py": code, "test_b.py": "def test_b(benchmark): pass\n"}))
    with pytest.raises(PassFailedError) as told:
        PytestRunner(None, head, deadline_s=300)("head", None, seed=1, counting=True)
    assert str(told.value).startswith("head: ")
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_a_process_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its deadline is kept, what it wrote is told, and its own child goes with it."""
    monkeypatch.setattr(processes, "GRACE_S", 0.2)
    code = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
napping = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print(napping.pid, os.getcwd(), len(sys.argv), flush=True)
napping.wait()
"""
    for deadline_s in (1, 10, 100):  # a busy machine may need the later ones to start it at all
        ended = run([sys.executable, "-c", code], os.environ, tmp_path, deadline_s)
        assert ended.timed_out
        if ended.stdout:
            break
    pid, folder, words = ended.stdout.split()
    assert (folder, words) == (str(tmp_path.resolve()), "1")
    assert wait_until_dead(int(pid))
    assert ended.returncode == -signal.SIGKILL


def test_too_slow_benchmarks_are_told_with_the_way_out(tmp_path: Path) -> None:
    """The side, the limit, and the option that moves it."""
    head = tree(files(tmp_path, {"test_b.py": "import time; time.sleep(600)\n"}))
    with pytest.raises(PassFailedError, match=r"head: .* longer than 0\.5 s .* --fitment-timeout"):
        PytestRunner(None, head, deadline_s=0.5)("head", None, seed=1, counting=True)


def test_a_process_is_of_the_gate_alone(tmp_path: Path) -> None:
    """It has this process's processors, none of a worker's variables, and leaves no cache in the tree."""
    test = """
import os
def test_b(benchmark):
    benchmark(len, "")
    assert os.environ["PYTEST_ADDOPTS"] == "-q"
    assert os.environ["PYTHONHASHSEED"] == "0"
    assert "FITMENT_GATE_REQUEST" not in os.environ
    assert "PYTEST_XDIST_WORKER" not in os.environ
    assert len(os.sched_getaffinity(0)) == int(os.environ["CPUS"])
"""
    cpus = str(len(os.sched_getaffinity(0)))
    head = tree(
        files(tmp_path, {"test_b.py": test}), PYTEST_ADDOPTS="-q", PYTEST_XDIST_WORKER="gw0", CPUS=cpus
    )
    found = PytestRunner(None, head, deadline_s=300)("head", None, seed=1, counting=True)
    assert [(each.benchmark, each.standing, each.reason) for each in found.observations] == [
        ("test_b.py::test_b", "measured", None)
    ]
    assert not (tmp_path / ".pytest_cache").exists()


def test_there_is_no_base_of_a_baseline(tmp_path: Path) -> None:
    """Its times were recorded: asking to run it is our own mistake, and is told."""
    with pytest.raises(PassFailedError, match="no base to run"):
        PytestRunner(None, tree(tmp_path), deadline_s=1)("base", None, seed=1, counting=False)


def test_the_parent_sleeps(tmp_path: Path) -> None:
    """However much the child writes, its parent uses a small part of the time."""
    before = os.times()
    code = "import sys; sys.stdout.write('x' * 300_000); sum(range(40_000_000))"
    ended = run([sys.executable, "-c", code], environ(), tmp_path, deadline_s=300)
    after = os.times()
    assert (ended.returncode, len(ended.stdout)) == (0, 65536)
    assert after.user + after.system - before.user - before.system < 0.5 * (
        after.children_user - before.children_user
    )
