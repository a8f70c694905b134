from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.storage.store import Store


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the database with all its rows."""
    with Store.open(path).reading() as con:
        names = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: con.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in names}


@pytest.mark.parametrize("scored", [True, False])
def test_rebuild_gives_the_same_tables(
    scored: bool, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All tables, ids and scores included, are as before; scores that were not there do not appear."""
    if scored:
        assert main(["score"]) == 0
        capsys.readouterr()
    before = tables(filled)
    assert bool(before["estimates"]) is scored
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out == "4 results from 6 events\n"
    assert tables(filled) == before


def test_a_deleted_database_comes_back_with_scores(filled: Path) -> None:
    """The journal is enough."""
    assert main(["score"]) == 0
    before = tables(filled)
    filled.unlink()
    assert main(["rebuild"]) == 0
    assert tables(filled) == before


def test_F15_a_damaged_database_comes_back(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Random bytes in its place are put aside, never read as results, and the results are there again."""
    assert main(["score"]) == 0
    before = tables(filled)
    filled.write_bytes(b"\x00random" * 10_000)
    capsys.readouterr()
    assert main(["rebuild"]) == 0
    assert "put aside as" in capsys.readouterr().out
    assert tables(filled) == before
    assert list(filled.parent.glob("filled*corrupt*"))


def test_without_a_journal_there_is_nothing_to_rebuild(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The missing journal is named, with exit code 2."""
    assert main(["rebuild", "--db-path", str(tmp_path / "no.duckdb")]) == 2
    assert capsys.readouterr().err.startswith("fitment: no journal at ")
