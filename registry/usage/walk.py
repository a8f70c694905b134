"""The files of a repository, without what it did not write itself; no link leads out or round in circles."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

LEFT_OUT = frozenset(
    [
        ".git",
        ".hg",
        ".svn",
        ".bzr",
        "node_modules",
        "__pycache__",
        ".venv",
        "venv",
        ".env",
        "env",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".eggs",
        "site-packages",
        ".ipynb_checkpoints",
        ".idea",
        ".vscode",
        "__pypackages__",
        ".terraform",
    ]
)
BUILT = frozenset({"build", "dist", "_build", "target"})  # left out where no Python package is in them
WEIGHTS = re.compile(
    r".*\.(?:safetensors|gguf|ggml|bin|pt|pth|ckpt|onnx|h5|keras|tflite|pb|msgpack)$", re.IGNORECASE
)
SMALLEST_WEIGHTS = 1 << 16  # bytes; smaller files of that name are something else, or a pointer to git LFS
POINTER = b"version https://git-lfs"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was not read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Walked:
    """What lies in a repository."""

    files: tuple[str, ...]  # relative, with "/", sorted
    weights: tuple[str, ...]  # files of weights, or pointers to them
    skipped: tuple[Skipped, ...]


def walk(root: Path) -> Walked:
    """The files under ``root``; folders are entered once, links to folders not at all."""
    files: list[str] = []
    weights: list[str] = []
    skipped: list[Skipped] = []
    todo = [(root, "")]
    while todo:
        folder, prefix = todo.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            skipped.append(Skipped(prefix or ".", f"can't be listed: {error.strerror}"))
            continue
        for entry in entries:
            name = f"{prefix}{entry.name}"
            try:
                _sort(entry, name, root, todo, files, weights, skipped)
            except OSError as error:
                skipped.append(Skipped(name, f"can't be looked at: {error.strerror}"))
    return Walked(tuple(sorted(files)), tuple(sorted(weights)), tuple(sorted(skipped, key=lambda s: s.file)))


def _sort(
    entry: os.DirEntry[str],
    name: str,
    root: Path,
    todo: list[tuple[Path, str]],
    files: list[str],
    weights: list[str],
    skipped: list[Skipped],
) -> None:
    if entry.is_symlink():
        reason = _of_link(entry, root)
        if reason is not None:
            skipped.append(Skipped(name, reason))
        return
    if entry.is_dir(follow_symlinks=False):
        if not _left_out(entry):
            todo.append((Path(entry.path), f"{name}/"))
    elif not entry.is_file(follow_symlinks=False):
        skipped.append(Skipped(name, "neither a file nor a folder"))
    elif WEIGHTS.fullmatch(entry.name) and _is_weights(entry):
        weights.append(name)
    else:
        files.append(name)


def _of_link(entry: os.DirEntry[str], root: Path) -> str | None:
    """Why a link is worth a word; None for one to a file inside, which is read where it lies."""
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return "a link that leads nowhere, or round in a circle"
    if not target.is_relative_to(root.resolve()):
        return "a link that leads out of the repository"
    return "a link to a folder, which is read where it lies" if target.is_dir() else None


def _left_out(entry: os.DirEntry[str]) -> bool:
    if entry.name in LEFT_OUT or entry.name.endswith(".egg-info"):
        return True
    if os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):
        return True
    return entry.name in BUILT and not os.path.exists(os.path.join(entry.path, "__init__.py"))


def _is_weights(entry: os.DirEntry[str]) -> bool:
    if entry.stat(follow_symlinks=False).st_size >= SMALLEST_WEIGHTS:
        return True
    with open(entry.path, "rb") as stream:
        return stream.read(len(POINTER)) == POINTER


def lines_of(data: bytes) -> int:
    """How many lines the bytes are."""
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


def read(path: Path, most: int) -> bytes | str:
    """The bytes of a file; as a text, why it was not read."""
    try:
        size = os.stat(path).st_size
        if size > most:
            return f"{size / 1e6:.1f} MB, more than {most / 1e6:.1f} MB"
        with open(path, "rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        return f"can't be read: {error.strerror}"
    if b"\0" in data:
        return "holds NUL bytes: binary, or not in UTF-8"
    return data
