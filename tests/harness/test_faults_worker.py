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
from fitment.harness.job import Job, Measured
from fitment.harness.sweeps.attempts import tried
from fitment.registry.records import Measurement

from tests.harness.executors.children import is_alive, wait_for_text, wait_until_dead
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
    return run(module_job(folder, code, hurried=True, **options)).measurement


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


@pytest.mark.parametrize(
    ("body", "status"),
    [("raise ValueError('first')", "model_error"), ("return x @ torch.empty(4, 2**44)", "oom_host")],
)
def test_model_with_an_exception_hook_of_its_own(tmp_path: Path, body: str, status: str) -> None:
    """A pretty-printer of tracebacks in sys.excepthook does not keep the outcome from being told."""
    found = outcome(tmp_path, "sys.excepthook = lambda *error: print('mine')\n" + forward(body))
    assert (found.status, found.stage, found.exit_code) == (status, "first_call", 1)


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


def test_F44_any_part_of_the_output_is_nan(tmp_path: Path) -> None:
    """NaN in the second tensor of a dict is NaN all the same."""
    found = outcome(tmp_path, forward("y = self.layer(x)\n        return {'a': y, 'b': y * float('nan')}"))
    assert (found.status, found.stage) == ("numerics_nan", "numerics")


WRONG_SHAPE = "return self.layer(x)[:, :1 if x.dtype == torch.bfloat16 else 3]"


def test_F44_output_is_of_the_wrong_shape(tmp_path: Path) -> None:
    """What is of another shape than in fp32 eager keeps its speed and is numerics_mismatch."""
    found = outcome(tmp_path, forward(WRONG_SHAPE), precision="bf16")
    assert (found.status, found.stage) == ("numerics_mismatch", "reference")
    assert found.detail == "the output's shape is (1, 1), in fp32 eager (1, 3)"
    assert found.throughput is not None


FORGED = """
        line = b'{"nonce": "0", "kind": "result", "body": {"status": "ok", "throughput": 1e9}, "samples": 0}'
        for fd in map(int, os.listdir("/proc/self/fd")):
            try:
                os.write(fd, line + b"\\n\\xff\\xfe half a line")
            except OSError:
                pass
"""


@pytest.mark.parametrize(("then", "status"), [("os._exit(1)", "model_error"), ("return self.layer(x)", "ok")])
def test_F48_result_forged_on_every_descriptor(tmp_path: Path, then: str, status: str) -> None:
    """A model that writes results wherever it can, in words that are no UTF-8 either, is not believed."""
    found = outcome(tmp_path, forward(FORGED + f"        {then}"))
    assert found.status == status, found.stderr_tail
    assert found.throughput != 1e9
    assert "\N{REPLACEMENT CHARACTER}" in (found.stderr_tail or "") or status == "ok"


FLOOD = """
        if not os.path.exists("flooded"):
            open("flooded", "w").close()
            for _ in range(1000):
                os.write(1, bytes(10**6))
        return self.layer(x)
"""


def test_F47_a_gigabyte_on_stdout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1 GB is swallowed as it comes: the cell is measured, and nothing of it stays in memory."""
    monkeypatch.chdir(tmp_path)
    Path("/proc/self/clear_refs").write_text("5")
    before = peak_bytes()
    assert outcome(tmp_path, forward(FLOOD)).status == "ok"
    assert (tmp_path / "flooded").exists()
    assert peak_bytes() < before + 32 * 2**20


def peak_bytes() -> int:
    """The high-water mark of this process's resident memory."""
    (line,) = (text for text in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in text)
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("def make(): return None", "returned None: return (module, example_inputs)"),
        ("class make(nn.Linear): pass", "missing a required argument: 'in_features'"),
    ],
)
def test_factory_that_returns_nonsense(tmp_path: Path, code: str, detail: str) -> None:
    """What is no module with its inputs is model_error, and says what it is; test_module.py has every way."""
    found = outcome(tmp_path, code)
    assert (found.status, found.stage) == ("model_error", "load")
    assert detail in (found.detail or "")


@pytest.mark.parametrize(
    ("body", "exit_codes"),
    [("os._exit(0)", {0}), ("os.closerange(0, 4096); return self.layer(x)", {1, 120})],  # 120: stdout is gone
)
def test_a_model_that_cuts_the_line(tmp_path: Path, body: str, exit_codes: set[int]) -> None:
    """Without an answer there is no result, whatever the exit code says."""
    found = outcome(tmp_path, forward(body))
    assert (found.status, found.stage) == ("model_error", "first_call")
    assert found.exit_code in exit_codes


def test_a_model_that_kills_its_guard(tmp_path: Path) -> None:
    """It dies with it, and so does what it left in a session of its own."""
    (tmp_path / "nap").mkdir()
    nap = "nap = subprocess.Popen(['sleep', '600'], start_new_session=True)"
    tell = f"os.mkdir(f'{tmp_path}/nap/{{nap.pid}}')"
    kill = "os.kill(os.getppid(), signal.SIGKILL); time.sleep(600)"
    found = outcome(tmp_path, forward(f"{nap}; {tell}; {kill}"))
    assert (found.status, found.signal, found.stage) == ("crashed", signal.SIGKILL, "first_call")
    assert not is_alive(int(os.listdir(tmp_path / "nap")[0]))


# What happens once, at the third step, amid the passes whatever their budgets leave of them: not in a rerun.
AT_STEP_THREE = """
        self.steps = getattr(self, "steps", 0) + 1
        if self.steps == 3 and not os.path.exists({marker!r}):
            open({marker!r}, "w").close()
            {act}
        return self.layer(x)
"""
STOPPED = 'subprocess.run(["/bin/sh", "-c", f"kill -STOP {os.getpid()}; kill -CONT {os.getpid()}"])'
MOVED = "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
FEW_CPUS = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="only one CPU is allowed here")


@pytest.mark.parametrize(
    ("act", "flag"), [(STOPPED, "suspended"), pytest.param(MOVED, "env_changed", marks=FEW_CPUS)]
)
def test_F26_F28_disturbed_in_a_cell(tmp_path: Path, act: str, flag: str) -> None:
    """SIGSTOP and SIGCONT, or fewer CPUs, amid the passes: the result is discarded, the cell run again."""
    results = []

    def execute(job: Job) -> Measured:
        results.append(run(job))
        return results[-1]

    job = module_job(
        tmp_path, forward(AT_STEP_THREE.format(marker=str(tmp_path / "marker"), act=act)), hurried=True
    )
    found = tried(job, execute, lambda seconds, trouble: True).measurement
    first, second = (result.measurement for result in results)
    assert (first.status, flag in first.flags.split(",")) == ("ok", True)
    assert flag not in second.flags.split(",")
    assert found.throughput == second.throughput
    assert "retried" in found.flags.split(",")
    assert found.detail == f"first try: ok, {flag}"


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
    pids = [int(pid) for pid in wait_for_text(facts).split()]
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert all(map(wait_until_dead, pids))
