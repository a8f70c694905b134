"""Adds a checkpoint to copies of a store, each time killed by SIGKILL at another line of the code.

``killed_add.py TEMPLATE FOLDER STRIDE``: copy n goes to FOLDER/n; its process dies when it comes to the
n*STRIDE-th different line of the files that write. Printed is how many were killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.storage.store import Store

WRITING = ("add.py", "local_blobs.py", "pouring.py", "tree.py", "apply_checkpoints.py")


def die_at(count: int) -> None:
    """Kills this process when it comes to the ``count``-th different line."""
    seen: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        name = os.path.basename(frame.f_code.co_filename)
        if name not in WRITING:
            return None
        if event == "line":
            seen.add((name, frame.f_lineno))
            if len(seen) >= count:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def main(template: str, folder: str, stride: str) -> None:
    """Copies, forks and kills until an add comes to its end."""
    import pyarrow  # noqa: F401 - loaded once, and not again in every fork

    number = 0
    while True:
        copy = Path(folder) / str(number)
        shutil.copytree(template, copy)
        pid = os.fork()
        if pid == 0:
            die_at(1 + number * int(stride))
            add_checkpoint(Store.open(copy / "x.duckdb"), copy / "model", "m", "v1")
            os._exit(0)
        status = os.waitpid(pid, 0)[1]
        if not os.WIFSIGNALED(status):
            print(number)
            sys.exit(os.WEXITSTATUS(status))
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
