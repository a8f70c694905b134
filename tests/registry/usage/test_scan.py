from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.registry.usage.scan import RepositoryError, scan

from tests.registry.usage.snippets import snippets

USE = b"from transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One of every kind of trouble, beside one use."""
    (tmp_path / "good.py").write_bytes(USE)
    (tmp_path / "python2.py").write_bytes(USE + b"print 'x'\n")
    (tmp_path / "binary.py").write_bytes(USE + b"\0\1\2")
    (tmp_path / "huge.py").write_bytes(USE + b"#" * (5 << 20))
    (tmp_path / "deep.py").write_bytes(USE + b"x = " + b"-" * 20_000 + b"1\n")
    (tmp_path / "bad.ipynb").write_bytes(b'{"model": ')
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "out").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.py")
    for name in (".git", "node_modules", ".venv", "build", "x.egg-info"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hidden.py").write_bytes(USE)
    return tmp_path


def test_trouble_is_named_and_skipped(repository: Path) -> None:
    """The one use is found, every other file has its reason, what is not the repository's own is not read."""
    found = scan(repository, "r")
    assert [(use.file, use.line, use.model_id, use.repository) for use in found.uses] == [
        ("good.py", 2, "a/b", "r")
    ]
    reasons = {skipped.file: skipped.reason for skipped in found.skipped}
    assert set(reasons) == {
        *("python2.py", "binary.py", "huge.py", "deep.py", "bad.ipynb"),
        *("loop", "self", "out", "pipe.py"),
    }
    assert "not Python 3: line 3" in reasons["python2.py"]
    assert "NUL" in reasons["binary.py"]
    assert "MB" in reasons["huge.py"]
    assert reasons["deep.py"] == "nested too deeply"
    assert "circle" in reasons["self"]
    assert "out of the repository" in reasons["out"]
    assert found.files == 1


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    """Over the whole corpus, in the same order."""
    for number, snippet in enumerate(snippets()):
        file = tmp_path / str(number) / snippet.name
        file.parent.mkdir(parents=True)
        file.write_bytes(snippet.source)
    for number in range(200):
        (tmp_path / f"more{number}.py").write_bytes(b"x = 1\n")
    assert scan(tmp_path, "r", processes=2) == scan(tmp_path, "r", processes=1)


def test_a_folder_of_the_repository_is_no_model(tmp_path: Path) -> None:
    """What would be an id, were it not there."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "good.py").write_bytes(USE)
    assert scan(tmp_path).uses == ()


def test_no_folder_is_refused(tmp_path: Path) -> None:
    """A file, and nothing at all."""
    (tmp_path / "f").touch()
    with pytest.raises(RepositoryError, match="is a file; name the folder"):
        scan(tmp_path / "f")
    with pytest.raises(RepositoryError, match="does not exist"):
        scan(tmp_path / "none")
