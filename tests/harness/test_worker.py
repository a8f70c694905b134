"""fitment.harness.worker: started by hand, and disturbed while it measures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fitment.harness.executors.process import run
from fitment.registry.records import Measurement

from tests.harness.jobs import module_job


def test_worker_is_not_for_users() -> None:
    """Without its three descriptors the worker says so and ends; it measures nothing."""
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "fitment.harness.worker"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.strip() == "fitment sweep starts this process; it is not for use by hand"


OWN = """
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        if self.calls == 2:
            {once}
        return self.layer(x)

def make():
    return Own(), X
"""

# Continues the worker once the kernel says that it stands still.
STOP = """
            subprocess.Popen([sys.executable, "-c", '''
import os, signal, sys
pid = int(sys.argv[1])
while open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "T":
    pass
os.kill(pid, signal.SIGCONT)
''', str(os.getpid())])
            os.kill(os.getpid(), signal.SIGSTOP)
"""


def measured(folder: Path, once: str, **configuration: Any) -> Measurement:
    """What became of a cell whose model does something at its second call."""
    found = run(module_job(folder, OWN.format(once=once), hurried=True, **configuration)).measurement
    assert found.status == "ok", found.detail
    return found


def test_F26_a_worker_that_was_stopped_says_so(tmp_path: Path) -> None:
    """SIGSTOP and SIGCONT in a cell flag it; the machine itself did not sleep."""
    found = measured(tmp_path, STOP)
    assert "suspended" in found.flags.split(",")
    assert found.suspended_s == 0.0


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one CPU: nothing can be taken away")
def test_F28_a_worker_whose_cpus_change_says_so(tmp_path: Path) -> None:
    """A CPU that is taken away in a cell flags it."""
    found = measured(tmp_path, "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})")
    assert "env_changed" in found.flags.split(",")


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one CPU: there is nothing to bind to")
def test_F28_threads_that_openmp_binds_are_no_change(tmp_path: Path) -> None:
    """Where a cell is pinned, OpenMP's library narrows the main thread's mask as torch is imported."""
    before = len(os.sched_getaffinity(0))
    found = measured(tmp_path, f"assert len(os.sched_getaffinity(0)) < {before}", pinning="close", threads=1)
    assert not {"suspended", "env_changed"} & set(found.flags.split(","))


def test_F31_a_cell_is_limited_to_what_the_machine_has(tmp_path: Path) -> None:
    """The limit on the worker's data lies near the memory that was available, and is set before the load."""
    told = tmp_path / "limit"
    tell = (
        f"import resource; open({str(told)!r}, 'w').write(str(resource.getrlimit(resource.RLIMIT_DATA)[0]))"
    )
    code = f"{tell}\ndef make():\n    return nn.Linear(4, 3), X\n"
    found = run(module_job(tmp_path, code, hurried=True)).measurement
    assert found.free_memory_bytes is not None
    assert 0.5 * found.free_memory_bytes < int(told.read_text()) < 1.5 * found.free_memory_bytes + 2**31


def test_a_factory_does_not_change_the_cells_threads(tmp_path: Path) -> None:
    """What it sets for all of torch is set back to what the cell says, before the first call."""
    once = 'assert torch.get_num_threads() == 1, "the threads are the factory\'s"'
    code = OWN.format(once=once).replace("def make():", "def make():\n    torch.set_num_threads(2)")
    found = run(module_job(tmp_path, code, hurried=True, threads=1)).measurement
    assert found.status == "ok", found.detail
