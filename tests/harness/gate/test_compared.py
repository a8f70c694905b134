from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.gate.checkouts import CommandError
from fitment.harness.gate.compared import Command, compare, recorded
from fitment.harness.gate.errors import GateError, NothingMeasuredError, PassFailedError, RevisionError
from fitment.harness.gate.history import History
from fitment.harness.gate.judgement import Verdict
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport, Side
from fitment.harness.gate.set_up import SetupError

from tests.harness.gate.answering import COMMAND, changed, project
from tests.harness.gate.repositories import committed, git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose second commit made one benchmark a fifth slower."""
    found = tmp_path.resolve() / "project"
    project(found, same=(0.001, 10), slower=(0.001, 10))
    changed(found, same=(0.001, 10), slower=(0.0012, 10))
    return found


def _command(root: Path, *words: str, **more: object) -> Command:
    return Command(words or COMMAND, root, dict(os.environ), **more)  # type: ignore[arg-type]


def _compared(command: Command, base: str, head: str | None = None) -> GateReport:
    return compare(command, base, head, History(), Options(), lambda line: None)


def _verdicts(report: GateReport) -> dict[str, Verdict]:
    return {each.benchmark: each.verdict for each in report.judgements if each.metric == "time"}


def test_each_side_runs_its_own_code(root: Path) -> None:
    """Head as it lies there against a revision; nothing is left of it."""
    report = _compared(_command(root), "HEAD~1")
    assert _verdicts(report) == {"same": Verdict.PASS, "slower": Verdict.REGRESSION}
    assert (report.base.label, report.head) == (
        "HEAD~1",
        Side("working tree", git(root, "rev-parse", "HEAD")),
    )
    assert "\n" not in git(root, "worktree", "list")


def test_a_setup_runs_once_in_each_tree_before(root: Path) -> None:
    """What it makes is there when the benchmarks run; what it may not do is refused before a tree is made."""
    said = []
    (root / "figures.py").write_text("from built import FIGURES\n")
    base = committed(root, {})
    setup = "echo run >> made; echo \"FIGURES = {'a': (0.001, $(wc -l < made))}\" > built.py"
    report = compare(_command(root, setup=setup), base, None, History(), Options(), said.append)
    assert report.counters == {"a": {"allocations": 1}}
    assert _verdicts(report) == {"a": Verdict.PASS}
    assert said[:2] == [f"setup in base {base}", "setup in head working tree"]
    with pytest.raises(SetupError, match="build in place"):
        _compared(_command(root, setup="pip install -e ."), "HEAD")
    with pytest.raises(SetupError, match=r"--setup in base HEAD ended with 1"):
        _compared(_command(root, setup="false"), "HEAD")


def test_what_can_t_be_compared_is_one_line(root: Path) -> None:
    """A revision, a program, a command that fails or has no benchmarks."""
    words = (sys.executable, "-S", "-c")
    for command, base, kind, said in (
        (_command(root), "none", RevisionError, "unknown revision 'none'"),
        (_command(root, "./none.sh"), "HEAD", CommandError, "can't run './none.sh' in base HEAD"),
        (
            _command(root, *words, "raise SystemExit('broken')"),
            "HEAD",
            PassFailedError,
            "ended with 1 .*: broken",
        ),
        (_command(root, *words, "0"), "HEAD", PassFailedError, "--time-command takes the whole command"),
    ):
        with pytest.raises(kind, match=said) as error:
            _compared(command, base)
        assert (error.value.exit_code, "\n" in str(error.value)) == (4, False)


def test_a_command_that_fails_on_one_side_says_which(root: Path) -> None:
    """Base's code is older: what the command asks of it may not be there."""
    committed(root, {"new.py": ""})
    with pytest.raises(PassFailedError, match=r"^base HEAD~1: .* ended with 1 .*No module named 'new'"):
        _compared(_command(root, sys.executable, "-S", "-c", "import new, bench"), "HEAD~1")
    with pytest.raises(PassFailedError, match=r"^head HEAD~1: "):
        _compared(_command(root, sys.executable, "-S", "-c", "import new, bench"), "HEAD", "HEAD~1")


def test_a_whole_command_can_be_the_benchmark(root: Path) -> None:
    """One that fails is errored, and nothing could be judged."""
    report = _compared(_command(root, "/bin/sh", "-c", "exit 3", timed=True), "HEAD~1")
    (judged,) = report.judgements
    assert (judged.benchmark, judged.verdict) == ("/bin/sh -c 'exit 3'", Verdict.ERRORED)


def test_the_working_tree_is_recorded(root: Path) -> None:
    """Eight processes' medians, counters, the commit; also where there is no git."""
    found, report = recorded(_command(root), "baseline x", Options(), lambda line: None)
    assert found.processes == {"same": (0.001,) * 8, "slower": (0.0012,) * 8}
    assert found.counters == {"same": {"allocations": 10}, "slower": {"allocations": 10}}
    assert (found.label, found.commit, found.dirty) == ("baseline x", git(root, "rev-parse", "HEAD"), False)
    assert report.judgements == ()
    counted, _ = recorded(_command(root), "baseline x", Options(), lambda line: None, timed=False)
    assert counted == replace(found, at=counted.at, processes={}, machine_class=None)
    (root / ".git").rename(root.parent / "git")
    assert recorded(_command(root), "x", Options(), lambda line: None)[0].commit is None


def test_nothing_to_record_is_an_error(root: Path) -> None:
    """Each with its reason."""
    failing = _command(root, "/bin/sh", "-c", "exit 3", timed=True)
    with pytest.raises(NothingMeasuredError, match=r"could be measured: /bin/sh .* ended with 3"):
        recorded(failing, "x", Options(), lambda line: None)
    (root / "figures.py").write_text("FIGURES = {}\n")
    with pytest.raises(GateError, match="no benchmark"):
        recorded(_command(root), "x", Options(), lambda line: None)
