"""Importing into a real store: by name, whole or not at all, each row once."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.configs import path as shipped
from fitment.registry.errors import ImportFileError, UnknownNameError
from fitment.registry.imports import run
from fitment.registry.imports.run import import_file, importers, read_file
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.imports.timm_file import ROWS, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "fitment.duckdb")


def stored(store: Store) -> list[tuple[object, ...]]:
    query = "SELECT model, input_shape, throughput, source_line FROM performance_results ORDER BY ALL"
    with store.reading() as con:
        return con.execute(query).fetchall()


def test_importers_are_files() -> None:
    """Every importer is a file of the folder with a read() at its top, and every such file is one."""
    folder = Path(run.__file__).parent
    reading = {file.stem for file in folder.glob("*.py") if "\ndef read(path: Path)" in file.read_text()}
    assert set(importers()) == reading
    assert importers() == tuple(sorted(importers()))


def test_unknown_importer(tmp_path: Path) -> None:
    """An unknown importer is named together with the nearest known one."""
    with pytest.raises(
        UnknownNameError, match=r'unknown importer "tim": there are peatmoss, timm; did you mean "timm"'
    ):
        read_file("tim", tmp_path / "x.csv")


@pytest.mark.parametrize("helper", ["run", "source", "../timm", ""])
def test_helpers_are_no_importers(tmp_path: Path, helper: str) -> None:
    """Nothing but an importer's own name is loaded."""
    with pytest.raises(UnknownNameError, match="unknown importer"):
        read_file(helper, tmp_path / "x.csv")


def test_twice_is_once(tmp_path: Path, store: Store) -> None:
    """The second import of a file accepts its rows and adds none."""
    first, second = (import_file(store, "timm", write(tmp_path)) for _ in range(2))
    assert (first.accepted, first.added) == (3, 3)
    assert (second.accepted, second.added) == (3, 0)
    assert len(stored(store)) == 3


@pytest.mark.parametrize("part", [ROWS[1:2], ROWS[:0:-1]])
def test_part_then_whole_is_whole_once(tmp_path: Path, store: Store, part: tuple[str, ...]) -> None:
    """A part of a file, in any order, and then the whole gives each row once."""
    assert import_file(store, "timm", write(tmp_path / "part", part)).added == len(part)
    assert import_file(store, "timm", write(tmp_path / "whole")).added == 3 - len(part)
    assert len(stored(store)) == 3


def test_broken_file_stores_nothing(tmp_path: Path, store: Store) -> None:
    """A file that breaks off after sound rows leaves no trace."""
    path = write(tmp_path, [*ROWS, "resnet101,224"])
    with pytest.raises(ImportFileError, match=r"5090.csv:5: 2 fields where the header has 8"):
        import_file(store, "timm", path)
    assert stored(store) == []


def test_rejects_are_kept(tmp_path: Path, store: Store) -> None:
    """Sound rows are stored beside a rejected one, whose file, line and reason are kept."""
    outcome = import_file(store, "timm", write(tmp_path, [ROWS[0], "x,224,,,,1.0,1.0,1.0"]))
    assert (outcome.accepted, outcome.added, outcome.rejected) == (1, 1, 1)
    with store.reading() as con:
        found = con.execute("SELECT file, line, reason FROM import_rejects").fetchall()
    assert found == [(write(tmp_path).name, 3, "infer_samples_per_sec is empty")]


def test_all_published_files(store: Store) -> None:
    """The shipped files bring 20,024 rows and 2 rejects; a second time they bring none."""
    files = sorted(shipped("published/timm").glob("*.csv"))
    for added in (20_024, 0):
        outcomes = [import_file(store, "timm", file) for file in files]
        assert sum(outcome.accepted for outcome in outcomes) == 20_024
        assert sum(outcome.added or 0 for outcome in outcomes) == added
        assert sum(outcome.rejected for outcome in outcomes) == 2
    with store.reading() as con:
        counts = con.execute("SELECT count(*), count(DISTINCT row_key) FROM performance_results").fetchall()
    assert counts == [(20_024, 20_024)]
