"""Arrays in a folder that may be thrown away."""

from __future__ import annotations

import os
import pickle
import zlib
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.lineage.kept import array_folder
from fitment.registry.lineage.kept.array_folder import ArraysDamagedError, folder_beside, key_of

ARRAYS = {
    "whole": np.arange(1000, dtype=np.int32),
    "none": np.zeros(0, np.float64),
    "when": np.array(["2020-01-01", "NaT"], "datetime64[us]"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    array_folder.write(tmp_path / "x.lineage", "k", ARRAYS)
    return tmp_path / "x.lineage"


def test_what_was_written_comes_back(folder: Path) -> None:
    """Read-only, also once another folder has taken the place of this one."""
    held = array_folder.read(folder, "k")
    array_folder.write(folder, "other", {})
    assert os.listdir(folder) == ["other"]
    assert set(held) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert held[name].dtype == array.dtype
        np.testing.assert_array_equal(held[name], array)
        assert not held[name].flags.writeable


@pytest.mark.parametrize("at", [0, 9, 60, 200, -1])
def test_a_flipped_bit_is_found_when_the_array_is_first_used(folder: Path, at: int) -> None:
    """In its header or its numbers; the others can be used."""
    file = folder / "k" / "whole.npy"
    raw = bytearray(file.read_bytes())
    raw[at] ^= 4
    file.write_bytes(raw)
    held = array_folder.read(folder, "k")
    assert len(held["when"]) == 2
    with pytest.raises(ArraysDamagedError, match="the array whole is damaged"):
        held["whole"]


def test_a_file_cut_off_or_missing(folder: Path) -> None:
    """Is found likewise."""
    os.truncate(folder / "k" / "whole.npy", 500)
    (folder / "k" / "when.npy").unlink()
    held = array_folder.read(folder, "k")
    for name in ("whole", "when"):
        with pytest.raises(ArraysDamagedError):
            held[name]


@pytest.mark.parametrize(
    "said", [b"", b"{}", b'{"arrays": 3}', b'{"arrays": {"whole": [1]}}', b"\xff", b"[" * 10**5]
)
def test_a_manifest_that_is_none(folder: Path, said: bytes) -> None:
    """Makes the folder a damaged one, and no folder is one too."""
    (folder / "k" / "manifest.json").write_bytes(said)
    for key in ("k", "absent"):
        with pytest.raises(ArraysDamagedError):
            array_folder.read(folder, key)


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """Neither in the place of a file nor of a folder; nothing outside is read, written or removed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    file = folder / "k" / "whole.npy"
    file.rename(outside / "whole.npy")
    file.symlink_to(outside / "whole.npy")
    with pytest.raises(ArraysDamagedError):
        array_folder.read(folder, "k")["whole"]
    (folder / "old").symlink_to(outside)
    array_folder.write(folder, "k", ARRAYS)
    assert (outside / "kept").read_text() == "kept"
    (tmp_path / "y.lineage").symlink_to(outside)
    with pytest.raises(OSError, match=r"Not a directory|symbolic"):
        array_folder.write(tmp_path / "y.lineage", "k", ARRAYS)
    with pytest.raises(ArraysDamagedError):
        array_folder.read(tmp_path / "y.lineage", "k")
    assert sorted(os.listdir(outside)) == ["kept", "whole.npy"]


class Evil:
    """What runs when it is unpickled."""

    def __reduce__(self) -> object:
        return os.mkdir, ("ran",)


def test_nothing_is_unpickled(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where somebody makes an array of objects fit the manifest."""
    monkeypatch.chdir(tmp_path)
    file = folder / "k" / "whole.npy"
    np.save(file, np.array([None], object), allow_pickle=True)
    raw = file.read_bytes()
    raw = raw[: raw.index(b"\n") + 1] + pickle.dumps(Evil())
    file.write_bytes(raw)
    (folder / "k" / "manifest.json").write_text(f'{{"arrays": {{"whole": [{len(raw)}, {zlib.crc32(raw)}]}}}}')
    with pytest.raises((ArraysDamagedError, ValueError)):
        array_folder.read(folder, "k")["whole"]
    assert not (tmp_path / "ran").exists()


def test_where_they_lie() -> None:
    """Beside the database, by the segment that they are made from."""
    assert folder_beside(Path("a/lab.v1")) == Path("a/lab.v1.lineage")
    assert folder_beside(Path("a/x.duckdb")) == Path("a/x.lineage")
    assert key_of("ab" * 32) == f"{'ab' * 16}-{array_folder.FORMAT}"
