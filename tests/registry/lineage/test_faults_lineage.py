"""The faults that reach a build: its process dies between any two steps, or its folder can't be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.registry.errors import NoResultsError
from fitment.registry.lineage.kept.build import build_lineage
from fitment.registry.lineage.kept.opened import open_lineage
from fitment.registry.storage import doctor, journal
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.lineage.files import write_csv

KILLER = Path(__file__).parents[1] / "storage" / "killer.py"


def edges(path: Path) -> list[int]:
    """The parents of the three edges; none where there is no lineage."""
    try:
        return open_lineage(path).edges.parent.tolist()
    except NoResultsError:
        return []


def test_F03_a_build_is_whole_wherever_its_process_dies(tmp_path: Path) -> None:
    """Before its event is journalled there is none; from then on it is there once, with all its arrays."""
    template = tmp_path / "template"
    template.mkdir()
    Store.open(template / "x.duckdb", create=True)
    write_csv(template / "m.csv")
    names = ("build_lineage", "decide", "_append", "kept", "write", "_write_all", "lineage_built")
    command = [sys.executable, str(KILLER), "build", str(template), str(tmp_path), "20", *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    count, code = map(int, done.stdout.split())
    assert code == 0, done.stderr
    assert count > 3
    held = []
    for number in range(count + 1):
        path = tmp_path / str(number) / "x.duckdb"
        held.append(edges(path))
        kinds = [record.event.kind for record in journal.scan(journal.folder_of(path))]
        assert kinds.count("lineage_built") == len(held[-1]) // 3
        assert decisions.query(Store.open(path), "SELECT count(*) FROM lineage_builds") == [
            (len(held[-1]) // 3,)
        ]
    assert held == sorted(held)  # at some step it became durable, and stayed
    assert (held[0], held[-1]) == ([], [0, 0, 1])
    assert build_lineage(Store.open(tmp_path / "0" / "x.duckdb"), tmp_path / "0" / "m.csv").new
    assert doctor.examine(tmp_path / "1" / "x.duckdb").healthy


@pytest.mark.parametrize("place", ["a file", "a link"])
def test_F24_what_stands_in_the_folders_place(tmp_path: Path, place: str) -> None:
    """Is neither written through nor removed: the answers come from memory, and a line says so."""
    path, outside = tmp_path / "x.duckdb", tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "x.lineage"
    folder.symlink_to(outside) if place == "a link" else folder.write_text("mine")
    built = build_lineage(Store.open(path, create=True), write_csv(tmp_path / "m.csv"))
    assert len(built.ecosystem) == 3
    found = open_lineage(path)
    assert found.edges.parent.tolist() == [0, 0, 1]
    assert [notice for notice in found.notices if "x.lineage can't be written" in notice]
    assert os.listdir(outside) == []
