from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.checkpoints.blobs import Blobs, name_of
from fitment.registry.checkpoints.local_blobs import LocalBlobs
from fitment.registry.checkpoints.remote_blobs import RemoteBlobs
from fitment.registry.checkpoints.tree import SourceFile, tree
from fitment.registry.errors import RefusedError, StoreFullError

ID, OTHER = "0" * 32, "f" * 32


@pytest.fixture(params=["local", "memory", "file"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """Each kind of store; fsspec's both in memory and on a disk."""
    folder = tmp_path / "kept"
    if request.param == "local":
        return LocalBlobs(folder)
    return RemoteBlobs(f"memory://{folder}" if request.param == "memory" else f"local://{folder}")


def source(tmp_path: Path, content: bytes) -> SourceFile:
    (tmp_path / "source").write_bytes(content)
    return tree(tmp_path / "source").files[0]


def test_a_file_is_kept_once_by_its_content(blobs: Blobs, tmp_path: Path) -> None:
    """Put, put again, read, listed, removed; of what is not there the size is None."""
    blobs.begin(ID)
    blobs.begin(ID)
    sha256 = hashlib.sha256(b"content").hexdigest()
    assert blobs.size(sha256) is None
    for written in (True, False):
        kept = blobs.put(source(tmp_path, b"content"))
        assert (kept.sha256, kept.size_bytes, kept.written) == (sha256, 7, written)
    assert (blobs.size(sha256), list(blobs.blobs())) == (7, [(sha256, 7)])
    with blobs.open(sha256) as stream:
        assert stream.read() == b"content"
    assert blobs.put(source(tmp_path, b"")).size_bytes == 0
    for _ in range(2):
        blobs.remove(sha256)
    assert [size for _, size in blobs.blobs()] == [0]
    with pytest.raises(FileNotFoundError):
        blobs.open(sha256)
    assert blobs.sweep() == 0


def test_a_store_knows_whose_it_is(blobs: Blobs) -> None:
    """Nobody's before it is begun."""
    assert (blobs.databases(), list(blobs.blobs()), blobs.sweep()) == ((), [], 0)
    blobs.begin(OTHER)
    blobs.begin(ID)
    assert blobs.databases() == (ID, OTHER)


def test_a_blob_of_another_length_is_written_anew(tmp_path: Path) -> None:
    """It can only be damaged; what is there is read-only, so that a slip changes nothing."""
    blobs = LocalBlobs(tmp_path / "kept")
    blobs.begin(ID)
    kept = blobs.put(source(tmp_path, b"content"))
    path = tmp_path / "kept" / name_of(kept.sha256)
    assert not stat.S_IMODE(path.stat().st_mode) & 0o222
    path.unlink()
    path.write_bytes(b"con")
    assert blobs.put(source(tmp_path, b"content")).written
    assert path.read_bytes() == b"content"


def test_foreign_files_in_the_store_are_no_blobs(tmp_path: Path) -> None:
    """They are neither listed nor taken away; what interrupted writing left is."""
    blobs = LocalBlobs(tmp_path)
    blobs.begin(ID)
    (tmp_path / "blobs" / "sha256" / "ab").mkdir(parents=True)
    (tmp_path / "blobs" / "sha256" / "ab" / "notes").write_text("x")
    (tmp_path / "databases" / "notes").write_text("x")
    (tmp_path / "incoming" / "half").write_bytes(bytes(5))
    assert (list(blobs.blobs()), blobs.databases(), blobs.sweep(), blobs.sweep()) == ([], (ID,), 5, 0)


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, StoreFullError), (errno.EIO, StoreFullError), (errno.EACCES, RefusedError)],
)
def test_a_refusing_disk_leaves_no_half_blob(
    call: str, number: int, kind: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step; the error names the store and the way out."""
    blobs = LocalBlobs(tmp_path / "kept")
    blobs.begin(ID)
    given = source(tmp_path, b"content")

    def refusing(*_: Any) -> Any:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, refusing)
        with pytest.raises(
            kind, match=r"kept: .*; (nothing is half kept, make room|name another with --store)"
        ):
            blobs.put(given)
    assert (list(blobs.blobs()), blobs.sweep()) == ([], 0)
    assert blobs.put(given).written


def test_ctrl_c_leaves_no_half_blob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever it comes."""
    blobs = LocalBlobs(tmp_path / "kept")
    blobs.begin(ID)
    given = source(tmp_path, bytes(3 << 20))

    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    for call in ("write", "fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, call, interrupted)
            with pytest.raises(KeyboardInterrupt):
                blobs.put(given)
        assert (list(blobs.blobs()), blobs.sweep()) == ([], 0)


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    """Before anything is read."""
    (tmp_path / "kept").write_text("x")
    with pytest.raises(RefusedError, match="can't use the checkpoint store"):
        LocalBlobs(tmp_path / "kept").begin(ID)
