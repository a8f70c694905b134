"""Files that survive a crash."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from fitment.registry.errors import DatabasePathError, FitmentError, StoreFullError
from fitment.registry.storage import files


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StoreFullError),
        (errno.EDQUOT, StoreFullError),
        (errno.EIO, StoreFullError),
        (errno.EROFS, StoreFullError),
        (errno.EACCES, DatabasePathError),
        (errno.ENOTDIR, DatabasePathError),
    ],
)
def test_an_os_error_becomes_one_line_that_names_the_path(number: int, kind: type[FitmentError]) -> None:
    """A disk that refuses is told apart from a path that can't be used."""
    error = files.refused(Path("/data/x"), OSError(number, "reason"))
    assert type(error) is kind
    assert "/data/x: reason" in str(error)
    assert "\n" not in str(error)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new content takes the name and nothing else is left."""
    (tmp_path / "x").write_bytes(b"old")
    (tmp_path / "x.new").write_bytes(b"left by a crash")
    files.write_durably(tmp_path / "x", b"new")
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"x": b"new"}


def test_a_symbolic_link_in_the_state_folder_is_not_read(tmp_path: Path) -> None:
    """A link is refused even where its target could be read."""
    (tmp_path / "target").write_bytes(b"secret")
    (tmp_path / "x").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="symbolic links"):
        files.read_state(tmp_path / "x")


def test_all_bytes_are_written_where_the_kernel_takes_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short writes are carried on with."""
    taken = bytearray()

    def few(fd: int, data: memoryview) -> int:
        taken.extend(data[:3])
        return min(3, len(data))

    monkeypatch.setattr(files.os, "write", few)
    files.write_all(1, b"0123456789")
    assert taken == b"0123456789"
