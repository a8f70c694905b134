"""The DuckDB file, opened safely and recognised."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fitment.registry.errors import ForeignFileError, StoreBusyError
from fitment.registry.storage import database
from fitment.registry.storage.journal import START


def test_a_created_database_says_what_it_is(tmp_path: Path) -> None:
    """The meta row holds our format, the store's id and that nothing is applied yet."""
    database.create(tmp_path / "x.duckdb", "id").close()
    with database.connect(tmp_path / "x.duckdb", read_only=True) as con:
        meta = database.identify(con, tmp_path / "x.duckdb")
    assert meta == database.Meta(database.SCHEMA_VERSION, "id", START)


def test_derived_tables_exist(tmp_path: Path) -> None:
    """Each table that is called derived is one of the schema's."""
    with database.create(tmp_path / "x.duckdb", "id") as con:
        assert set(database.tables(con)) > database.DERIVED


def test_names_from_users_reach_no_file(tmp_path: Path) -> None:
    """A query can't read or write files beside the database."""
    with database.create(tmp_path / "x.duckdb", "id") as con, pytest.raises(duckdb.PermissionException):
        con.execute(f"COPY meta TO '{tmp_path}/stolen.csv'")
    assert not (tmp_path / "stolen.csv").exists()


def test_another_connection_of_this_process_is_named_as_such(tmp_path: Path) -> None:
    """A reader beside a writer in one process is busy, not an error of DuckDB's."""
    with (
        database.create(tmp_path / "x.duckdb", "id"),
        pytest.raises(StoreBusyError, match="in use by this process"),
    ):
        database.connect(tmp_path / "x.duckdb", read_only=True)


def test_contents_do_not_depend_on_order_but_on_every_value(tmp_path: Path) -> None:
    """The hash of a table is the same for rows in another order and differs for another value."""
    with database.create(tmp_path / "x.duckdb", "id") as con:
        found = []
        for rows in ([(1, "a"), (2, "b")], [(2, "b"), (1, "a")], [(1, "a"), (2, "c")]):
            con.execute("DELETE FROM unapplied")
            con.executemany("INSERT INTO unapplied VALUES (?, ?)", rows)
            found.append(database.contents(con, "unapplied"))
    assert found[0] == found[1] != found[2]
    assert found[0][0] == 2


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE t (x INT)", "CREATE TABLE meta AS SELECT 'other' AS format"]
)
def test_another_program_s_database_is_foreign(tmp_path: Path, statement: str) -> None:
    """Without our meta row a database is not ours, even with a table of that name."""
    with duckdb.connect(str(tmp_path / "x.duckdb")) as con:
        con.execute(statement)
        with pytest.raises(ForeignFileError, match="not a fitment store; use another --db-path"):
            database.identify(con, tmp_path / "x.duckdb")


def test_a_link_to_a_database_leads_to_its_own_folder(tmp_path: Path) -> None:
    """The journal lies beside the file itself, not beside a link to it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "link.duckdb").symlink_to(tmp_path / "data" / "x.duckdb")
    assert database.checked(tmp_path / "link.duckdb") == tmp_path.resolve() / "data" / "x.duckdb"
