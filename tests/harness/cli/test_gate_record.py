from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.gate.baseline_file import read
from fitment.harness.gate.store import Store

from tests.harness.gate.answering import COMMAND, project


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a project with one benchmark."""
    found = tmp_path.resolve() / "project"
    project(found, one=(0.001, 10))
    monkeypatch.chdir(found)
    monkeypatch.delenv("FITMENT_GATE_STORE", raising=False)
    return found


def test_a_named_baseline_is_kept_with_its_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Eight processes' times and the counters, under its name and in the history."""
    assert main(["gate", "record", "nightly", "--", *COMMAND]) == 0
    store = Store(root / ".fitment-gate")
    found = store.baseline("nightly")
    assert (found.label, found.processes) == ("baseline nightly", {"one": (0.001,) * 8})
    (recording,) = store.history().recordings
    assert (recording.name, recording.baseline) == ("nightly", found)
    out = capsys.readouterr().out
    assert out.startswith(
        f"{store.baseline_path('nightly')}: times of 1 in 8 processes each, counters of 1 (run "
    )


def test_a_file_of_counters_holds_nothing_of_one_machine(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written over an earlier one."""
    (root / "counters.json").write_text("old")
    assert main(["gate", "record", "--output", "counters.json", "--counters", "--", *COMMAND]) == 0
    found = read(root / "counters.json")
    assert (found.processes, found.counters) == ({}, {"one": {"allocations": 10}})
    assert "counters.json: no times, counters of 1 " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "give the baseline a name, such as nightly, or a file with --output"),
        (["x", "--counters", "--time-command"], 2, "--time-command counts nothing"),
        (["a b"], 4, "'a b' is no baseline's name"),
        (["x", "--processes", "3"], 4, "3 pairs can't decide"),
        (["--output", "no/such.json"], 4, "can't write the baseline no/such.json"),
    ],
)
def test_what_can_t_be_recorded_is_one_line(
    root: Path, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is kept of it."""
    assert main(["gate", "record", *words, "--", *COMMAND]) == code
    assert said in capsys.readouterr().err.splitlines()[-1]
    assert Store(root / ".fitment-gate").history().recordings == ()
