"""A sweep of tiny cells with real children that is killed again and again, and what must hold of it.

The children are as cheap as real ones get: what they cost is Python and torch being loaded. The model's
module cuts the profile's budgets.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import time
from pathlib import Path

from fitment.registry.storage.doctor import examine
from fitment.registry.storage.store import Store

from tests.harness import known_cpu
from tests.harness.executors.children import is_alive, wait_until_dead
from tests.harness.jobs import HURRIED
from tests.harness.processes import Process

MODEL = (
    HURRIED
    + """
from torch import nn, zeros

def make():
    return nn.Linear(4, 2), zeros(1, 4)
"""
)
MARK = "FITMENT_KILL_TEST"
ACKNOWLEDGED = re.compile(rb"^\[ *\d+/\d+\] mynet:make b(\d+) ")


class Killed:
    """A sweep over batches 1 … ``cells``; whatever it starts carries the folder's name in its environment."""

    def __init__(self, folder: Path, cells: int) -> None:
        self.folder = folder
        self.cells = cells
        self.acknowledged: list[int] = []
        self._environ = {**os.environ, "XDG_RUNTIME_DIR": str(folder), MARK: str(folder)}
        (folder / "mynet.py").write_text(MODEL)
        batches = list(range(1, cells + 1))
        (folder / "many.toml").write_text(
            f'profile = "quick"\n[[grid]]\nmodels = ["module:mynet:make"]\nbatches = {batches}\n'
        )

    def run(self, kill_after: int | None = None, moment: float = 0.0) -> int:
        """The sweep's return code. It is killed ``moment`` of a cell after so many acknowledged results."""
        command = [*known_cpu.COMMAND, "sweep", "many.toml"]
        with Process(command, cwd=self.folder, env=self._environ, stdout=subprocess.PIPE) as sweep:
            assert sweep.stdout is not None
            heard, before = 0, time.monotonic()
            for line in sweep.stdout:  # to the end of file: what was said before the kill counts
                heard += self._hear(line)
                if heard == kill_after:
                    time.sleep(moment * (time.monotonic() - before) / max(1, heard))
                    sweep.kill()
        return sweep.returncode

    def _hear(self, line: bytes) -> bool:
        found = ACKNOWLEDGED.match(line)
        if found:
            self.acknowledged.append(int(found[1]))
        return found is not None

    def orphans(self) -> list[int]:
        """The processes that outlive the sweep."""
        wanted = f"{MARK}={self.folder}".encode()
        return [pid for pid in marked(wanted) if not wait_until_dead(pid)]

    def stored(self) -> list[tuple[int, list[str]]]:
        """The outcomes that are stored of each batch."""
        with Store.open(self.folder / "fitment.duckdb").reading() as con:
            query = "SELECT batch, list(status) FROM performance_results GROUP BY batch ORDER BY batch"
            return con.execute(query).fetchall()


def marked(entry: bytes) -> list[int]:
    """The live processes with this entry in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if entry in (folder / "environ").read_bytes().split(b"\0") and is_alive(int(folder.name)):
                found.append(int(folder.name))
        except (OSError, ValueError):
            pass
    return found


def survives(folder: Path, *, cells: int, kills: int, seed: int) -> None:
    """Asserts that a sweep killed at seeded moments leaves no orphan and has each cell exactly once."""
    moments = random.Random(seed)
    sweep = Killed(folder, cells)
    for _ in range(kills):
        kill_after = moments.randrange(cells // (kills + 1))
        assert sweep.run(kill_after, moments.random()) == -9
        assert sweep.orphans() == []
    assert sweep.run() == 0
    assert sweep.orphans() == []
    assert sorted(sweep.acknowledged) == sorted(set(sweep.acknowledged))
    assert sweep.stored() == [(batch, ["ok"]) for batch in range(1, cells + 1)]
    assert set(sweep.acknowledged) <= set(range(1, cells + 1))
    assert examine(folder / "fitment.duckdb").healthy
