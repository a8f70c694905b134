"""Arrays that are mapped from their folder, or made again."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.lineage.kept.kept_arrays import KeptArrays, kept

ARRAYS = {"a": np.arange(5), "b": np.arange(3.0)}


class Maker:
    """Makes the arrays, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, np.ndarray]:
        self.times += 1
        return {name: array.copy() for name, array in ARRAYS.items()}


def test_they_are_made_once(tmp_path: Path) -> None:
    """And mapped from then on."""
    make = Maker()
    for _ in range(2):
        held = KeptArrays(tmp_path / "x.lineage", "k", make)
        assert {name: held[name].tolist() for name in held} == {"a": [0, 1, 2, 3, 4], "b": [0, 1, 2]}
        assert (len(held), held.notices) == (2, [])
    assert make.times == 1


def test_a_damaged_one_is_made_again_when_it_is_asked_for(tmp_path: Path) -> None:
    """Never a wrong number; what was asked for before stays as it was."""
    make = Maker()
    kept(tmp_path / "x.lineage", "k", ARRAYS)
    (tmp_path / "x.lineage" / "k" / "b.npy").write_bytes(b"x" * 152)
    held = KeptArrays(tmp_path / "x.lineage", "k", make)
    first = held["a"]
    assert held["b"].tolist() == [0, 1, 2]
    assert (make.times, first.tolist()) == (1, [0, 1, 2, 3, 4])
    assert KeptArrays(tmp_path / "x.lineage", "k", make)["b"].tolist() == [0, 1, 2]
    assert make.times == 1


def test_a_name_that_there_is_not(tmp_path: Path) -> None:
    """Is looked for among arrays made anew, once."""
    make = Maker()
    kept(tmp_path / "x.lineage", "k", ARRAYS)
    held = KeptArrays(tmp_path / "x.lineage", "k", make)
    for _ in range(2):
        with pytest.raises(KeyError):
            held["c"]
    assert make.times == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    """Costs nothing but the time to make them."""
    tmp_path.chmod(0o555)
    held = KeptArrays(tmp_path / "x.lineage", "k", Maker())
    assert held["a"].tolist() == [0, 1, 2, 3, 4]
    assert "can't be written (Permission denied)" in held.notices[0]


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    """Stays as it is; the arrays lie in memory, read-only, and a line says so."""
    (tmp_path / "x.lineage").write_text("mine")
    held = KeptArrays(tmp_path / "x.lineage", "k", Maker())
    assert held["a"].tolist() == [0, 1, 2, 3, 4]
    assert not held["a"].flags.writeable
    (notice,) = held.notices
    assert notice.endswith("can't be written (Not a directory): what it would hold is made anew each time")
    assert (tmp_path / "x.lineage").read_text() == "mine"
