"""The store as everybody uses it."""

from __future__ import annotations

import shutil
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from fitment.registry.errors import NoResultsError, StoreBusyError, StoreDamagedError
from fitment.registry.storage import database, projection
from fitment.registry.storage.store import Store, default_path

from tests.registry.storage import examples

DATA = Path(__file__).parent / "data"


@pytest.fixture
def store(path: Path) -> Store:
    """A filled store that doesn't wait."""
    return Store.open(path, wait_s=0)


def test_a_store_is_made_only_where_that_is_asked_for(tmp_path: Path) -> None:
    """Reading what is not there is a mistake, and makes nothing."""
    with pytest.raises(NoResultsError, match="run `fitment sweep`"):
        Store.open(tmp_path / "x.duckdb")
    assert list(tmp_path.iterdir()) == []
    Store.open(tmp_path / "x.duckdb", create=True)
    assert Store.open(tmp_path / "x.duckdb").pending() == 0


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "fitment.duckdb"),
        ({"BENCHMARK_DB_PATH": "b.duckdb"}, "b.duckdb"),
        ({"BENCHMARK_DB_PATH": "b.duckdb", "FITMENT_DB": "f.duckdb"}, "f.duckdb"),
        ({"FITMENT_DB": ""}, "fitment.duckdb"),
    ],
)
def test_the_default_path_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    """FITMENT_DB goes before BENCHMARK_DB_PATH, both before the file of this folder."""
    for name in ("FITMENT_DB", "BENCHMARK_DB_PATH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_path() == Path(expected)


def test_results_can_be_appended_while_the_database_is_in_use(store: Store) -> None:
    """A held database delays nothing: the result is acknowledged, and applied when it is free."""
    with database.connect(store.path, read_only=True):
        number = examples.append.append_measurement(store, examples.measured(16))
        assert store.pending() == 1
        assert any("the database follows later" in notice for notice in store.notices)
    with store.reading() as con:
        assert con.execute("SELECT batch FROM performance_results WHERE id = ?", [number]).fetchall() == [
            (16,)
        ]
    assert store.pending() == 0


def test_a_reader_of_this_process_does_not_stop_an_append(store: Store) -> None:
    """A result may come while its own process reads."""
    with store.reading():
        examples.append.append_measurement(store, examples.measured(16))
    assert store.pending() == 1
    with store.reading() as con:
        assert con.execute("SELECT count(*) FROM performance_results").fetchall() == [(17,)]


def test_a_reader_says_how_many_events_it_does_not_see(store: Store) -> None:
    """Behind another reader the database can't follow; what is missing is counted."""
    with store.reading():
        examples.append.append_measurement(store, examples.measured(16))
        with store.reading():
            assert "1 newest event(s) are in the journal but not yet in the database" in store.notices


@pytest.mark.parametrize("way", ["reading", "deriving"])
def test_who_must_have_the_database_learns_that_it_is_busy(store: Store, way: str) -> None:
    """Reading and deriving wait, and then name who holds it."""
    with (
        database.connect(store.path, read_only=way == "deriving"),
        pytest.raises(StoreBusyError, match="this process"),
        getattr(store, way)(),
    ):
        pass


def test_what_is_derived_is_kept_at_the_end_or_not_at_all(store: Store) -> None:
    """Derived tables change in one transaction."""
    insert = "INSERT INTO unapplied VALUES (0, 'x')"
    with suppress(ZeroDivisionError), store.deriving() as con:
        con.execute(insert)
        _ = 1 / 0
    assert examples.tables(store.path)["unapplied"] == []
    with store.deriving() as con:
        con.execute(insert)
    assert examples.tables(store.path)["unapplied"] == [(0, "x")]


def test_the_present_state_is_the_database_and_the_events_after_it(store: Store) -> None:
    """Together they are everything, whoever holds the database."""
    with store.current() as (con, later):
        assert con is not None
        assert list(later) == []
    with database.connect(store.path, read_only=False), store.current() as (con, later):
        assert con is None
        assert [event.seq for event in later] == list(range(1, 10))


def test_a_database_without_its_journal_makes_it_again(store: Store) -> None:
    """Every record and segment comes back byte for byte, and new events go on from there."""
    log = examples.log(store.path).read_bytes()
    segments = sorted(file.name for file in (store.path.with_suffix(".journal") / "segments").iterdir())
    shutil.rmtree(store.path.with_suffix(".journal"))
    again = Store.open(store.path)
    assert "was missing and was made again from the database" in again.notices[0]
    assert examples.log(store.path).read_bytes() == log
    assert sorted(f.name for f in (store.path.with_suffix(".journal") / "segments").iterdir()) == segments
    assert examples.append.append_measurement(again, examples.measured(32)) == 21


def test_a_database_that_breaks_while_the_store_is_open_is_made_again(store: Store) -> None:
    """A reader never sees the damaged file."""
    store.path.write_bytes(b"damaged")
    with store.reading() as con:
        assert con.execute("SELECT count(*) FROM performance_results").fetchall() == [(16,)]
    assert "put aside as" in store.notices[0]


def test_a_damaged_event_that_is_not_applied_yet_stops_readers_but_no_append(store: Store) -> None:
    """There is no other copy: no answer is given without it, and results are still kept."""
    with database.connect(store.path, read_only=True):
        examples.append.append_measurement(store, examples.measured(16))
        examples.append.append_measurement(store, examples.measured(32))
    lines = examples.log(store.path).read_bytes().splitlines(keepends=True)
    lines[-2] = lines[-2].replace(b"oom", b"mmo").replace(b'"batch":16', b'"batch":61')
    examples.log(store.path).write_bytes(b"".join(lines))
    with pytest.raises(StoreDamagedError, match="record 10"), store.reading():
        pass
    assert examples.append.append_measurement(store, examples.measured(64)) == 23
    assert any("record 10" in notice for notice in store.notices)


def made_old(path: Path) -> None:
    """Turns a database into one of the first schema: without what came later."""
    with database.connect(path, read_only=False) as con:
        con.execute("DROP VIEW current_results")
        for table, column in con.execute(
            """SELECT table_name, column_name FROM duckdb_columns()
               WHERE column_name IN ('pinning', 'load_average', 'throughput_low')"""
        ).fetchall():
            con.execute(f'ALTER TABLE "{table}" DROP COLUMN {column}')
        con.execute("DROP TABLE calibrations")
        con.execute("DROP TABLE ceilings")
        con.execute("UPDATE meta SET schema_version = 1")


@pytest.mark.parametrize("held", [False, True])
def test_a_store_of_an_older_release_is_rebuilt_by_itself(tmp_path: Path, held: bool) -> None:
    """Its database of the first schema, with nothing pending, gives way to one that holds the same results.

    Where another process holds the database while the store is opened, the first read does it.
    """
    shutil.copytree(DATA / "journal-v1", tmp_path / "x.journal")
    path = tmp_path / "x.duckdb"
    Store.open(path)
    new = examples.tables(path)
    made_old(path)
    with database.connect(path, read_only=True) if held else nullcontext():
        store = Store.open(path, wait_s=0)
    with store.reading() as con:
        found = con.execute("SELECT DISTINCT pinning FROM performance_results").fetchall()
    assert found == [("none",)]
    assert examples.differing(new, examples.tables(path)) == []


def test_an_older_database_is_not_replaced_by_less(path: Path) -> None:
    """A journal that has lost events is named as damaged; the database that still holds their rows stays."""
    made_old(path)
    with examples.log(path).open("rb+") as log:
        log.truncate(sum(len(line) for line in log.readlines()[:-1]))
    before = path.read_bytes()
    with pytest.raises(StoreDamagedError, match="fitment doctor"), projection.opened(path, 0, []):
        pass
    assert path.read_bytes() == before


def test_a_store_to_ask_opens_its_file_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What looked at the database serves the first reading; then, and before any write, it is let go."""
    opened: list[bool] = []
    connect = database.connect

    def counted(path: Path, *, read_only: bool, wait_s: float = 0.0) -> object:
        opened.append(read_only)
        return connect(path, read_only=read_only, wait_s=wait_s)

    monkeypatch.setattr(database, "connect", counted)
    asked = Store.to_ask(store.path)
    with asked.reading() as con:
        assert con.execute("SELECT count(*) FROM meta").fetchall() == [(1,)]
    assert opened == [True]
    with asked.reading() as con:
        assert con.execute("SELECT count(*) FROM meta").fetchall() == [(1,)]
    assert opened == [True, True]
    writing = Store.to_ask(store.path)
    examples.append.append_measurement(writing, examples.measured(16))
    assert opened == [True, True, True, False]
    assert writing.pending() == 0


def test_a_store_to_ask_follows_the_journal_first(store: Store) -> None:
    """What another process has only journalled so far is in the answer."""
    with database.connect(store.path, read_only=True):
        number = examples.append.append_measurement(store, examples.measured(16))
    with Store.to_ask(store.path).reading() as con:
        assert (number,) in con.execute("SELECT id FROM performance_results").fetchall()
