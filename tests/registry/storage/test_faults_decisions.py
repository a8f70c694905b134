"""The faults that reach decisions: processes that die, that race, and that hold the database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.registry.catalogue.version_history import version_history
from fitment.registry.changes.version_change import compare_versions
from fitment.registry.results.link import link_results
from fitment.registry.storage import doctor, rebuild
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.storage import examples
from tests.registry.storage.test_faults_storage import small_disk

KILLER = Path(__file__).with_name("killer.py")
RACER = """
import sys
from pathlib import Path
from fitment.registry.catalogue.versions import add_version
from fitment.registry.storage.store import Store
print("ready", flush=True)
sys.stdin.readline()
for tag in ["same", *sys.argv[2:]]:
    print(add_version(Store.open(Path(sys.argv[1]), wait_s=300), "resnet18", tag).changed, flush=True)
"""


def test_F03_a_decision_is_whole_wherever_its_process_dies(template: Path, tmp_path: Path) -> None:
    """The version, both links and their history are there, or nothing is; doing it again completes it."""
    names = ("apply_decisions.py", "decide", "_in_order", "_in_transaction", "_append")
    command = [sys.executable, str(KILLER), "link", str(template), str(tmp_path), "7", *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    count, code = map(int, done.stdout.split())
    assert code == 0, done.stderr
    assert count > 5
    held = []
    for number in range(count + 1):
        store = Store.open(tmp_path / str(number) / "x.duckdb")
        found = version_history(store, "resnet18")
        held.append([version.linked for version in found])
        assert len(decisions.changes(store)) == 3 * len(found)
        assert decisions.query(store, "SELECT count(*) FROM unapplied") == [(0,)]
    assert held == sorted(held)  # at some step it became durable, and stayed
    assert held[0] == []
    assert held[-1] == [2]
    again = link_results(Store.open(tmp_path / "0" / "x.duckdb"), "resnet18", "v2", [1, 2])
    assert (again.created, again.linked) == (True, (1, 2))
    before = examples.tables(tmp_path / "0" / "x.duckdb")
    rebuild.rebuild(tmp_path / "0" / "x.duckdb")
    assert examples.differing(before, examples.tables(tmp_path / "0" / "x.duckdb")) == []


def test_F18_two_processes_that_add_the_same_version_at_once(path: Path) -> None:
    """One adds it, the other learns that nothing changed; all ids of all versions differ."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(path), *(f"{name}{n}" for n in range(3))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    outputs = []
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        out, _ = racer.communicate(timeout=600)
        assert racer.returncode == 0
        outputs.append(out.split())
    assert sorted(out[0] for out in outputs) == ["False", "True"]
    assert all(out[1:] == ["True"] * 3 for out in outputs)
    store = Store.open(path)
    found = version_history(store, "resnet18")
    assert sorted(version.tag for version in found) == ["a0", "a1", "a2", "b0", "b1", "b2", "same"]
    assert len({version.id for version in found}) == 7
    assert not {version.id for version in found} & set(examples.results(path))


RETRACTOR = """
import resource, sys
from fitment.harness.cli.main import main
path, limit = sys.argv[1], int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print(main(["retract", "1,2,3,4", "--db-path", path, "--reason", "x" * 1000]))
"""


def test_F08_a_decision_on_a_disk_that_is_full_after_its_record(template: Path, tmp_path: Path) -> None:
    """It is acknowledged with a note, and applied by the next command once there is room.

    On a real small disk; where none can be mounted, under a real limit of file size.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as mounted:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        path, balloon = folder / "x.duckdb", folder / "balloon"
        if mounted:
            free = os.statvfs(folder)
            balloon.write_bytes(b"x" * (free.f_bavail * free.f_bsize - 12_000))
        limit = 0 if mounted else examples.log(path).stat().st_size + 2_000
        command = [sys.executable, "-c", RETRACTOR, str(path), str(limit)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        said = done.stdout.splitlines()
        assert (said[0], said[-1]) == ("retracted: result 1–4; they count no more", "0"), done.stderr
        assert [line.split(":")[0] for line in said[1:-1]] == ["  1", "  2", "  3", "  4"]
        assert done.stderr.startswith("note: recorded, and applied by the next command that can: ")
        assert len(done.stderr.splitlines()) == 1
        balloon.unlink(missing_ok=True)
        store = Store.open(path)
        assert decisions.query(store, "SELECT result_id FROM retractions ORDER BY 1") == [
            (1,),
            (2,),
            (3,),
            (4,),
        ]
        assert len(decisions.changes(store)) == 4
        assert doctor.examine(path).healthy


THROTTLED = ("result 2", "retracted", None, "the machine was throttled")
REINSTATED = ("result 1", "reinstated", "the machine was throttled", "only result 2 was")


UNDONE = [("result 1", *THROTTLED[1:]), THROTTLED, REINSTATED]


@pytest.mark.parametrize(("version", "undone"), [(3, [THROTTLED]), (4, UNDONE), (5, UNDONE)])
def test_F17_a_journal_of_decisions_opens_as_it_was(
    tmp_path: Path, version: int, undone: list[tuple[str | None, ...]]
) -> None:
    """Every kind of decision of each journal version gives the rows, history and answers of then."""
    shutil.copytree(KILLER.with_name("data") / f"journal-v{version}", tmp_path / "x.journal")
    store = Store.open(tmp_path / "x.duckdb")
    held = examples.tables(store.path)
    decided = ("renames", "version_results", "model_aliases", "retractions", "history", "unapplied")
    assert [len(held[table]) for table in decided] == [1, 1, 1, 1, 16 + len(undone), 0]
    assert [len(held[table]) for table in ("performance_results", "calibrations", "ceilings")] == [18, 1, 2]
    assert decisions.changes(store)[13:] == [
        ("r18", "version v3", "deleted", "results 1", None),
        ("r18", "alias production", "deleted", "v2", None),
        ("r18", "alias champion", "added", None, "v1"),
        *(("r18", *change) for change in undone),
    ]
    found = version_history(store, "resnet18")
    assert [(v.tag, v.hash, v.linked, v.declared, v.aliases) for v in found] == [
        ("v1", "1f3a", 0, 0, ("champion",)),
        ("v2", "2b", 0, 1, ()),
        ("v3", None, 0, 0, ()),
    ]
    assert [[s.id for s in v.snapshots] for v in found] == [[23], [24], []]
    (row,) = compare_versions(store, "resnet18", "champion", "v2").rows
    assert [(c.configuration.batch, c.judgement) for c in row.configurations] == [
        (1, "only in v1"),
        (2, "only in v2"),
    ]
    assert [c.result_ids_1 + c.result_ids_2 for c in row.configurations] == [(1,), (2,)]
