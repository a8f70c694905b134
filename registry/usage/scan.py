"""Which models a repository uses: every file read once, in as many processes as pay, nothing run."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Container, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import FitmentError
from .found import Use
from .hit import Hit, UnreadableError
from .known_ids import settled
from .readers import reader_of
from .walk import Skipped, Walked, lines_of, read, walk

BYTES_OF_A_PROCESS = 24_000_000  # of source; for fewer, a further process costs more than it saves
FILES_OF_A_PART = 200
LARGEST_MENTION = 200


class RepositoryError(FitmentError):
    """A repository that is not there, or is no folder."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan of a repository found."""

    repository: str
    files: int  # that were read
    lines: int
    uses: tuple[Use, ...]  # by file and line
    skipped: tuple[Skipped, ...]
    weights: tuple[str, ...]
    serving: tuple[Use, ...] = ()  # those uses that offer the model to others
    texts: tuple[str, ...] = field(default=(), repr=False)  # all files that are no weights


@dataclass(frozen=True, slots=True)
class _Read:
    """One file."""

    file: str
    lines: int
    hits: tuple[Hit, ...] = ()
    skipped: str = ""


def scan(
    root: Path, name: str | None = None, processes: int | None = None, known: Container[str] = ()
) -> Scanned:
    """The uses in the repository at ``root``; ``name``: what to call it. Raises RepositoryError.

    ``known``: ids that have no owner, by which what would look like a folder is told to be a model.
    """
    if not root.is_dir():
        what = "is a file" if root.exists() else "does not exist"
        raise RepositoryError(f"{root} {what}; name the folder of a repository, such as .")
    walked = walk(root)
    wanted = [file for file in walked.files if reader_of(file) is not None]
    parts = [wanted[at : at + FILES_OF_A_PART] for at in range(0, len(wanted), FILES_OF_A_PART)]
    reads = _all(root, parts, _processes(root, wanted) if processes is None else processes)
    return _scanned(name or str(root), root, walked, sorted(reads, key=lambda each: each.file), known)


def _scanned(
    repository: str, root: Path, walked: Walked, reads: Sequence[_Read], known: Container[str]
) -> Scanned:
    uses, serving = [], []
    for each in reads:
        for hit in settled(each.hits, known):
            if hit.model_id is not None and _is_folder(root, each.file, hit.model_id):
                continue
            use = Use(
                repository,
                each.file,
                hit.line,
                hit.call,
                hit.model_id,
                hit.confidence,
                hit.detail[:LARGEST_MENTION],
            )
            uses.append(use)
            if hit.serves:
                serving.append(use)
    unread = tuple(Skipped(each.file, each.skipped) for each in reads if each.skipped)
    return Scanned(
        repository,
        sum(not each.skipped for each in reads),
        sum(each.lines for each in reads),
        tuple(uses),
        tuple(sorted((*walked.skipped, *unread), key=lambda skipped: skipped.file)),
        walked.weights,
        tuple(serving),
        walked.files,
    )


def _is_folder(root: Path, file: str, model_id: str) -> bool:
    """Whether what looks like an id is a folder or file of the repository."""
    if not model_id.isprintable() or model_id.startswith(("/", ".", "http")):
        return False
    return (root / model_id).exists() or (root / file).parent.joinpath(model_id).exists()


def _processes(root: Path, files: Iterable[str]) -> int:
    total = 0
    for file in files:
        try:
            total += os.stat(root / file).st_size
        except OSError:
            continue
    return max(1, min(len(os.sched_getaffinity(0)), total // BYTES_OF_A_PROCESS))


def _all(root: Path, parts: Sequence[Sequence[str]], processes: int) -> list[_Read]:
    if processes > 1 and len(parts) > 1:
        try:
            with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
                return [each for part in pool.map(_part, [root] * len(parts), parts) for each in part]
        except BrokenProcessPool:  # a process was killed: what it did is done again here
            pass
    return [each for part in parts for each in _part(root, part)]


def _part(root: Path, files: Sequence[str]) -> list[_Read]:
    return [_one(root, file) for file in files]


def _one(root: Path, file: str) -> _Read:
    found = reader_of(file)
    if found is None:
        return _Read(file, 0)
    reader, most = found
    data = read(root / file, most)
    if isinstance(data, str):
        return _Read(file, 0, skipped=data)
    try:
        return _Read(file, lines_of(data), tuple(reader(data)))
    except UnreadableError as error:
        return _Read(file, lines_of(data), skipped=str(error))
    except RecursionError:
        return _Read(file, lines_of(data), skipped="nested too deeply")
