"""The newest ecosystem of a store: built, opened again, and healed."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.errors import ImportFileError, NoResultsError, StoreDamagedError
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kept.build import build_lineage
from fitment.registry.lineage.kept.opened import open_lineage
from fitment.registry.storage import doctor, journal, rebuild
from fitment.registry.storage.store import Store

from tests.registry.lineage.files import BASE, ROWS, TUNED, write_csv, write_parquet


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with a lineage of three models; not to be changed."""
    folder = tmp_path_factory.mktemp("lineage")
    bad = dict(BASE) | {"model_id": "bad/likes", "likes": "-1"}
    build_lineage(Store.open(folder / "x.duckdb", create=True), write_csv(folder / "m.csv", [*ROWS, bad]))
    return folder


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """The database of such a store of the test's own."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path / "x.duckdb"


def arrays(found: Ecosystem) -> dict[str, bytes]:
    return {name: found._arrays[name].tobytes() for name in found._arrays}


def events(path: Path) -> list[str]:
    return [record.event.kind for record in journal.scan(journal.folder_of(path))]


def test_what_was_built_is_opened(path: Path) -> None:
    """From which file, how many rows it had, and who is whose parent."""
    found = open_lineage(path)
    assert (found.file, found.rows, len(found), found.notices) == ("m.csv", 4, 3, ())
    assert found.edges.parent.tolist() == [0, 0, 1]
    assert found.quarantine.lines.tolist() == [5]
    assert found.recorded_at is not None
    with pytest.raises(ValueError, match="read-only"):
        found.likes[0] = 1


def test_what_was_just_built_is_what_is_opened(path: Path) -> None:
    """The same arrays, and nobody can write into them either."""
    made = build_lineage(Store.open(path), write_csv(path.parent / "o.csv", [TUNED, BASE])).ecosystem
    opened = open_lineage(path)
    assert arrays(made) == arrays(opened)
    assert {name: made._arrays[name].dtype for name in made._arrays} == {
        name: opened._arrays[name].dtype for name in opened._arrays
    }
    assert (made.file, made.rows, made.recorded_at) == (opened.file, opened.rows, opened.recorded_at)
    with pytest.raises(ValueError, match="read-only"):
        made.likes[0] = 1


def test_the_same_content_again_changes_nothing(path: Path) -> None:
    """Under whichever name; another file becomes the newest, and the first once more after it."""
    before = events(path)
    again = build_lineage(Store.open(path), shutil.copy(path.parent / "m.csv", path.parent / "n.csv"))
    assert (again.new, again.ecosystem.file, events(path)) == (False, "m.csv", before)
    other = build_lineage(Store.open(path), write_parquet(path.parent / "o.parquet", [BASE]))
    assert (other.new, len(open_lineage(path))) == (True, 1)
    assert build_lineage(Store.open(path), path.parent / "m.csv").new
    assert len(open_lineage(path)) == 3
    assert events(path) == [*before, "lineage_built", "lineage_built"]


def test_nothing_there(tmp_path: Path) -> None:
    """Neither a store nor a lineage in it: one line says what to run."""
    for _ in range(2):
        with pytest.raises(NoResultsError, match=r"no lineage at .*: run `fitment lineage build FILE`"):
            open_lineage(tmp_path / "x.duckdb")
        assert not (tmp_path / "x.lineage").exists()
        Store.open(tmp_path / "x.duckdb", create=True)


def test_a_file_that_is_none_leaves_the_store_alone(path: Path) -> None:
    """A header alone, another ending, no file: nothing is appended."""
    before = events(path)
    for name, content in (
        ("m.txt", b"a"),
        ("h.csv", b"model_id,parent_model\n"),
        ("e.csv", b""),
        ("e.parquet", b""),
    ):
        (path.parent / name).write_bytes(content)
        with pytest.raises(ImportFileError, match=name):
            build_lineage(Store.open(path), path.parent / name)
    for name in ("absent.csv", "x.lineage"):
        with pytest.raises(ImportFileError, match="name a CSV or Parquet file of models"):
            build_lineage(Store.open(path), path.parent / name)
    assert events(path) == before


@pytest.mark.parametrize("what", ["gone", "bits", "cut", "manifest", "older format"])
def test_damaged_arrays_are_made_again(path: Path, what: str) -> None:
    """From the rows in the journal, with the same numbers, and once."""
    expected = arrays(open_lineage(path))
    (folder,) = path.with_suffix(".lineage").iterdir()
    if what == "gone":
        shutil.rmtree(folder.parent)
    elif what == "older format":
        folder.rename(folder.with_name(folder.name + "0"))
    elif what == "manifest":
        (folder / "manifest.json").write_text("{}")
    else:
        for file in folder.glob("*.npy"):
            raw = file.read_bytes()
            flipped = raw[:-1] + bytes([raw[-1] ^ 1])
            file.write_bytes(flipped if what == "bits" else raw[:-1])
    assert arrays(open_lineage(path)) == expected
    again = open_lineage(path)
    assert arrays(again) == expected
    assert not again._arrays.made  # type: ignore[attr-defined]


def test_rebuild_and_doctor_keep_it(path: Path) -> None:
    """A rebuilt database, or a segment that is damaged on one side: the same lineage."""
    expected = arrays(open_lineage(path))
    path.unlink()
    rebuild.rebuild(path)
    (segment,) = (path.with_suffix(".journal") / "segments").iterdir()
    segment.write_bytes(b"damaged")
    shutil.rmtree(path.with_suffix(".lineage"))
    with pytest.raises(StoreDamagedError, match="run `fitment doctor`"):
        open_lineage(path)
    report = doctor.examine(path)
    assert report.healthy
    assert report.repairs == (f"{segment}: written again from the database",)
    assert arrays(open_lineage(path)) == expected
    with Store.open(path).reading() as con:
        assert con.execute("SELECT file, models, rejected FROM lineage_builds").fetchall() == [
            ("m.csv", 3, 1)
        ]


def test_arrays_that_are_held_outlive_a_newer_build(path: Path) -> None:
    """Who has opened a lineage keeps it, also the parts that he has not asked for yet."""
    held = open_lineage(path)
    build_lineage(Store.open(path), write_csv(path.parent / "o.csv", [TUNED]))
    assert len(open_lineage(path)) == 1
    assert len(held) == 3
    np.testing.assert_array_equal(held.likes, [10, 4, np.nan])
