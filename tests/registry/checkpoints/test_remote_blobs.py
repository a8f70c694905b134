"""What both kinds of stores do is in test_local_blobs.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fitment.registry.checkpoints.remote_blobs import RemoteBlobs
from fitment.registry.checkpoints.tree import tree
from fitment.registry.errors import RefusedError, StoreFullError


@pytest.fixture
def blobs(tmp_path: Path) -> RemoteBlobs:
    """An empty store in memory."""
    found = RemoteBlobs(f"memory://{tmp_path}")
    found.begin("0" * 32)
    (tmp_path / "x").write_bytes(b"content")
    return found


def test_a_far_side_that_loses_bytes_is_found_out(
    blobs: RemoteBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the size of what it kept; then nothing is recorded."""
    monkeypatch.setattr(RemoteBlobs, "size", lambda *_: None)
    with pytest.raises(RefusedError, match="did not keep x whole"):
        blobs.put(tree(tmp_path / "x").files[0])


def test_a_far_side_that_refuses_is_named(
    blobs: RemoteBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was begun is taken away."""

    def refusing(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs._fs, "mv", refusing)
    with pytest.raises(StoreFullError, match=r"memory://.*: No space left"):
        blobs.put(tree(tmp_path / "x").files[0])
    assert (list(blobs.blobs()), blobs.sweep()) == ([], 0)
