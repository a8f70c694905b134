from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.checkpoints.blobs import BESIDE, blobs_at, default_url, folder_beside, name_of
from fitment.registry.checkpoints.local_blobs import LocalBlobs
from fitment.registry.checkpoints.remote_blobs import RemoteBlobs
from fitment.registry.errors import RefusedError


def test_a_store_is_what_was_said_else_the_environments_else_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path holds from any folder; the one beside the database moves with it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FITMENT_CHECKPOINTS", raising=False)
    assert default_url(None) == BESIDE
    assert default_url("kept") == str(tmp_path / "kept")
    monkeypatch.setenv("FITMENT_CHECKPOINTS", "memory://x")
    assert default_url(None) == "memory://x"
    assert folder_beside(tmp_path / "lab.duckdb") == tmp_path / "lab.checkpoints"
    assert folder_beside(tmp_path / "lab.v1") == tmp_path / "lab.v1.checkpoints"


def test_a_url_says_which_kind_of_store(tmp_path: Path) -> None:
    """Folders are written to by ourselves, the rest through fsspec."""
    database = tmp_path / "x.duckdb"
    for url in (BESIDE, str(tmp_path), f"file://{tmp_path}"):
        assert isinstance(blobs_at(url, database), LocalBlobs)
    assert isinstance(blobs_at("memory://x", database), RemoteBlobs)
    with pytest.raises(RefusedError, match="can't use the checkpoint store nothing://x: Protocol not known"):
        blobs_at("nothing://x", database)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("ftp://ada:secret@host/x", "must hold no password"),
        ("simplecache::ftp://ada:secret@host/x", "must hold no password"),
        ("s3:/bucket", "a URL has two slashes"),
        ("memory://\x1b[31m", "can't be printed"),
    ],
)
def test_a_url_that_must_not_be_kept_is_refused(url: str, expected: str) -> None:
    """It would stand in the journal for ever."""
    with pytest.raises(RefusedError, match=expected) as caught:
        default_url(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "../x", "A" * 64, "a" * 63, "a" * 63 + "/", "a" * 63 + "\n"])
def test_only_a_hash_names_a_blob(name: str) -> None:
    """Nothing else becomes part of a path."""
    assert name_of("ab" + "0" * 62) == "blobs/sha256/ab/" + "0" * 62
    with pytest.raises(ValueError, match="is no SHA-256"):
        name_of(name)
