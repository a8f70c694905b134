"""Empty stores for tests that are not about how one is made: made once in a process, then copied."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from fitment.registry.storage.journal import folder_of
from fitment.registry.storage.store import Store


def empty_store(path: Path, *, wait_s: float = 10.0) -> Store:
    """A store at ``path``, as ``Store.open(path, create=True)`` gives it; all of a process have one id."""
    if not path.exists():
        shutil.copyfile(_made(), path)
        shutil.copytree(folder_of(_made()), folder_of(path))
    return Store.open(path, wait_s=wait_s)


@cache
def _made() -> Path:
    """The one that is copied, in a folder that goes when the process does."""
    folder = mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return Store.open(Path(folder) / "x.duckdb", create=True).path
