from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.gate import store as store_module
from fitment.harness.gate.errors import BaselineError
from fitment.harness.gate.history import History
from fitment.harness.gate.store import AcceptError, Store, StoreError, folder_of
from fitment.registry.storage import journal, locks

from tests.harness.gate.reports import baseline, judged, report

KEEPS = """
import sys
from pathlib import Path
from fitment.harness.gate.store import Store
from tests.harness.gate.reports import report
for at in range(20):
    Store(Path(sys.argv[1])).keep_run(report(int(sys.argv[2]) + at))
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One in which nothing is kept yet."""
    return Store(tmp_path / ".fitment-gate")


def test_what_is_kept_comes_back_in_its_order(store: Store) -> None:
    """Runs, a named baseline with its file, and an acceptance of each by the start of its id."""
    assert store.history() == History()
    assert not store.folder.exists()
    store.keep_run(report(0x1A000000))
    recording = store.keep_recording(baseline(), "nightly")
    first = store.accept("1a", " it is\n slower on purpose ", "me")
    second = store.accept(recording, "new machine", "you")
    history = store.history()
    assert history.runs == (report(0x1A000000),)
    assert [(each.id, each.name) for each in history.recordings] == [(recording, "nightly")]
    assert history.acceptances == (first, second)
    assert (first.run, first.reason, first.who) == ("1a000000", "it is\n slower on purpose", "me")
    assert first.at.endswith("+00:00")
    assert first.baseline.label == "accepted run 1a000000"
    assert second.baseline == baseline() == store.baseline("nightly")
    assert store.baseline(str(store.folder / "baselines" / "nightly.json")) == baseline()
    assert "events.log" in (store.folder / ".gitignore").read_text()


def test_git_takes_the_baselines_and_leaves_the_history(store: Store) -> None:
    """What ``git add`` finds in the folder is the named baseline, and the line that says why."""
    subprocess.run(["git", "init", "-q", store.folder.parent], check=True)
    store.keep_recording(baseline(), "nightly")
    command = ["git", "-C", store.folder.parent, "ls-files", "--others", "--exclude-standard"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert found == [".fitment-gate/.gitignore", ".fitment-gate/baselines/nightly.json"]


def test_two_gates_at_once_both_keep_their_runs(store: Store) -> None:
    """Two processes with 20 runs each: 40 runs, and the journal is sound."""
    command = [sys.executable, "-c", KEEPS, store.folder]
    both = [subprocess.Popen([*command, str(start)], cwd=Path.cwd()) for start in (0, 100)]
    assert [each.wait() for each in both] == [0, 0]
    ids = sorted(int(run.id, 16) for run in store.history().runs)
    assert ids == [*range(20), *range(100, 120)]


def test_a_line_that_a_crash_cut_off_heals(store: Store) -> None:
    """It is not read, and the next run takes its place."""
    store.keep_run(report(1))
    store.keep_run(report(2))
    log = journal.log_of(store.folder)
    log.write_bytes(log.read_bytes()[:-100])
    assert [run.id for run in store.history().runs] == ["00000001"]
    store.keep_run(report(3))
    assert [run.id for run in store.history().runs] == ["00000001", "00000003"]


def test_damage_is_one_line_with_a_way_out(store: Store) -> None:
    """A changed digit in the middle is neither read nor written over."""
    store.keep_run(report(1))
    store.keep_run(report(2))
    log = journal.log_of(store.folder)
    log.write_bytes(log.read_bytes().replace(b"tests/test_sum", b"tests/test_bum", 1))
    with pytest.raises(StoreError, match="is damaged: restore it from where it was cached") as error:
        store.history()
    assert (error.value.exit_code, "\n" in str(error.value)) == (4, False)
    log.write_bytes(log.read_bytes()[:-2] + b"!\n")
    with pytest.raises(StoreError, match="is damaged"):
        store.keep_run(report(3))


@pytest.mark.parametrize("body", [{}, {"report": {}}, {"report": {"base": 3}}])
def test_a_sound_line_that_is_no_run_is_damage(store: Store, body: dict[str, object]) -> None:
    """A journal of another program's making is no history."""
    store.folder.mkdir()
    journal.append(store.folder, "gated", body)
    with pytest.raises(StoreError, match="is damaged"):
        store.history()


def test_a_newer_fitment_s_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its history is not read as if it were ours; a kind of event that is new here is passed over."""
    store.keep_run(report(1))
    journal.append(store.folder, "dreamt", {"of": "more"})
    assert len(store.history().runs) == 1
    monkeypatch.setattr(journal, "EVENT_VERSION", journal.EVENT_VERSION - 1)
    with pytest.raises(StoreError, match="use a newer fitment"):
        store.history()


def test_a_folder_that_can_t_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in its place, a link in the log's place, and a lock that another gate keeps."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="name another folder with --store, or FITMENT_GATE_STORE"):
        Store(tmp_path / "file").keep_run(report(1))
    store = Store(tmp_path / "store")
    store.folder.mkdir()
    journal.log_of(store.folder).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="symbolic link"):
        store.keep_run(report(1))
    assert not (tmp_path / "elsewhere").exists()
    monkeypatch.setattr(store_module, "_WAIT_S", 0.0)
    with locks.hold(store.folder / "lock", 1.0), pytest.raises(StoreError, match="is in use by"):
        store.keep_run(report(1))


@pytest.mark.parametrize(
    ("asked", "reason", "said"),
    [
        ("000000", "why", "'000000' begins several runs: 00000001, 00000002; say more"),
        ("00000009", "why", "no run '00000009': did you mean 0000000"),
        ("feed", "why", "no run 'feed': the last one is 00000002; `fitment gate history` lists them"),
        ("", "why", "no run ''"),
        ("00000001", " \n", "a reason is needed"),
    ],
)
def test_what_can_t_be_accepted_is_said(store: Store, asked: str, reason: str, said: str) -> None:
    """With the run that was meant, or where they are listed; nothing is kept of it."""
    store.keep_run(report(1, judged()))
    store.keep_run(report(2))
    with pytest.raises(AcceptError, match=said):
        store.accept(asked, reason, "me")
    assert store.history().acceptances == ()


def test_without_runs_there_is_nothing_to_accept(store: Store) -> None:
    """And the way out is a run."""
    with pytest.raises(AcceptError, match="run the gate first"):
        store.accept("1", "why", "me")
    assert not store.folder.exists()


@pytest.mark.parametrize("name", ["", ".hidden", "-x", "a b", "x" * 101, "é"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    """Nothing of it reaches a path."""
    for attempt in (lambda: store.baseline(name), lambda: store.keep_recording(baseline(), name)):
        with pytest.raises(BaselineError, match="is no baseline's name"):
            attempt()
    assert store.history() == History()


def test_a_name_that_is_not_there_names_the_near_one(store: Store) -> None:
    """Or how the first one is made; one with a '/' is a file."""
    with pytest.raises(BaselineError, match="there are none yet; `fitment gate record nihgtly -- COMMAND`"):
        store.baseline("nihgtly")
    store.keep_recording(baseline(), "nightly")
    with pytest.raises(BaselineError, match="did you mean 'nightly'"):
        store.baseline("nihgtly")
    with pytest.raises(BaselineError, match="can't read the baseline"):
        store.baseline("no/such")


def test_the_folder_is_the_one_asked_for_else_the_project_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--store, the variable, one within the repository, else its root; without a repository, here."""
    monkeypatch.delenv("FITMENT_GATE_STORE", raising=False)
    below = tmp_path / "repository" / "package" / "tests"
    below.mkdir(parents=True)
    assert folder_of(below) == below / ".fitment-gate"
    (tmp_path / "repository" / ".git").mkdir()
    (tmp_path / ".fitment-gate").mkdir()  # outside the repository
    assert folder_of(below) == tmp_path / "repository" / ".fitment-gate"
    (tmp_path / "repository" / "package" / ".fitment-gate").mkdir()
    assert folder_of(below) == tmp_path / "repository" / "package" / ".fitment-gate"
    monkeypatch.setenv("FITMENT_GATE_STORE", os.fspath(tmp_path / "variable"))
    assert folder_of(below) == tmp_path / "variable"
    assert folder_of(below, tmp_path / "asked") == tmp_path / "asked"
