from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.checkpoints.blobs import folder_beside, name_of
from fitment.registry.checkpoints.facts import CheckpointDamagedError
from fitment.registry.checkpoints.fetch import fetch_checkpoint
from fitment.registry.checkpoints.kept import StoredFile
from fitment.registry.checkpoints.local_blobs import LocalBlobs
from fitment.registry.checkpoints.verify import verify_checkpoints
from fitment.registry.errors import RefusedError, StoreFullError
from fitment.registry.storage.store import Store


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("url", [None, "memory://fetch"])
def test_what_is_fetched_is_what_was_added(
    url: str | None, store: Store, model: Path, tmp_path: Path
) -> None:
    """Into a new folder or an empty one; without a version the newest."""
    add_checkpoint(store, model / "README.md", "m", "v1", url)
    add_checkpoint(store, model, "m", "v2", url)
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        fetched = fetch_checkpoint(store, "m", None, tmp_path / name)
        assert (fetched.version, fetched.files) == ("v2", 6)
        assert contents(tmp_path / name) == contents(model)
    assert fetch_checkpoint(store, "m", "v1", tmp_path / "old").files == 1


@pytest.mark.parametrize("damage", ["cut off", "altered", "missing"])
def test_damage_is_named_and_nothing_is_written(
    damage: str, store: Store, model: Path, tmp_path: Path
) -> None:
    """Not even the files before it."""
    added = add_checkpoint(store, model, "m", "v1")
    path = folder_beside(store.path) / name_of(added.files[-1].sha256)
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(content[:-1] if damage == "cut off" else content[:-1] + b"!")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(
        CheckpointDamagedError, match=rf"^optimizer/state\.pt of m v1 is {damage}: .*nothing was written"
    ):
        fetch_checkpoint(store, "m", "v1", tmp_path / "new")
    assert sorted(os.listdir(tmp_path)) == before


def test_a_folder_that_is_there_is_left_alone(store: Store, model: Path, tmp_path: Path) -> None:
    """Also a file, and a link to an empty folder."""
    add_checkpoint(store, model, "m", "v1")
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    for name in ("model", "file", "link"):
        with pytest.raises(RefusedError, match="is there already"):
            fetch_checkpoint(store, "m", "v1", tmp_path / name)
    for name in ("no/such/folder", "x" * 300, "a\0b"):
        with pytest.raises(RefusedError, match="can't"):
            fetch_checkpoint(store, "m", "v1", tmp_path / name)
    assert not list((tmp_path / "empty").iterdir())


@pytest.mark.parametrize("path", ["../x", "/tmp/x", "a/../../x", "a\0b", ".", ""])
def test_no_path_leads_out_of_the_folder(
    path: str, store: Store, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where a database holds one, which its journal can't."""
    added = add_checkpoint(store, model / "README.md", "m", "v1")
    bad = StoredFile(path, added.files[0].sha256, added.files[0].size_bytes)
    monkeypatch.setattr("fitment.registry.checkpoints.fetch.files_of", lambda *_: (bad,))
    with pytest.raises(CheckpointDamagedError, match="is no path inside a folder"):
        fetch_checkpoint(store, "m", "v1", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_blob_that_fails_to_be_read_is_named_as_that(
    store: Store, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as the folder's fault."""
    add_checkpoint(store, model, "m", "v1")

    class Failing(io.BytesIO):
        def readinto(self, buffer: Any, /) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(LocalBlobs, "open", lambda *_: Failing())
    expected = r"README\.md of m v1 is unreadable: expected 28 bytes, Input/output error"
    with pytest.raises(CheckpointDamagedError, match=expected):
        fetch_checkpoint(store, "m", "v1", tmp_path / "new")
    assert {each.what for each in verify_checkpoints(store).damages} == {"unreadable"}


def test_a_full_disk_leaves_nothing(
    store: Store, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as that."""
    add_checkpoint(store, model, "m", "v1")
    before = sorted(os.listdir(tmp_path))

    def refusing(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", refusing)
    with pytest.raises(StoreFullError, match="No space left"):
        fetch_checkpoint(store, "m", "v1", tmp_path / "new")
    assert sorted(os.listdir(tmp_path)) == before
