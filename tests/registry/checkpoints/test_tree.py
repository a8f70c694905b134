from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import pytest
from fitment.registry.checkpoints.tree import opened, tree
from fitment.registry.errors import RefusedError


def refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as caught:
        tree(path)
    return str(caught.value)


def test_files_come_by_their_paths_and_what_is_left_out_is_named(tmp_path: Path) -> None:
    """Names with blanks, line breaks and other letters are names."""
    for name in ("b/c d.txt", "a\nb.txt", "ü.txt", ".git/config", "x/.cache/y", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = tree(tmp_path)
    assert [file.path for file in found.files] == ["a\nb.txt", "b/c d.txt", "ü.txt"]
    assert found.left_out == (".git", "Thumbs.db", "x/.cache")
    assert [file.path for file in tree(tmp_path / "b" / "c d.txt").files] == ["c d.txt"]


def test_links_are_followed_inside_and_refused_outside(tmp_path: Path) -> None:
    """To files and folders below the path; elsewhere, nowhere and in circles are errors that name it."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "deep").mkdir(parents=True)
    outside.mkdir()
    (inside / "deep" / "x").write_text("x")
    (outside / "secret").write_text("s")
    (inside / "y").symlink_to("deep/x")
    (inside / "again").symlink_to("deep")
    assert [file.path for file in tree(inside).files] == ["again/x", "deep/x", "y"]
    for target, expected in (
        (outside / "secret", "is a link out of the folder"),
        ("../out", "is a link out of the folder"),
        ("missing", "is a link that leads nowhere"),
        ("bad", "is a link that leads nowhere"),
        (".", "bad leads in a circle"),
        ("../in", "bad leads in a circle"),
    ):
        (inside / "bad").symlink_to(target)
        assert expected in refusal(inside)
        (inside / "bad").unlink()
    (inside / "deep" / "up").symlink_to("..")
    assert "deep/up leads in a circle" in refusal(inside)


def test_a_snapshot_of_hugging_faces_cache_has_its_blobs(tmp_path: Path) -> None:
    """They lie beside it, under no names; the cache's folder as a whole is refused."""
    repository = tmp_path / "models--org--name"
    snapshot = repository / "snapshots" / "1f3a"
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir()
    (repository / "blobs" / "abc").write_text("x")
    (snapshot / "config.json").symlink_to("../../blobs/abc")
    (found,) = tree(snapshot).files
    assert (found.path, found.real, found.size_bytes) == ("config.json", repository / "blobs" / "abc", 1)
    assert "name a snapshot, " + str(snapshot) in refusal(repository)
    other = tmp_path / "other" / "snapshots" / "1f3a"
    other.mkdir(parents=True)
    (other.parent.parent / "blobs").mkdir()
    (other.parent.parent / "blobs" / "abc").write_text("x")
    (other / "x").symlink_to("../../blobs/abc")
    assert "out of the folder" in refusal(other)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    """Pipes, sockets, empty folders, missing paths, and names that are no UTF-8."""
    folder = tmp_path / "m"
    folder.mkdir()
    assert "it holds no file" in refusal(folder)
    assert "No such file" in refusal(tmp_path / "missing")
    assert "name a file or a folder" in refusal(Path("a\0b"))
    os.mkfifo(folder / "pipe")
    assert "pipe is no regular file, but a pipe" in refusal(folder)
    assert "a pipe" in refusal(folder / "pipe")
    (folder / "pipe").unlink()
    here = os.open(folder, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(f"/proc/self/fd/{here}/s")
            assert "s is no regular file, but a socket" in refusal(folder)
    finally:
        os.close(here)
    (folder / "s").unlink()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff")).write_text("x")
    assert "is no UTF-8" in refusal(folder)


def test_what_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is copied; root may read everything, so that it is only told that it may not."""
    (tmp_path / "x").write_text("x")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert re.search("can't read .*x: you may not", refusal(tmp_path))


def test_a_tree_has_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files, depth and length."""
    monkeypatch.setattr("fitment.registry.checkpoints.tree.MOST_FILES", 1)
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    assert "more than 1 files" in refusal(tmp_path)
    for name in ("c", "d", "e"):
        (tmp_path / "folders" / name).mkdir(parents=True)
    assert "more than 1 files" in refusal(tmp_path / "folders")
    monkeypatch.undo()
    deep = tmp_path / "deep" / Path(*["d"] * 70)
    deep.mkdir(parents=True)
    assert "64 folders deep" in refusal(tmp_path / "deep")
    long = tmp_path / "long" / Path(*["d" * 250] * 5)
    long.mkdir(parents=True)
    (long / "x").write_text("x")
    assert "more than 1,024 characters" in refusal(tmp_path / "long")


def test_a_file_that_changes_is_refused(tmp_path: Path) -> None:
    """Before it is opened, and while it is read."""
    path = tmp_path / "x"
    path.write_text("x")
    (source,) = tree(tmp_path).files
    reading = opened(source)
    with reading as stream:
        assert stream.read() == b"x"
    reading = opened(source)
    assert reading.__enter__().read() == b"x"
    path.write_text("longer")
    with pytest.raises(RefusedError, match="x was changed while it was read"):
        reading.__exit__(None, None, None)
    with pytest.raises(RefusedError, match="was changed"), opened(source):
        pytest.fail("it was opened")
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(RefusedError, match="can't read"), opened(source):
        pytest.fail("a link was followed")
