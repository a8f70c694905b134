"""Faults of the process that measures: each ends as data with its reason, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from fitment.harness.executors.process import run
from fitment.registry.records import Measurement

from tests.harness.executors.children import wait_for_text, wait_until_dead
from tests.harness.jobs import module_job

FORWARD = """
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        {body}

def make():
    return Own(), X
"""


def outcome(folder: Path, code: str, **options: object) -> Measurement:
    """What became of a cell on the user's module with this code."""
    return run(module_job(folder, code, **options)).measurement


def forward(body: str) -> str:
    """A module whose forward pass has this body."""
    return FORWARD.format(body=body)


def test_F02_kill_worker(tmp_path: Path) -> None:
    """kill -9 of the worker in a cell is a crash by signal 9, in the stage where it struck."""
    found = outcome(tmp_path, forward("os.kill(os.getpid(), signal.SIGKILL)"))
    assert (found.status, found.signal, found.exit_code, found.stage) == ("crashed", 9, None, "first_call")
    assert found.detail == "killed by SIGKILL"


def test_segmentation_fault(tmp_path: Path) -> None:
    """A null pointer in the model's code is a crash by signal 11 whose stack is kept."""
    found = outcome(tmp_path, forward("import ctypes; ctypes.string_at(0)"))
    assert (found.status, found.signal) == ("crashed", signal.SIGSEGV)
    assert "own_model.py" in (found.stderr_tail or "")


def test_F34_infinite_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forward pass that never ends, and that ignores SIGTERM, is a timeout in that stage."""
    ready = tmp_path / "ready"
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + (1000 if ready.exists() else 0))
    monkeypatch.setattr("fitment.harness.executors.child.time", clock)  # the deadline passes once it hangs
    monkeypatch.setattr("fitment.harness.executors.child.GRACE_S", 0.2)
    hang = (
        f"signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(ready)!r}, 'w').close(); os.write(1, b'.')"
    )
    found = outcome(tmp_path, forward(hang + "\n        while True: pass"), deadline_s=500.0)
    assert (found.status, found.signal, found.stage) == ("timeout", signal.SIGKILL, "first_call")
    assert found.detail == "no result within 500 s"


LIMIT = """
import resource
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + 2**29, size + 2**29))
"""


@pytest.mark.parametrize(
    "body",
    ["return x @ torch.empty(4, 2**30)", "kept = []\n        while True: kept.append(bytearray(2**20))"],
)
def test_F31_memory_runs_out(tmp_path: Path, body: str) -> None:
    """Beyond RLIMIT_AS, in one allocation of torch's or bit by bit in Python's, a cell is oom_host."""
    found = outcome(tmp_path, LIMIT + forward(body))
    assert (found.status, found.stage) == ("oom_host", "first_call")


def test_factory_that_raises(tmp_path: Path) -> None:
    """What the user's factory raises is model_error, and says where."""
    found = outcome(tmp_path, "def make():\n    raise KeyError('no such thing')\n")
    assert (found.status, found.stage, found.exit_code) == ("model_error", "load", 1)
    assert "KeyError" in (found.detail or "")
    assert "own_model.py:8" in (found.detail or "")
    assert "no such thing" in (found.stderr_tail or "")


def test_forward_that_raises(tmp_path: Path) -> None:
    """What forward raises is model_error with its first line and the user's own line."""
    found = outcome(tmp_path, forward("raise ValueError('first\\nsecond')"))
    assert (found.status, found.stage) == ("model_error", "first_call")
    assert (found.detail or "").startswith("ValueError: first (")
    assert "own_model.py:14 in forward" in (found.detail or "")


def test_import_that_is_missing(tmp_path: Path) -> None:
    """A package that the user's module needs and that isn't here is missing_dependency."""
    found = outcome(tmp_path, "import surely_not_installed\n")
    assert (found.status, found.stage) == ("missing_dependency", "load")
    assert "surely_not_installed" in (found.detail or "")


def test_model_that_ends_the_process(tmp_path: Path) -> None:
    """sys.exit(0) in a forward pass is model_error: no result, whatever the exit code says."""
    found = outcome(tmp_path, forward("sys.exit(0)"))
    assert (found.status, found.stage, found.exit_code) == ("model_error", "first_call", 0)


def test_F44_output_is_nan(tmp_path: Path) -> None:
    """A model that returns NaN keeps its speed and is numerics_nan."""
    found = outcome(tmp_path, forward("return self.layer(x) * float('nan')"))
    assert (found.status, found.stage) == ("numerics_nan", "numerics")
    assert found.throughput is not None


def test_F48_result_forged_on_stdout(tmp_path: Path) -> None:
    """A model that prints results, in words that are no UTF-8 either, is not believed."""
    forged = '{"nonce": "0", "kind": "result", "body": {"status": "ok", "throughput": 1e9}, "samples": 0}'
    code = forward(f"print({forged!r}, flush=True); os.write(2, b'\\xff\\xfe'); os._exit(1)")
    found = outcome(tmp_path, code)
    assert (found.status, found.throughput) == ("model_error", None)
    assert "\N{REPLACEMENT CHARACTER}" in (found.stderr_tail or "")


SWEEP = """
import sys
from pathlib import Path
from fitment.harness.executors.process import run
from tests.harness.jobs import module_job
run(module_job(Path(sys.argv[1]), Path(sys.argv[1], "code").read_text()))
"""


def test_F01_worker_and_its_children_die_with_the_parent(tmp_path: Path) -> None:
    """kill -9 of the measuring parent ends the worker and what the worker has started."""
    facts = tmp_path / "pids"
    tell = f"open({str(facts)!r}, 'w').write(f'{{os.getpid()}} {{nap.pid}}\\n')"
    (tmp_path / "code").write_text(
        forward(f"nap = subprocess.Popen(['sleep', '600'])\n        {tell}\n        time.sleep(600)")
    )
    parent = subprocess.Popen([sys.executable, "-c", SWEEP, str(tmp_path)], cwd=Path(__file__).parents[2])
    pids = [int(pid) for pid in wait_for_text(facts, 60).split()]
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert all(map(wait_until_dead, pids))
