from __future__ import annotations

from pathlib import Path

from fitment.registry.usage.walk import lines_of, read, walk


def test_weights_are_told_from_other_files(tmp_path: Path) -> None:
    """By name and size, or as a pointer to git LFS; a package called build is read."""
    (tmp_path / "m.safetensors").write_bytes(b"\0" * (1 << 16))
    (tmp_path / "small.bin").write_bytes(b"x")
    (tmp_path / "lfs.gguf").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "__init__.py").touch()
    found = walk(tmp_path)
    assert found.weights == ("lfs.gguf", "m.safetensors")
    assert found.files == ("build/__init__.py", "small.bin")


def test_lines_are_counted_as_an_editor_does() -> None:
    """The last one too where it has no end."""
    assert [lines_of(data) for data in (b"", b"a", b"a\n", b"a\nb", b"\n\n")] == [0, 1, 1, 2, 2]


def test_what_is_not_read_has_a_reason(tmp_path: Path) -> None:
    """Too large, not there, binary."""
    (tmp_path / "f").write_bytes(b"a\0")
    assert "NUL" in str(read(tmp_path / "f", 10))
    assert "more than" in str(read(tmp_path / "f", 1))
    assert "can't be read" in str(read(tmp_path / "none", 1))
