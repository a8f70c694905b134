"""What a process of the gate says of the benchmarks of a project, however they are written."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.gate.counting import LEAST_PEAK_BYTES, PEAK
from fitment.harness.gate.fingerprint import counter_class, facts, machine_class
from fitment.harness.gate.observation import Observation, Pass, Standing
from fitment.harness.gate.processes import PytestRunner

from tests.harness.gate.pytests import files, tree

CONFTEST = """
import sys, pytest
print("noise on stdout")
sys.__stdout__.write('{"not": "an answer"}\\n')

@pytest.fixture(params=["small", "large"])
def size(request): return {"small": 10, "large": 100_000}[request.param]

@pytest.fixture
def timed(benchmark): return lambda function: benchmark(function)
"""
BENCHMARKS = """
import pytest
def test_plain(): assert False, "no benchmark, so nobody runs it"
def test_sum(benchmark): assert benchmark(sum, range(100)) == 4950
@pytest.mark.parametrize("n", [1, 2], ids=["a b[1]::x", "größe"])
def test_ids(benchmark, n): benchmark(len, "x" * n)
@pytest.mark.benchmark(group="grouped")
class TestOfAClass:
    def test_stats(self, benchmark):
        benchmark(len, "")
        assert benchmark.stats["mean"] > 0
def test_indirect(timed, size): timed(lambda: bytes(size))
def test_setup(benchmark):
    left = []
    def pops(values): left.append(len(values)); return values.pop()
    benchmark.pedantic(pops, setup=lambda: (([1],), {}), teardown=lambda values: values.append(0), rounds=30)
    assert set(left) == {1}
def test_once(benchmark):
    calls = []
    benchmark.pedantic(calls.append, args=(1,))
    assert calls == [1]
def test_weave(benchmark_weave): pass
def test_never(benchmark): pass
@pytest.mark.skip(reason="not today")
def test_skipped(benchmark): pass
def test_skips_itself(benchmark): benchmark(len, ""); pytest.skip("no figures")
@pytest.mark.xfail(reason="known")
def test_expected(benchmark): assert benchmark(len, "")
def test_fails(benchmark): benchmark(len, ""); assert not "wrong"
def test_raises(benchmark): benchmark(int, "x")
def test_twice(benchmark): benchmark(len, ""); benchmark(len, "")
"""
# What would write, stop or select, and must not in a process of the gate.
WORDS = ("-n2", "-x", "--junitxml=out.xml", "--benchmark-json=out.json", "--benchmark-autosave", "--ff")
MEASURED = [
    "test_b.py::test_sum",
    "test_b.py::test_ids[a b[1]::x]",
    "test_b.py::test_ids[gr\\xf6\\xdfe]",
    "test_b.py::TestOfAClass::test_stats",
    "test_b.py::test_indirect[small]",
    "test_b.py::test_indirect[large]",
    "test_b.py::test_setup",
    "test_b.py::test_once",
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of each kind of benchmark, and one that can't be collected."""
    texts = {
        "pytest.ini": "[pytest]\naddopts = -n 2 --benchmark-min-rounds=3\n",
        "conftest.py": CONFTEST,
        "test_b.py": BENCHMARKS,
        "test_gone.py": "import no_such_module\n",
    }
    return files(tmp_path_factory.mktemp("project"), texts)


@pytest.fixture(scope="module")
def runner(project: Path) -> PytestRunner:
    """Of that project; a file and a test that only the other side has are named, too."""
    names = ("test_b.py", "test_gone.py", "test_theirs.py", "test_b.py::test_theirs")
    return PytestRunner(None, tree(project, *WORDS, *names), deadline_s=300)


@pytest.fixture(scope="module")
def counted(runner: PytestRunner) -> Pass:
    """All, counted."""
    return runner("head", None, seed=1, counting=True)


@pytest.fixture(scope="module")
def timed(runner: PytestRunner) -> Pass:
    """Those that can be measured, timed."""
    return runner("head", MEASURED, seed=1, counting=False)


def by_name(found: Pass) -> Mapping[str, Observation]:
    """The observations."""
    return {each.benchmark: each for each in found.observations}


def test_what_is_measured_is_counted_in_the_order_of_collection(counted: Pass) -> None:
    """Each kind of benchmark, through whichever fixture; one that may be called once is called once."""
    measured = [each for each in counted.observations if each.standing is Standing.MEASURED]
    assert [each.benchmark for each in measured] == MEASURED
    assert all(each.median_s is None and each.device_kind == "cpu" for each in measured)
    large = by_name(counted)["test_b.py::test_indirect[large]"].counters[PEAK]
    assert large == pytest.approx(100_000, rel=0.01)
    assert by_name(counted)["test_b.py::test_sum"].counters[PEAK] == LEAST_PEAK_BYTES


@pytest.mark.parametrize(
    ("name", "standing", "reason"),
    [
        ("test_b.py::test_weave", Standing.DISABLED, "its test never called the benchmark fixture"),
        ("test_b.py::test_never", Standing.DISABLED, "its test never called the benchmark fixture"),
        ("test_b.py::test_skipped", Standing.SKIPPED, "not today"),
        ("test_b.py::test_skips_itself", Standing.SKIPPED, "no figures"),
        ("test_b.py::test_expected", Standing.SKIPPED, "it is expected to fail: known"),
        ("test_b.py::test_fails", Standing.FAILED, "AssertionError: assert not 'wrong'"),
        (
            "test_b.py::test_raises",
            Standing.FAILED,
            "ValueError: invalid literal for int() with base 10: 'x'",
        ),
        ("test_gone.py", Standing.FAILED, "ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_what_is_not_measured_says_why(counted: Pass, name: str, standing: Standing, reason: str) -> None:
    """In one line, and it is never left out."""
    found = by_name(counted)[name]
    assert (found.standing, found.reason, found.counters) == (standing, reason, {})
    assert "test_b.py::test_plain" not in by_name(counted)


def test_a_fixture_used_twice_fails_as_ever(counted: Pass) -> None:
    """With pytest-benchmark's own words."""
    found = by_name(counted)["test_b.py::test_twice"]
    assert found.standing is Standing.FAILED
    assert "Fixture can only be used once" in (found.reason or "")


def test_what_is_asked_for_is_timed(timed: Pass) -> None:
    """That and nothing else; a number of rounds that the user chose stays."""
    assert sorted(by_name(timed)) == sorted(MEASURED)
    assert all(each.standing is Standing.MEASURED for each in timed.observations)
    assert all(each.median_s and not each.counters for each in timed.observations)
    rounds = {each.benchmark: each.rounds for each in timed.observations}
    assert (rounds["test_b.py::test_setup"], rounds["test_b.py::test_once"]) == (30, 1)
    assert rounds["test_b.py::test_sum"] >= 3


def test_the_order_follows_from_the_seed(runner: PytestRunner, timed: Pass) -> None:
    """Another seed, another order; a name that is left out moves no other one."""
    first = [each.benchmark for each in timed.observations]
    assert first != MEASURED
    some = [each.benchmark for each in runner("head", MEASURED[2:], seed=1, counting=False).observations]
    assert some == [name for name in first if name in some]
    other = [each.benchmark for each in runner("head", MEASURED, seed=2, counting=False).observations]
    assert sorted(other) == sorted(first)
    assert other != first


def test_it_says_where_it_ran(counted: Pass, timed: Pass) -> None:
    """The same machine in both processes, which is this one."""
    assert counted.fingerprint == timed.fingerprint
    assert machine_class(counted.fingerprint) == machine_class(facts())
    assert "numpy" not in counter_class(counted.fingerprint)  # the project has not imported it, nor have we


def test_nothing_is_written_beside_the_answer(project: Path, counted: Pass, timed: Pass) -> None:
    """No file of those that the user's own run writes."""
    # pytest-benchmark makes the second one whenever it is there
    names = {path.name for path in project.iterdir()} - {"__pycache__", ".benchmarks"}
    assert names == {"pytest.ini", "conftest.py", "test_b.py", "test_gone.py"}


def test_modules_of_the_other_side_are_strays(tmp_path: Path) -> None:
    """A base that imports head's code is told apart from one that imports its own."""
    texts = {
        "shared_code.py": "",
        "test_b.py": "import shared_code\ndef test_b(benchmark): benchmark(len, '')\n",
    }
    base, head = files(tmp_path / "base", texts), files(tmp_path / "head", texts)
    (base / "shared_code.py").unlink()
    sides = tree(base, label="base", PYTHONPATH=str(head)), tree(head)
    runner = PytestRunner(*sides, deadline_s=300)
    assert runner("base", None, seed=1, counting=True).strays == ("shared_code",)
    assert runner("head", None, seed=1, counting=True).strays == ()


def test_an_installed_copy_that_both_sides_import_is_a_stray(tmp_path: Path) -> None:
    """As `pip install .` leaves one; with one side only it is what is to be measured."""
    texts = {
        "src/shop.py": "",
        "test_b.py": "import shop\ndef test_b(benchmark): benchmark(len, '')\n",
    }
    base, head = files(tmp_path / "base", texts), files(tmp_path / "head", texts)
    installed = str(files(tmp_path / "installed", {"shop.py": ""}))
    sides = tree(base, label="base", PYTHONPATH=installed), tree(head, PYTHONPATH=installed)
    assert PytestRunner(*sides, deadline_s=300)("base", None, seed=1, counting=True).strays == ("shop",)
    assert PytestRunner(None, sides[1], deadline_s=300)("head", None, seed=1, counting=True).strays == ()


def test_a_script_that_runs_pytest_twice_answers_for_both(tmp_path: Path) -> None:
    """None of them is lost; a pytest that is asked for benchmarks of the other one has none to say."""
    one = "def test_it(benchmark): benchmark(len, '')\n"
    head = tree(files(tmp_path, {"test_a.py": one, "test_b.py": one}))
    python, *words = head.command
    script = f"{shlex.join([python, *words, 'test_a.py'])}; {shlex.join([python, *words, 'test_b.py'])}"
    both = replace(head, command=("/bin/sh", "-c", script))
    runner = PytestRunner(None, both, deadline_s=300, command="make bench")
    found = runner("head", None, seed=1, counting=True)
    names = ["test_a.py::test_it", "test_b.py::test_it"]
    assert [(each.benchmark, each.standing) for each in found.observations] == [
        (name, Standing.MEASURED) for name in names
    ]
    timed = runner("head", names[:1], seed=1, counting=False).observations
    assert [each.benchmark for each in timed] == names[:1]
