"""Everything checked against everything else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fitment.registry.errors import ForeignFileError, NoResultsError
from fitment.registry.storage import database, doctor, journal

from tests.registry.storage import examples

SCORE = """INSERT INTO task_recommendations
           SELECT 1, 't', 1, 1, 1, true, true, 1, 1, 1, 'fp32', TIMESTAMP '2026-01-01', NULL, 1"""


def test_a_sound_store_is_healthy_and_left_as_it_is(path: Path) -> None:
    """No findings, no repairs, no files left beside it."""
    before = examples.tables(path)
    assert doctor.examine(path) == doctor.DoctorReport((), ())
    assert examples.tables(path) == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["x.duckdb", "x.journal"]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM performance_results WHERE id = 2",
        "UPDATE performance_results SET throughput = throughput * 2 WHERE id = 1",
        "INSERT INTO performance_results SELECT * FROM performance_results WHERE id = 1",
        "DELETE FROM samples",
        "UPDATE events SET line = 'x'::BLOB WHERE seq = 3",
        "DROP TABLE sweeps",
    ],
)
def test_any_change_of_the_database_is_found_and_undone(path: Path, change: str) -> None:
    """The journal says what the tables hold; a database that differs is put aside and made again."""
    before = examples.tables(path)
    with database.connect(path, read_only=False) as con:
        con.execute(change)
    report = doctor.examine(path)
    assert report.healthy
    assert "differed from the journal" in report.repairs[0]
    assert examples.differing(before, examples.tables(path)) == []
    assert len(list(path.parent.glob("x.duckdb.corrupt-*"))) == 1


def test_scores_are_made_again_with_the_database(path: Path) -> None:
    """The function that fills derived tables is called for the new database."""
    with database.connect(path, read_only=False) as con:
        con.execute("DELETE FROM samples")

    def derive(con: duckdb.DuckDBPyConnection) -> None:
        con.execute(SCORE)

    doctor.examine(path, derive)
    assert len(examples.tables(path)["task_recommendations"]) == 1


def test_derived_tables_are_nobody_s_damage(path: Path) -> None:
    """Stored scores are not in the journal, and no difference."""
    with database.connect(path, read_only=False) as con:
        con.execute(SCORE)
    assert doctor.examine(path).repairs == ()


def test_an_event_that_cannot_be_applied_stands(path: Path) -> None:
    """Until a release can apply it, the store is not healthy, and says which event it is."""
    journal.append(journal.folder_of(path), "nonsense", {})
    report = doctor.examine(path)
    assert not report.healthy
    assert report.findings == ("event 10 can't be applied: KeyError: 'nonsense'",)


def test_a_missing_database_is_made_again(path: Path) -> None:
    """Everything is in the journal."""
    before = examples.tables(path)
    path.unlink()
    assert doctor.examine(path).healthy
    assert examples.differing(before, examples.tables(path)) == []


def test_where_there_is_nothing_there_is_nothing_to_examine(tmp_path: Path) -> None:
    """A path without a store is refused and nothing is made there."""
    with pytest.raises(NoResultsError, match="nothing to examine"):
        doctor.examine(tmp_path / "x.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_journal_that_is_no_database_is_foreign(tmp_path: Path) -> None:
    """It is refused and no folder is made beside it."""
    (tmp_path / "x.duckdb").write_bytes(b"hello")
    with pytest.raises(ForeignFileError):
        doctor.examine(tmp_path / "x.duckdb")
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.duckdb"]


def test_another_store_s_database_is_refused(path: Path, tmp_path: Path) -> None:
    """A database beside the journal of another store is not healed into it."""
    other = examples.fill(tmp_path / "other.duckdb").path
    before = examples.log(path).read_bytes()
    path.write_bytes(other.read_bytes())
    with pytest.raises(ForeignFileError, match="different stores"):
        doctor.examine(path)
    assert examples.log(path).read_bytes() == before
