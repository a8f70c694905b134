"""Runs an action on copies of a store, each time killed by SIGKILL at another line of the code.

``killer.py ACTION TEMPLATE FOLDER STRIDE NAME…``: copy n goes to FOLDER/n; its process dies when it comes to
the n*STRIDE-th different line of storage's or lineage's files or functions of these names. Printed is the
number of the last copy, whose process came to its end.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from fitment.registry.lineage.kept.build import build_lineage
from fitment.registry.records import Cell, Configuration, Measurement
from fitment.registry.results.append import append_measurement
from fitment.registry.results.link import link_results
from fitment.registry.storage.rebuild import rebuild
from fitment.registry.storage.store import Store

# What an action loads late, PyArrow's own look for pandas included: loaded once, and not again in every fork.
LOADED_LATE = ("pandas", "pyarrow.parquet", "fitment.kernels.name_hashes")


def append(path: Path) -> None:
    """One more result, acknowledged by a file."""
    cell = Cell("m", "zoo", "", "forward", "cpu", "Test CPU, 2 cores", "8", Configuration(1, "fp32", "eager"))
    row = Measurement(cell, "env", "ok", "2026-01-02T03:04:05+00:00", throughput=1.0)
    number = append_measurement(Store.open(path), row)
    (path.parent / "acknowledged").write_text(str(number))


def link(path: Path) -> None:
    """Two results linked to a version that is made for them."""
    link_results(Store.open(path), "resnet18", "v2", [1, 2])


def build(path: Path) -> None:
    """A lineage from the file beside the store."""
    build_lineage(Store.open(path), path.parent / "m.csv")


ACTIONS: dict[str, Callable[[Path], object]] = {
    "append": append,
    "rebuild": rebuild,
    "link": link,
    "build": build,
}


def die_at(count: int, names: list[str]) -> None:
    """Kills this process at the ``count``-th different line of the files or functions of these names."""
    seen: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        folder, name = os.path.split(frame.f_code.co_filename)
        ours = folder.endswith(("storage", "reading", "kept"))
        if not ours or not {name, frame.f_code.co_name} & set(names):
            return None
        if event == "line":
            seen.add((name, frame.f_lineno))
            if len(seen) >= count:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def main(action: str, template: str, folder: str, stride: str, *names: str) -> None:
    """Copies, forks and kills until an action comes to its end."""
    for module in LOADED_LATE:
        import_module(module)
    number = 0
    while True:
        copy = Path(folder) / str(number)
        shutil.copytree(template, copy)
        pid = os.fork()
        if pid == 0:
            die_at(1 + number * int(stride), list(names))
            ACTIONS[action](copy / "x.duckdb")
            os._exit(0)
        status = os.waitpid(pid, 0)[1]
        if not os.WIFSIGNALED(status):
            print(number, os.WEXITSTATUS(status))
            return
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
