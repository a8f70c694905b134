from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.gate.store import Store

from tests.harness.gate.answering import COMMAND, changed, project
from tests.harness.gate.repositories import git

RUN = ["gate", "run", "--base"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a project whose second commit made its benchmark a fifth slower."""
    found = tmp_path.resolve() / "project"
    project(found, slower=(0.001, 10))
    changed(found, slower=(0.0012, 10))
    monkeypatch.chdir(found)
    monkeypatch.delenv("FITMENT_GATE_STORE", raising=False)
    return found


def test_a_regression_is_told_kept_and_ends_with_5(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table, as a report beside it, in the history."""
    words = ["HEAD~1", "--head", "HEAD", "--report", "all.json", "--report", "all.md", "--", *COMMAND]
    assert main([*RUN, *words]) == 5
    out, err = capsys.readouterr()
    assert "HEAD~1" in out.splitlines()[0]
    assert "REGRESSION" in out
    assert "+20.0%" in out
    assert "exit code 5" in out
    assert err.startswith("counting: 2 processes of base and head\nfirst pairs 1 to 8 of 1 benchmark\n")
    assert json.loads((root / "all.json").read_text())
    assert "slower" in (root / "all.md").read_text()
    (run,) = Store(root / ".fitment-gate").history().runs
    assert run.processes == {"slower": (0.0012,) * 8}


def test_a_report_that_cannot_be_written_takes_no_verdict_away(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Minutes of measuring end in their table and their exit code."""
    (root / "all.md").mkdir()
    assert main([*RUN, "HEAD~1", "--head", "HEAD", "--report", "all.md", "--", *COMMAND]) == 5
    out, err = capsys.readouterr()
    assert "REGRESSION" in out
    assert err.splitlines()[-1] == "warning: all.md: the report can't be written: Is a directory"


def test_no_change_ends_with_0_even_where_nothing_can_be_kept(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verdicts stand; the warning says what was not kept."""
    (root / "file").touch()
    assert main([*RUN, "HEAD", "--strict", "--store", "file", "--", *COMMAND]) == 0
    out, err = capsys.readouterr()
    assert "1 pass" in out
    assert err.splitlines()[-1].startswith("warning: can't keep anything in")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mian", "--", *COMMAND], "fitment: unknown revision 'mian': did you mean 'main'?"),
        (["main", "--pairs", "4", "--", *COMMAND], "fitment: 4 pairs can't decide"),
        (["main", "--report", "x.txt", "--", *COMMAND], "fitment: x.txt: "),
        (["main", "--", "no-such-program"], "fitment: can't run 'no-such-program' in base main: "),
    ],
)
def test_what_can_t_be_judged_is_one_line_and_4(
    root: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never a pass, never a regression, and nothing is kept."""
    assert main([*RUN, *words]) == 4
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(said)
    assert Store(root / ".fitment-gate").history().runs == ()


def test_a_signal_ends_it_with_nothing_left(root: Path, tmp_path: Path) -> None:
    """A CI job that is cancelled while a command runs: 143, no worktree, no folder, no process."""
    environ = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    (tmp_path / "temporary").mkdir()
    command = ["-m", "fitment.harness.cli.main", *RUN, "HEAD", "--time-command", "--"]
    waits = ["/bin/sh", "-c", f"cd {tmp_path}/project; exec sleep 600 > {tmp_path}/fifo"]
    os.mkfifo(tmp_path / "fifo")
    gate = subprocess.Popen(
        [sys.executable, *command, *waits], cwd=root, env=environ, stderr=subprocess.DEVNULL
    )
    reading = os.open(tmp_path / "fifo", os.O_RDONLY)  # until the command runs
    gate.send_signal(signal.SIGTERM)
    assert gate.wait() == 143
    waiting = select.poll()
    waiting.register(reading, select.POLLIN)
    assert waiting.poll(60_000) == [(reading, select.POLLHUP)]  # nobody has it any more
    os.close(reading)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert "\n" not in git(root, "worktree", "list")
