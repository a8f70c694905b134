from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.gate.baseline_file import put, read
from fitment.harness.gate.store import Store

from tests.harness.gate.reports import BENCHMARK, baseline, report
from tests.harness.gate.repositories import git


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The current folder's, with two runs; git knows the user as Ann."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Ann")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FITMENT_GATE_STORE", raising=False)
    found = Store(tmp_path / ".fitment-gate")
    found.keep_run(report(0xA0000001))
    found.keep_run(report(0xB0000002, times=[0.002] * 8))
    return found


def test_a_run_is_accepted_with_the_reason(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """By the start of its id, by whom git knows."""
    assert main(["gate", "accept", "b0", "--reason", "it checks its input"]) == 0
    assert capsys.readouterr().out == "run b0000002 is accepted: it checks its input\n"
    accepted = store.history().accepted()
    assert accepted is not None
    assert (accepted.run, accepted.reason, accepted.who) == ("b0000002", "it checks its input", "Ann")


def test_a_committed_baseline_advances(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of counters stays one; what the run did not measure stays as it was."""
    old = baseline("baseline all", processes={}, machine_class=None, counters={"other": {"allocations": 1.0}})
    put(tmp_path / "all.json", old)
    assert main(["gate", "accept", "a", "--reason", "why", "--baseline", "all.json"]) == 0
    found = read(tmp_path / "all.json")
    assert (found.label, found.processes, found.machine_class) == ("baseline all", {}, None)
    assert found.counters == {"other": {"allocations": 1.0}, BENCHMARK: {"allocations": 12.0}}
    said = "all.json: written anew, 1 that this run did not measure as they were\n"
    assert capsys.readouterr().out.endswith(said)


def test_a_damaged_baseline_is_named_before_anything_is_accepted(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be somebody's work; one that is not there yet is made."""
    (tmp_path / "all.json").write_text("{")
    assert main(["gate", "accept", "a", "--reason", "why", "--baseline", "all.json"]) == 4
    assert "all.json is truncated or no JSON" in capsys.readouterr().err
    assert store.history().accepted() is None
    assert main(["gate", "accept", "a", "--reason", "why", "--baseline", "new.json"]) == 0
    assert read(tmp_path / "new.json").processes[BENCHMARK] == report(1).processes[BENCHMARK]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["c", "--reason", "why"], "fitment: no run 'c': "),
        (["", "--reason", "why"], "fitment: no run ''"),
        (["a", "--reason", " "], "fitment: a reason is needed"),
    ],
)
def test_what_can_t_be_accepted_is_one_line_and_4(
    store: Store, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is accepted."""
    assert main(["gate", "accept", *words]) == 4
    assert capsys.readouterr().err.startswith(said)
    assert store.history().acceptances == ()


def test_without_a_reason_it_is_no_command(store: Store) -> None:
    """The parser says so."""
    with pytest.raises(SystemExit) as end:
        main(["gate", "accept", "a"])
    assert end.value.code == 2
