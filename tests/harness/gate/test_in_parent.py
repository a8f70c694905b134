"""pytest --fitment-gate, as a user runs it: one project with all that may happen to a benchmark."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.utils import get_machine_id

from tests.harness.gate.pytests import FAST, environ, files, run_pytest
from tests.harness.gate.repositories import git, repository

BENCHMARKS = """
import pytest
from pathlib import Path

IN_BASE = (Path(__file__).parent / "in_base").exists()

def count(n): return sum(i * i for i in range(n))
def test_slower(benchmark): benchmark(count, 20 if IN_BASE else 20_000)
@pytest.mark.parametrize("n", ["a b[1]::x", "ü"])
@pytest.mark.benchmark(group="grouped")
def test_same(benchmark, n): benchmark(count, 500)
def test_memory(benchmark): benchmark(bytes, 10**5 if IN_BASE else 2 * 10**5)
def test_fails_in_base(benchmark): benchmark(count, 10); assert not IN_BASE, "no luck"
def test_never(benchmark): pass
@pytest.mark.skip(reason="not today")
def test_skipped(benchmark): pass
def test_is_a_test(tmp_path): assert tmp_path.exists()
"""
INI = """[pytest]
addopts = -n 2
filterwarnings =
    error
    ignore:Benchmark fixture was not used
"""
# Only what is many times slower is told, on however busy a machine.
GATE = ("--fitment-gate", "--fitment-base=main", "--fitment-threshold=900%", *FAST)


VERDICTS = {
    "test_b.py::test_slower": "regression",
    "test_b.py::test_same[a b[1]::x]": "pass",
    "test_b.py::test_same[\\xfc]": "pass",
    "test_b.py::test_memory": "pass",
    "test_b.py::test_fails_in_base": "errored",
    "test_b.py::test_never": "not measured",
    "test_b.py::test_skipped": "not measured",
    "test_b.py::test_old": "removed",
    "test_b.py::test_fresh": "new",
    "test_more.py::test_more": "new",
}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A working tree with a regression, and with benchmarks and a file that base hasn't got."""
    repository(
        tmp_path,
        {
            "pytest.ini": INI,
            "bench/conftest.py": "import sys\nsys.__stdout__.write('noise')\n",
            "bench/test_b.py": BENCHMARKS + "def test_old(benchmark): benchmark(count, 10)\n",
            "bench/in_base": "",
        },
    )
    (tmp_path / "bench/in_base").unlink()
    test = BENCHMARKS + "def test_fresh(benchmark): benchmark(count, 10)\n"
    more = "def test_more(benchmark): benchmark(len, '')\n"
    return files(tmp_path, {"bench/test_b.py": test, "bench/test_more.py": more})


def test_a_whole_gate(changed: Path) -> None:
    """From a folder inside the project, with workers of xdist and warnings as errors: a verdict for all that
    can happen to a benchmark, in the table, the files and the exit code; and nothing is left behind.

    One test, as each of its runs takes 36 processes.
    """
    words = ("test_b.py", "test_more.py", "--fitment-report=r.json", "--fitment-report=../r.md")
    done = run_pytest(changed / "bench", *GATE, *words, PYTEST_ADDOPTS="-ra")
    assert done.returncode == 5, done.stdout + done.stderr
    report = json.loads((changed / "bench/r.json").read_text())
    found = {(each["benchmark"], each["metric"]): each for each in report["judgements"]}
    verdicts = {name: each["verdict"] for (name, metric), each in found.items() if metric == "time"}
    assert verdicts == {f"bench/{name}": verdict for name, verdict in VERDICTS.items()}
    assert found["bench/test_b.py::test_slower", "time"]["pairs"] == 8

    memory = found["bench/test_b.py::test_memory", "peak_allocated_bytes"]
    assert memory["verdict"] == "regression"  # in the same time
    assert memory["head"] == pytest.approx(2 * memory["base"], rel=0.01)

    table = done.stdout.split("= fitment gate =")[1]
    assert all(name in table for name in VERDICTS)
    assert "9 passed, 1 skipped" in table  # the tests themselves
    assert "fitment gate: counting" in done.stdout
    assert "Rounds" not in done.stdout  # of pytest-benchmark, about a single call
    assert "test_slower" in (changed / "r.md").read_text()
    assert (changed / ".fitment-gate").is_dir()
    assert len(git(changed, "worktree", "list").splitlines()) == 1


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A committed project of one benchmark."""
    repository(tmp_path, {"test_b.py": "def test_b(benchmark): assert benchmark(len, '') == 0\n"})
    return tmp_path


def test_k_typo_is_exit_code_4(small: Path) -> None:
    """Nothing selected is neither a pass nor pytest's own 5."""
    done = run_pytest(small, *GATE, "-k", "typo")
    assert (done.returncode, "no benchmark was collected: check the paths" in done.stdout) == (4, True)


def test_disabled_benchmarks_are_listed(small: Path) -> None:
    """--benchmark-disable: they run as tests, nothing is measured, exit code 4."""
    done = run_pytest(small, *GATE, "--benchmark-disable")
    assert "1 passed" in done.stdout, done.stdout
    assert "not measured  test_b.py::test_b" in done.stdout
    assert done.returncode == 4


def test_a_failing_test_is_exit_code_1(small: Path) -> None:
    """As ever, without a gate."""
    files(small, {"test_b.py": "def test_b(benchmark): assert benchmark(len, '')\n"})
    done = run_pytest(small, *GATE)
    assert (done.returncode, "not run, as a test failed" in done.stdout) == (1, True)


def test_usage_is_told_in_one_line(small: Path) -> None:
    """Before a test has run: nothing to compare with, an unknown revision, a plain baseline of another
    machine, no pytest-benchmark."""
    recorded = {"machine_info": {"fitment": {"cpu": "another"}}, "benchmarks": []}
    files(small, {f"saved/{get_machine_id()}/0001_x.json": json.dumps(recorded)})
    compare = ("--benchmark-compare", "--benchmark-storage=file://./saved")
    for words, says, plugins in (
        (("--fitment-gate",), "ERROR: nothing to compare with: name a revision with --fitment-base", {}),
        (("--fitment-gate", "--fitment-base=nope"), "ERROR: unknown revision 'nope'", {}),
        ((*GATE, *compare), "ERROR: --benchmark-compare: recorded on ", {}),
        (
            GATE[:1],
            "ERROR: --fitment-gate needs pytest-benchmark",
            {"PYTEST_PLUGINS": "fitment.harness.gate.plugin"},
        ),
    ):
        done = run_pytest(small, *words, **plugins)
        assert (done.returncode, says in done.stderr) == (4, True), done.stderr
        assert "Traceback" not in done.stderr + done.stdout


def test_a_conftest_that_raises_in_base_is_exit_code_4(small: Path) -> None:
    """One line with what it raised, and no worktree left."""
    files(small, {"conftest.py": "raise RuntimeError('no database')\n"})
    git(small, "add", "-A")
    git(small, "commit", "-q", "-m", "broken")
    (small / "conftest.py").unlink()
    done = run_pytest(small, *GATE)
    assert done.returncode == 4, done.stdout
    assert (
        "base main: pytest ended with 4 before its benchmarks had run: RuntimeError: no database"
        in done.stdout
    )
    assert len(git(small, "worktree", "list").splitlines()) == 1


@pytest.fixture
def napping(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    """pytest in its gate, the project, and the pid of a process of base that naps."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    nap = f"""
import os, time
def test_b(benchmark):
    benchmark(len, '')
    if "{tmp_path / "project"}" not in __file__:
        with open("{pipe}", "w") as here: here.write(str(os.getpid()))
        time.sleep(600)
"""
    repository(tmp_path / "project", {"test_b.py": nap})
    command = [sys.executable, "-m", "pytest", *GATE]
    with subprocess.Popen(
        command, cwd=tmp_path / "project", env=environ(), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, tmp_path / "project", int(pipe.read_text())
        finally:
            process.kill()


def test_ctrl_c_leaves_nothing(napping: tuple[subprocess.Popen[str], Path, int]) -> None:
    """SIGINT to pytest: its process of benchmarks and the worktree go, and pytest says 2."""
    process, project, pid = napping
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 2
    assert not Path(f"/proc/{pid}").exists()
    assert len(git(project, "worktree", "list").splitlines()) == 1
