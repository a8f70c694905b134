"""Many cards: found below folders, and read in several processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from .card import CardError
from .read import README

T = TypeVar("T")
CHUNK = 64
FEWEST_FOR_PROCESSES = 600  # below, the processes' own start takes longer than reading


def card_files(folder: Path) -> Iterator[Path]:
    """Every README.md below the folder, in a stable order; links to folders are not followed."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        if README in files:
            yield Path(where, README)


def each_read(
    paths: Sequence[Path], work: Callable[[Path], T], processes: int | None = None
) -> Iterator[T | CardError]:
    """What ``work`` gives for each path, or the CardError that it raised, in the order of the paths.

    ``work`` is a function of a module. ``processes``: 1 reads in this one; None means a few, where there are
    many cards. What comes back from processes is pickled: let it be small, as a line of JSON is.
    """
    if processes is None:
        processes = min(os.cpu_count() or 1, 8) if len(paths) >= FEWEST_FOR_PROCESSES else 1
    if processes <= 1:
        for path in paths:
            yield _attempted(work, path)
        return
    chunks = [paths[n : n + CHUNK] for n in range(0, len(paths), CHUNK)]
    with ProcessPoolExecutor(processes, get_context("forkserver"), initializer=gc.freeze) as pool:
        ahead = iter(chunks)
        waiting = [pool.submit(_chunk, work, chunk) for chunk in islice(ahead, 4 * processes)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_chunk, work, chunk) for chunk in islice(ahead, 1)]


def _chunk(work: Callable[[Path], T], paths: Sequence[Path]) -> list[T | CardError]:
    return [_attempted(work, path) for path in paths]


def _attempted(work: Callable[[Path], T], path: Path) -> T | CardError:
    try:
        return work(path)
    except CardError as error:
        return error
