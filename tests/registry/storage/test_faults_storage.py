"""The faults that reach the store, by their numbers: real files, real processes, real signals."""

from __future__ import annotations

import errno
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from fitment.registry.errors import (
    DatabasePathError,
    FitmentError,
    ForeignFileError,
    NewerStoreError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
)
from fitment.registry.storage import database, doctor, journal, rebuild
from fitment.registry.storage.files import refused
from fitment.registry.storage.store import Store

from tests.registry.storage import examples

KILLER = Path(__file__).with_name("killer.py")
DATA = Path(__file__).with_name("data")


def child(script: str, *arguments: object) -> str:
    """What a Python process that runs ``script`` prints."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode in (0, -9), done.stderr
    return done.stdout


def killed_copies(action: str, template: Path, folder: Path, stride: int, *names: str) -> list[Path]:
    """Databases whose process was killed one step later each time; in the last one it came to its end."""
    command = [sys.executable, str(KILLER), action, str(template), str(folder), str(stride), *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    count, code = map(int, done.stdout.split())
    assert code == 0, done.stderr
    assert count > 5
    return [folder / str(number) / "x.duckdb" for number in range(count + 1)]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The content of every file under ``folder``."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# Interrupted


def test_F03_kill_between_journal_and_database(template: Path, tmp_path: Path) -> None:
    """Wherever the process dies, what was acknowledged is there once and nothing is there twice."""
    names = ("apply.py", "projection.py", "store.py", "journal.py", "segments.py")
    before = examples.results(template / "x.duckdb")
    stored = []
    for path in killed_copies("append", template, tmp_path, 6, *names):
        store = Store.open(path)
        found = examples.results(path)
        acknowledged = path.with_name("acknowledged")
        new = [21] if len(list(store.events())) == 10 else []
        assert found == before + new
        assert not acknowledged.exists() or new == [int(acknowledged.read_text())]
        stored.append(bool(new))
    assert stored == sorted(stored)  # at some step it became durable, and stayed
    assert {True, False} == set(stored)


def test_F04_kill_between_any_two_steps_of_a_rebuild(template: Path, tmp_path: Path) -> None:
    """There is the old or the new database, never a mixture, and the next opening is as if nothing was."""
    before = examples.tables(template / "x.duckdb")
    copies = killed_copies("rebuild", template, tmp_path, 1, "remake", "_derive", "_swap", "replace_durably")
    for path in copies:
        assert Store.open(path).notices == []
        assert examples.differing(before, examples.tables(path)) == []
    assert doctor.examine(copies[len(copies) // 2]) == doctor.DoctorReport((), ())
    assert not list(copies[len(copies) // 2].parent.glob("*.new*"))


def test_F04_kill_between_any_two_steps_of_replacing_a_damaged_database(
    template: Path, tmp_path: Path
) -> None:
    """The damaged file is aside or in place, and the next opening gives all rows."""
    before = examples.tables(template / "x.duckdb")
    damaged = tmp_path / "damaged"
    shutil.copytree(template, damaged)
    (damaged / "x.duckdb").write_bytes(b"damaged")
    (damaged / "x.duckdb.wal").write_bytes(b"left")
    for path in killed_copies("rebuild", damaged, tmp_path / "copies", 1, "_swap"):
        Store.open(path)
        assert examples.differing(before, examples.tables(path)) == []
        assert b"damaged" in [file.read_bytes() for file in path.parent.glob("x.duckdb.corrupt-*")]


def test_F11_torn_last_record(path: Path) -> None:
    """A record cut anywhere is dropped with a notice; all before it stay."""
    whole = examples.log(path).read_bytes()
    before = examples.results(path)
    journal.append(journal.folder_of(path), "sweep", {"text": "x" * 60})
    longer = examples.log(path).read_bytes()
    for cut in range(len(whole) + 1, len(longer), 9):
        examples.log(path).write_bytes(longer[:cut])
        store = Store.open(path)
        assert any("was dropped; it was never acknowledged" in notice for notice in store.notices)
        assert examples.log(path).read_bytes() == whole
    assert examples.results(path) == before


# Two processes


WRITER = """
import sys
from pathlib import Path
from fitment.registry.records import Cell, Configuration, Measurement
from fitment.registry.results.append import append_measurement
from fitment.registry.storage.store import Store
store = Store.open(Path(sys.argv[1]), create=True, wait_s=300)
for number in range(12):
    cell = Cell("m", "zoo", "", "forward", "cpu", "C, 2 cores", "8", Configuration(1, "fp32", "eager"))
    row = Measurement(cell, sys.argv[2], "ok", "2026-01-02T03:04:05+00:00", invocation=number, throughput=1.0)
    print(append_measurement(store, row), flush=True)
"""

HOLDER = """
import sys, duckdb, fcntl
file = open(sys.argv[1], "r+")
fcntl.flock(file, fcntl.LOCK_EX) if sys.argv[1].endswith("lock") else duckdb.connect(sys.argv[1])
if sys.argv[1].endswith("lock"):
    import os
    os.pwrite(file.fileno(), b"%d\\n" % os.getpid(), 0)
else:
    held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """The pid of another process that holds a lock file or a database."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.kill()


def test_F18_two_writers(tmp_path: Path) -> None:
    """Both make the store and append at once: every result is kept, each under an id of its own."""
    path = tmp_path / "x.duckdb"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, name], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    printed = [writer.communicate(timeout=600)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    acknowledged = sorted(int(number) for numbers in printed for number in numbers)
    assert acknowledged == list(range(1, 25))
    Store.open(path)
    assert examples.results(path) == acknowledged
    assert doctor.examine(path) == doctor.DoctorReport((), ())


def test_F18_a_held_journal_is_busy_after_the_wait(path: Path) -> None:
    """Who can't have the journal's lock learns whose it is."""
    store = Store.open(path, wait_s=0.2)
    with (
        held(path.with_suffix(".journal") / "lock") as pid,
        pytest.raises(StoreBusyError, match=f"process {pid} .waited 0.2 s"),
    ):
        examples.append.append_measurement(store, examples.measured())


def test_F18_a_held_database_keeps_nobody_from_appending(path: Path) -> None:
    """Results are acknowledged while another program holds the database; readers learn its pid."""
    store = Store.open(path, wait_s=0.2)
    with held(path) as pid:
        assert examples.append.append_measurement(store, examples.measured(16)) == 21
        assert Store.open(path, wait_s=0.2).pending() == 10  # what is applied can't be looked up
        with pytest.raises(StoreBusyError, match=f"process {pid}"), store.reading():
            pass
        with pytest.raises(StoreBusyError, match=f"process {pid}"):
            rebuild.rebuild(path, wait_s=0.2)
    with store.reading() as con:
        assert con.execute("SELECT batch FROM performance_results WHERE id = 21").fetchall() == [(16,)]


def test_F19_the_owner_of_the_lock_dies(path: Path) -> None:
    """A killed owner leaves its pid and no lock."""
    with held(path.with_suffix(".journal") / "lock"):
        pass
    store = Store.open(path, wait_s=0)
    assert examples.append.append_measurement(store, examples.measured()) == 21


# A disk that refuses


class FailingCalls:
    """Makes the n-th call into the system by storage's code fail, once or from then on."""

    NAMES = ("open", "write", "fsync", "replace", "ftruncate", "unlink", "mkdir")

    def __init__(self, patch: pytest.MonkeyPatch, at: int, number: int, *, once: bool) -> None:
        self.count = 0
        for name in self.NAMES:
            self._wrap(patch, name, at, number, once)

    def _wrap(self, patch: pytest.MonkeyPatch, name: str, at: int, number: int, once: bool) -> None:
        real = getattr(os, name)

        def call(*arguments: object, **options: object) -> object:
            if sys._getframe(1).f_globals["__name__"].startswith("fitment.registry.storage"):
                self.count += 1
                if self.count == at or (self.count > at and not once):
                    raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        patch.setattr(os, name, call)


def work(path: Path, acknowledged: list[int]) -> str:
    """What stopped a result and an import, noting what was acknowledged."""
    try:
        store = Store.open(path, wait_s=0)
        acknowledged.append(examples.append.append_measurement(store, examples.measured(16)))
        examples.import_lines(store, range(20, 23), "more.csv")
    except FitmentError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("number", "once"), [(errno.ENOSPC, True), (errno.ENOSPC, False), (errno.EIO, True), (errno.EROFS, False)]
)
def test_F08_F09_the_nth_call_fails(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, once: bool
) -> None:
    """For many n until a run completes: one clear error, nothing acknowledged is lost, nothing is twice."""
    before = examples.results(template / "x.duckdb")
    at = -1
    refused = True
    while refused:
        at += 2 if number == errno.ENOSPC and once else 5
        path = tmp_path / str(at) / "x.duckdb"
        shutil.copytree(template, path.parent)
        acknowledged: list[int] = []
        with monkeypatch.context() as patch:
            calls = FailingCalls(patch, at, number, once=once)
            said = work(path, acknowledged)
            assert len(said.splitlines()) <= 1
            refused = calls.count >= at
        Store.open(path)
        found = examples.results(path)
        assert found[: len(before) + len(acknowledged)] == before + acknowledged
        assert len(found) - len(before) in (0, 1, 4)  # the import whole or not at all
        shutil.rmtree(path.parent)
    assert at > 15


def test_a_read_only_disk_is_not_called_full() -> None:
    """No room would help there: another place does."""
    error = refused(Path("x.journal"), OSError(errno.EROFS, "Read-only file system"))
    assert isinstance(error, StoreFullError)
    assert "--db-path" in str(error)
    assert "make room" not in str(error)


def test_F09_a_failed_fsync_is_no_success(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be made durable is withdrawn, and appended anew only if asked again."""
    store = Store.open(path)
    log = examples.log(path).read_bytes()
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "I/O error")))
    with pytest.raises(StoreFullError, match="I/O error; earlier results are kept"):
        examples.append.append_measurement(store, examples.measured(16))
    assert examples.log(path).read_bytes() == log
    monkeypatch.setattr(os, "fsync", real)
    assert examples.append.append_measurement(store, examples.measured(16)) == 21


def test_F09_a_record_in_doubt_stops_this_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a record can be neither made durable nor withdrawn, nothing is written behind it."""
    store = Store.open(path)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        patch.setattr(os, "ftruncate", fail)
        with pytest.raises(StoreFullError, match="in doubt"):
            examples.append.append_measurement(store, examples.measured(16))
    with pytest.raises(StoreFullError, match="in doubt"):
        examples.append.append_measurement(store, examples.measured(16))
    assert examples.append.append_measurement(Store.open(path), examples.measured(32)) == 22


FILL = """
import resource, sys
from pathlib import Path
from fitment.registry.errors import StoreFullError
from fitment.registry.records import Cell, Configuration, Measurement
from fitment.registry.results.append import append_measurement
from fitment.registry.storage.store import Store
path, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
store = Store.open(path)
cell = Cell("m", "zoo", "", "forward", "cpu", "Test CPU, 2 cores", "8", Configuration(1, "fp32", "eager"))
row = Measurement(cell, "env", "ok", "2026-01-02T03:04:05+00:00", throughput=1.0, stderr_tail="x" * 3000)
try:
    while True:
        print(append_measurement(store, row), flush=True)
except StoreFullError as error:
    print(error)
with store.reading() as con:
    print(con.execute("SELECT count(*) FROM performance_results").fetchall()[0][0])
"""


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A real file system of 8 MB at ``folder``; False where this user can't mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "fitment-test", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_F08_a_full_disk(template: Path, tmp_path: Path) -> None:
    """The sweep ends with one clear error, earlier rows are readable, and it goes on when there is room.

    On a real small disk; where none can be mounted, under a real limit of file size.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as mounted:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        path = folder / "x.duckdb"
        balloon = folder / "balloon"
        if mounted:
            free = os.statvfs(folder)
            balloon.write_bytes(b"x" * (free.f_bavail * free.f_bsize - 40_000))
        limit = 0 if mounted else examples.log(path).stat().st_size + 20_000
        *acknowledged, error, readable = child(FILL, path, limit).splitlines()
        assert "earlier results are kept" in error
        assert 2 < len(acknowledged) < 500
        assert int(readable) >= 16
        balloon.unlink(missing_ok=True)
        store = Store.open(path)
        assert examples.results(path)[16:] == [int(number) for number in acknowledged]
        following = 21 + len(acknowledged)
        assert examples.append.append_measurement(store, examples.measured()) == following
        assert doctor.examine(path).healthy


def test_F21_a_read_only_folder(template: Path, tmp_path: Path) -> None:
    """Reports work where nothing can be written; an append is refused naming the path."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as mounted:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        elif os.geteuid() == 0:
            pytest.skip("root writes anywhere, and may not mount a read-only file system here")
        else:
            for entry in [*folder.rglob("*"), folder]:
                entry.chmod(0o555 if entry.is_dir() else 0o444)
        store = Store.open(folder / "x.duckdb")
        with store.reading() as con:
            assert con.execute("SELECT count(*) FROM performance_results").fetchall() == [(16,)]
        assert store.notices == []
        with pytest.raises((StoreFullError, DatabasePathError), match=r"x\.journal"):
            examples.append.append_measurement(store, examples.measured())
        if not mounted:
            for entry in [folder, *folder.rglob("*")]:
                entry.chmod(0o755)


# Damage


def test_F12_flip_in_the_middle_of_the_journal(path: Path) -> None:
    """The record is named by those who need it, and healed byte for byte from the database."""
    sound = examples.log(path).read_bytes()
    starts = [record.after.offset for record in journal.scan(journal.folder_of(path))][:-1]
    for number, start in enumerate(starts, start=2):
        bad = bytearray(sound)
        bad[start + 20 * (number % 3)] ^= 1 << number % 7
        examples.log(path).write_bytes(bad)
        with pytest.raises(StoreDamagedError, match=f"record {number} "):
            list(journal.scan(journal.folder_of(path)))
        report = doctor.examine(path)
        assert report.healthy
        assert f"healed from the database (record {number})" in report.repairs[0]
        assert examples.log(path).read_bytes() == sound


def test_F12_both_copies_damaged(path: Path) -> None:
    """Named, exit 3, and neither copy is overwritten: a rebuild refuses."""
    with database.connect(path, read_only=False) as con:
        con.execute("UPDATE events SET line = 'x'::BLOB WHERE seq = 4")
    lines = examples.log(path).read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"fp32", b"fp16")
    examples.log(path).write_bytes(b"".join(lines))
    before = bytes_of(path.parent)
    report = doctor.examine(path)
    assert not report.healthy
    assert "record 4 is damaged" in report.findings[0]
    with pytest.raises(StoreDamagedError, match="record 4") as refused:
        rebuild.rebuild(path)
    assert refused.value.exit_code == 3
    after = bytes_of(path.parent)
    assert {name: after[name] for name in before if not name.endswith("lock")} == {
        name: content for name, content in before.items() if not name.endswith("lock")
    }


LEAVE_WAL = """
import os, signal, sys
from pathlib import Path
from fitment.registry.storage import apply, journal, projection
path = Path(sys.argv[1])
apply._BATCH = 1
for number in range(6):
    body = {"sweep_id": str(number), "started_at": "2026-01-02T03:04:05+00:00", "name": "n" * 200,
            "config_text": "", "config_hash": "", "git_commit": None, "git_dirty": None, "protocol": 1}
    journal.append(journal.folder_of(path), "sweep", body)
con = projection.opened(path, 0, [])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def crashed(path: Path) -> Path:
    """A database whose last writer was killed before its write-ahead log was merged."""
    child(LEAVE_WAL, path)
    assert rebuild.wal_of(path).stat().st_size > 1000
    return path


def all_of(path: Path) -> dict[str, list[object]]:
    """All rows after an opening that brought the database up to date."""
    assert Store.open(path).pending() == 0
    return examples.tables(path)


def test_F13_truncated_write_ahead_log(crashed: Path) -> None:
    """Cut anywhere, it opens, and the journal brings what was lost."""
    content, wal = crashed.read_bytes(), rebuild.wal_of(crashed).read_bytes()
    expected = all_of(crashed)
    assert len(expected["sweeps"]) == 7
    for cut in [*range(0, len(wal), len(wal) // 12), len(wal) - 1]:
        crashed.write_bytes(content)
        rebuild.wal_of(crashed).write_bytes(wal[:cut])
        assert examples.differing(expected, all_of(crashed)) == []


def test_F13_write_ahead_log_that_outlived_its_database(crashed: Path) -> None:
    """The log of a file that is gone does not make the rebuilt one unopenable."""
    wal = rebuild.wal_of(crashed).read_bytes()
    expected = all_of(crashed)
    crashed.unlink()
    rebuild.wal_of(crashed).write_bytes(wal)
    assert examples.differing(expected, all_of(crashed)) == []
    assert not list(crashed.parent.glob("*.corrupt-*"))


def test_F14_flip_in_the_write_ahead_log(crashed: Path) -> None:
    """Found by its checksum and made again, or without effect; never a row less."""
    content, wal = crashed.read_bytes(), rebuild.wal_of(crashed).read_bytes()
    expected = all_of(crashed)
    for place in range(12):
        bad = bytearray(wal)
        bad[place * len(wal) // 12 + place] ^= 1 << place % 8
        crashed.write_bytes(content)
        rebuild.wal_of(crashed).write_bytes(bad)
        assert examples.differing(expected, all_of(crashed)) == []
    assert doctor.examine(crashed).healthy


def test_F14_rows_that_were_lost_silently(path: Path) -> None:
    """A database with fewer rows than its journal gave it is found by the doctor and made again."""
    expected = examples.tables(path)
    with database.connect(path, read_only=False) as con:
        con.execute("DELETE FROM performance_results WHERE id IN (1, 7)")
    report = doctor.examine(path)
    assert report.healthy
    assert "performance_results differed from the journal" in report.repairs[0]
    assert examples.differing(expected, examples.tables(path)) == []


@pytest.mark.parametrize("damage", ["empty", "random", "magic"])
def test_F15_our_database_is_no_database_any_more(path: Path, damage: str) -> None:
    """With the journal beside it, it is put aside and made again with the same rows."""
    expected, sound = examples.tables(path), path.read_bytes()
    bad = {
        "empty": b"",
        "random": bytes(range(256)) * 500,
        "magic": sound[:8] + b"KCUD" + sound[12:],
    }[damage]
    path.write_bytes(bad)
    store = Store.open(path)
    with store.reading():
        pass
    assert examples.differing(expected, examples.tables(path)) == []
    assert [file.read_bytes() for file in path.parent.glob("x.duckdb.corrupt-*")] == [bad]
    assert "put aside as" in store.notices[0]


def test_F15_our_database_is_cut_short(path: Path) -> None:
    """DuckDB opens it all the same; who reads what is gone is told, and the doctor makes it again."""
    expected, sound = examples.tables(path), path.read_bytes()
    path.write_bytes(sound[: len(sound) // 3])
    with pytest.raises(StoreDamagedError, match="fitment doctor"):
        read_all(path)
    assert doctor.examine(path).healthy
    assert examples.differing(expected, examples.tables(path)) == []


def read_all(path: Path) -> None:
    """Reads every row as a command would."""
    with Store.open(path).reading() as con:
        for table in database.tables(con):
            con.execute(f'SELECT * FROM "{table}"').fetchall()


def test_F15_flips_in_our_database(path: Path) -> None:
    """Wherever a bit is flipped, the doctor leaves a database with the same rows."""
    expected, sound = examples.tables(path), path.read_bytes()
    rebuilt = 0
    for place in range(5):
        bad = bytearray(sound)
        bad[place * len(sound) // 5 + 37 * place] ^= 1 << place
        path.write_bytes(bad)
        report = doctor.examine(path)
        assert report.healthy
        rebuilt += bool(report.repairs)
        assert examples.differing(expected, examples.tables(path)) == []
    assert rebuilt > 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.duckdb", b""),
        ("x.duckdb", b"notes"),
        ("x.duckdb", b"SQLite format 3\0" + b"x" * 5000),
        ("x.duckdb", b"DUCK" * 5000),
        ("x.csv", b"model,batch\nresnet18,1\n"),
        ("x.parquet", b"PAR1" + b"x" * 50),
    ],
)
def test_F15_a_file_that_is_not_ours(tmp_path: Path, name: str, content: bytes) -> None:
    """Without a journal beside it, it is refused, untouched, and nothing is made beside it."""
    (tmp_path / name).write_bytes(content)
    for create in (True, False):
        with pytest.raises(ForeignFileError, match="use another --db-path"):
            Store.open(tmp_path / name, create=create)
    assert bytes_of(tmp_path) == {name: content}


@pytest.mark.parametrize("beside", [True, False])
def test_F15_another_program_s_database(path: Path, beside: bool) -> None:
    """A valid DuckDB file without our meta is never written, replaced or put aside, journal or not."""
    if not beside:
        shutil.rmtree(path.with_suffix(".journal"))
    path.unlink()
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE theirs AS SELECT 42 AS answer")
    before = bytes_of(path.parent)
    for opening in (lambda: Store.open(path, create=True), lambda: doctor.examine(path)):
        with pytest.raises(ForeignFileError, match="not a fitment store"):
            opening()
    with pytest.raises(FitmentError):
        rebuild.rebuild(path)
    after = bytes_of(path.parent)
    assert {name: text for name, text in after.items() if not name.endswith("lock")} == {
        name: text for name, text in before.items() if not name.endswith("lock")
    }


def test_F15_a_directory(tmp_path: Path) -> None:
    """A directory in the place of the database is the user's mistake."""
    (tmp_path / "x.duckdb").mkdir()
    with pytest.raises(DatabasePathError, match="is a directory"):
        Store.open(tmp_path / "x.duckdb", create=True)


def with_storage_version(content: bytes, version: int) -> bytes:
    """A DuckDB file's bytes with another storage version and the header's checksum to match."""
    body = content[8:12] + struct.pack("<Q", version) + content[20:4096]
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", body):
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return struct.pack("<Q", checksum) + body + content[4096:]


def test_F16_newer_schema_duckdb_or_event(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused with both versions, and not a byte is touched."""

    def refused(*texts: str) -> None:
        before = bytes_of(path.parent)
        for opening in (
            lambda: Store.open(path, create=True),
            lambda: rebuild.rebuild(path),
            lambda: doctor.examine(path),
        ):
            with pytest.raises(NewerStoreError) as error:
                opening()
            assert all(text in str(error.value) for text in texts)
        after = bytes_of(path.parent)
        assert {name: after[name] for name in before if "lock" not in name} == {
            name: content for name, content in before.items() if "lock" not in name
        }

    sound = path.read_bytes()
    path.write_bytes(with_storage_version(sound, 5000))
    refused("version number 5000", f"DuckDB {duckdb.__version__}")
    path.write_bytes(sound)
    with monkeypatch.context() as patch:
        known = journal.EVENT_VERSION
        patch.setattr(journal, "EVENT_VERSION", known + 1)
        patch.setitem(journal.UPCASTS, known, lambda raw: raw)
        journal.append(journal.folder_of(path), "sweep", {})
    refused(f"version {known + 1}", f"this fitment knows {known}")
    examples.log(path).write_bytes(examples.log(path).read_bytes().rsplit(b"\n", 2)[0] + b"\n")
    with database.connect(path, read_only=False) as con:
        con.execute("UPDATE meta SET schema_version = 99")
    refused("schema 99", f"knows {database.SCHEMA_VERSION}")


@pytest.mark.parametrize("version", ["v1"])
def test_F17_journal_of_each_release(tmp_path: Path, version: str) -> None:
    """A journal of every release opens with the rows that it had then."""
    shutil.copytree(DATA / f"journal-{version}", tmp_path / "x.journal")
    store = Store.open(tmp_path / "x.duckdb")
    held = examples.tables(store.path)
    counts = {table: len(rows) for table, rows in held.items() if rows}
    assert counts == {
        "candidates": 16,
        "environments": 2,
        "events": 9,
        "hardware_platforms": 2,
        "import_rejects": 2,
        "imports": 2,
        "meta": 1,
        "models": 4,
        "performance_results": 16,
        "result_kinds": 4,
        "samples": 2,
        "segments": 3,
        "sweeps": 1,
    }
    assert examples.results(store.path) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 17, 18, 19, 20]
    with store.reading() as con:
        row = con.execute(
            """SELECT sum(batch), sum(throughput), max(latency_p50_s), count(DISTINCT row_key),
                      count(*) FILTER (status = 'oom_host'), sum(len(latency_s))
               FROM performance_results LEFT JOIN samples ON result_id = id"""
        ).fetchall()
    assert row == [(93, 810.0, 0.1, 12, 1, 5050)]


# Hostile input


def test_F23_unusual_names_work(tmp_path: Path) -> None:
    """Spaces, line ends, quotes and other scripts in a path are only characters."""
    for name in ("a b.duckdb", "line\nend.duckdb", "'; DROP.duckdb", "ünï😀.duckdb", "-rf", "%s"):
        store = Store.open(tmp_path / name, create=True)
        examples.append.append_measurement(store, examples.measured())
        assert examples.results(store.path) == [1]


@pytest.mark.parametrize(
    "path",
    [
        Path("x" * 300 + ".duckdb"),
        Path(os.fsdecode(b"\xff.duckdb")),
        Path("nul\0.duckdb"),
        Path("/dev/null"),
        Path("x.journal"),
        Path("no/such/folder/x.duckdb"),
    ],
)
def test_F23_impossible_paths(path: Path) -> None:
    """A path that can't be a database's is the user's mistake, said in one line."""
    with pytest.raises(DatabasePathError) as refused:
        Store.open(path, create=True)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["lock", "apply.lock", "events.log"])
def test_F24_a_link_in_the_state_folder(path: Path, name: str) -> None:
    """A link that was put in the place of a file there is not followed; its target stays as it was."""
    target = path.with_name("target")
    file = path.with_suffix(".journal") / name
    target.write_bytes(file.read_bytes())
    before = target.read_bytes()
    file.unlink()
    file.symlink_to(target)
    said = work(path, [])
    assert "symbolic link" in said or name == "apply.lock"  # nothing is applied then, but results are kept
    assert target.read_bytes() == before


HOSTILE = [
    "",
    "x" * 1_000_000,
    "nul\0",
    "\u202egnp.exe",
    "🦙",
    "../../etc/passwd",
    "-rf",
    "\udc80 half",
    "%",
    "a_b",
]


def test_B04_B06_names_are_only_data(tmp_path: Path) -> None:
    """Quotes, wildcards, NUL, half characters and a megabyte are stored as they are and match literally."""
    store = Store.open(tmp_path / "x.duckdb", create=True)
    names = [*HOSTILE, "'; DROP TABLE performance_results; --", '"', "a%", "axb"]
    for name in names:
        row = examples.measured()
        row = examples.replace(row, cell=examples.replace(row.cell, model=name), detail=name)
        examples.append.append_measurement(store, row)
    assert store.notices == []
    with store.reading() as con:
        held = [
            name for (name,) in con.execute("SELECT model FROM performance_results ORDER BY id").fetchall()
        ]
        assert held == [name.encode("utf-8", "backslashreplace").decode() for name in names]
        for name in ("a_b", "a%", "%"):
            found = con.execute("SELECT count(*) FROM performance_results WHERE model = ?", [name]).fetchall()
            assert found == [(1,)]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["x.duckdb", "x.journal"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), -0.0, 0.0, -1.0])
@pytest.mark.parametrize("name", ["throughput", "latency_p50_s", "latency_p95_s"])
def test_B10_B11_numbers_that_cannot_be(tmp_path: Path, name: str, value: float) -> None:
    """Measured: NULL, the flag, and the raw text; never a number that could rank first."""
    store = Store.open(tmp_path / "x.duckdb", create=True)
    row = examples.replace(examples.measured(), flags="noisy", **{name: value})
    examples.append.append_measurement(store, row)
    with store.reading() as con:
        kept = con.execute(f"SELECT {name}, flags, detail, status FROM performance_results").fetchall()
    assert kept == [(None, "noisy,quarantined", f"quarantined: {name}={value}", "ok")]


def test_B11_more_memory_than_the_device_has(tmp_path: Path) -> None:
    """A peak beyond the device's memory is NULL with its reason; one that just fits is kept."""
    store = Store.open(tmp_path / "x.duckdb", create=True)
    row = examples.replace(examples.measured(), peak_memory_bytes=2_000, flags="")
    for capacity in (2_000, 1_999, None):
        examples.append.append_measurement(store, row, capacity_bytes=capacity)
    with store.reading() as con:
        kept = con.execute("SELECT peak_memory_bytes, flags, detail FROM performance_results").fetchall()
    reason = "quarantined: peak_memory_bytes=2000 > 1999 of the device"
    assert kept == [(2_000, "", None), (None, "quarantined", reason), (2_000, "", None)]


def test_B18_the_same_file_again(path: Path) -> None:
    """Importing a file again changes no table, not even the events."""
    before = examples.tables(path)
    outcome = examples.import_lines(Store.open(path), range(1, 13))
    assert (outcome.accepted, outcome.added, outcome.rejected) == (12, 0, 1)
    assert examples.differing(before, examples.tables(path)) == []
