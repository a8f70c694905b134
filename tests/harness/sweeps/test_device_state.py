"""fitment.harness.sweeps.device_state: a device between cells is clean, dirty, or out of the plan."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from fitment.harness.display.plain import PlainDisplay
from fitment.harness.job import Job, Measured
from fitment.harness.meters.nvml import find
from fitment.harness.probe import Machine, ProbedDevice
from fitment.harness.sweeps import device_state
from fitment.harness.sweeps.attempts import tried
from fitment.harness.sweeps.device_state import DeviceState
from fitment.harness.sweeps.grid import Grid, Sweep
from fitment.harness.sweeps.interrupts import Interrupts
from fitment.harness.sweeps.plan import make_plan
from fitment.harness.sweeps.sweep import Summary, run_sweep
from fitment.registry.records import Environment

from tests.harness.jobs import make_job
from tests.harness.meters.fake_nvml import UUID, FakeNvml, memory, process
from tests.harness.sweeps.answers import Answers, answered
from tests.registry.empty_stores import empty_store

GIB = 2**30


class Device:
    """A GPU without a GPU, its state, and what it told; a second of waiting takes no time."""

    def __init__(self, *, found: bool = True, clean_after_s: float = float("inf")) -> None:
        self.used = 0
        self.processes: list[Any] = []
        self.nvml = FakeNvml(
            nvmlDeviceGetMemoryInfo=lambda *version: memory(self.used, 80 * GIB)(*version),
            nvmlDeviceGetComputeRunningProcesses=lambda: self.processes,
        )
        self.notices: list[str] = []
        self.waited_s = 0.0
        self._clean_after_s = clean_after_s
        gpu = find(UUID, self.nvml) if found else None
        self.state = DeviceState("cuda:0", gpu, self._pause, self.notices.append)

    def _pause(self, seconds: float) -> bool:
        self.waited_s += seconds
        if self.waited_s >= self._clean_after_s:
            self.used = 0
        return True

    def leaving(self, used: int, status: str = "ok") -> Any:
        """An answer that leaves so much memory in use."""

        def answer(job: Job) -> Measured:
            self.used = used
            return answered(job, status)

        return answer

    def make(self, *answers: Any) -> tuple[str, int]:
        """The status of one run with these answers, and how many of them it took."""
        execute = Answers(*answers)
        job = make_job(device="cuda:0")
        measured = tried(job, lambda job: self.state.run(job, execute), self.state.cool_down)
        self.state.conclude(measured.measurement)
        self.last = measured.measurement
        return measured.measurement.status, len(execute.jobs)


def test_a_clean_device_goes_on() -> None:
    """Nothing is waited for, nothing said; memory that was in use before the cell is not the cell's."""
    device = Device()
    device.used = 3 * GIB
    assert device.make(device.leaving(3 * GIB)) == ("ok", 1)
    assert device.make({}) == ("ok", 1)
    assert (device.notices, device.waited_s, device.state.out) == ([], 0.0, None)


def test_a_dirty_device_is_waited_for() -> None:
    """The result stands; the next cell starts when the memory is back, and the wait is announced."""
    device = Device(clean_after_s=20.0)
    assert device.make(device.leaving(2 * GIB)) == ("ok", 1)
    assert device.make({}) == ("ok", 1)
    assert "first try: device_dirty" in (device.last.detail or "")
    assert device.notices == ["cuda:0: device_dirty; waiting 30 s, then trying again"]
    assert device.state.out is None


def test_a_device_that_stays_dirty_is_left() -> None:
    """After a bounded time its cells are device_dirty, which a later sweep runs; no child is started."""
    device = Device()
    device.make(device.leaving(2 * GIB))
    assert device.make({}) == ("device_dirty", 0)
    assert 60 <= device.waited_s <= 70
    assert device.state.out == (
        "device_dirty",
        "cuda:0 is dirty: 2.15 GB more in use than before its last cell",
    )
    assert device.notices[-1].endswith("no more cells are started on cuda:0")
    assert device.make({}) == ("device_dirty", 0)
    assert device.waited_s <= 70


def test_F35_a_process_that_does_not_die_wedges_its_device() -> None:
    """The cell keeps what it came to, and nothing more is started, no retry either."""
    device = Device(found=False)
    assert device.make({"status": "device_fault", "hangs": True}) == ("device_fault", 1)
    assert device.state.out is not None
    status, reason = device.state.out
    assert status == "device_fault"
    assert reason.startswith("cuda:0 is wedged: a process of cell ")
    assert reason.endswith("outlives SIGKILL")
    assert device.make({}) == ("device_fault", 0)
    assert device.last.detail == reason
    assert device.waited_s == 0


def test_F36_a_lost_gpu_is_out_of_the_plan() -> None:
    """The driver says so after the cell; a result that was finished is kept."""
    device = Device()

    def loses(job: Job) -> Measured:
        device.nvml.lose()
        return answered(job)

    assert device.make(loses) == ("ok", 1)
    assert device.make({}) == ("device_fault", 0)
    assert device.last.detail == "cuda:0 is lost: its driver no longer answers for it"


def test_F36_the_worker_may_be_who_sees_the_loss() -> None:
    """Its flag counts where the parent's NVML knows nothing."""
    device = Device(found=False)
    assert device.make({"flags": "noisy,gpu_lost"}) == ("ok", 1)
    assert device.make({}) == ("device_fault", 0)


def test_F40_out_of_memory_beside_others_is_no_bound() -> None:
    """While another process holds memory, the device is busy: tried again, and a bound once it is alone."""
    device = Device(clean_after_s=30.0)
    device.processes = [process(7, 70 * GIB)]
    assert device.make(*[{"status": "oom_device"}] * 3) == ("device_busy", 3)
    assert (device.last.detail or "").startswith(
        "out of memory while other processes held 75.2 GB of it; first"
    )

    def leaves(job: Job) -> Measured:
        device.processes = []
        return answered(job, "oom_device")

    assert device.make({"status": "oom_device"}, leaves) == ("oom_device", 2)


@pytest.mark.parametrize(("foreign", "status"), [(1, "device_busy"), (0, "oom_device"), (None, "oom_device")])
def test_F40_the_worker_may_be_who_sees_the_others(foreign: int | None, status: str) -> None:
    """What it counted during the cell says the same."""
    device = Device()
    assert device.make(*[{"status": "oom_device", "foreign_processes": foreign}] * 3)[0] == status


def test_others_are_not_blamed_for_other_failures() -> None:
    """Only memory can be taken away by a neighbour."""
    device = Device()
    device.processes = [process(7, 70 * GIB)]
    assert device.make({"status": "timeout"}) == ("timeout", 1)


def device(name: str) -> ProbedDevice:
    """A device of this kind, that runs fp32."""
    kind = name.partition(":")[0]
    environment = Environment(device_kind=kind, hardware=name, device_uuid=UUID if kind == "cuda" else None)
    return ProbedDevice(name, kind, name, environment, {"fp32": None}, {"eager": None})


BATCHES = (1, 2, 3, 4)


def swept(path: Path, execute: Any) -> tuple[Summary, list[str], list[tuple[str, str, int]]]:
    """Summary, notices and stored (device kind, status, number) of a sweep over a CPU and a GPU."""
    sweep = Sweep("a", "quick", 0, 1, (Grid(models=("resnet18",), batches=BATCHES),), (), "the text")
    plan = make_plan(sweep, Machine((device("cpu"), device("cuda:0"))))
    store = empty_store(path / "s.duckdb")
    told = StringIO()
    with Interrupts() as interrupts:
        display = PlainDisplay(told)
        summary = run_sweep(
            sweep, plan, store, display, interrupts, execute=execute, pause=lambda seconds: True
        )
    query = "SELECT device_kind, status, count(*) FROM performance_results GROUP BY ALL ORDER BY ALL"
    with store.reading() as con:
        stored = con.execute(query).fetchall()
    return summary, [line for line in told.getvalue().splitlines() if line.startswith("note: ")], stored


def test_F35_cells_on_other_devices_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of a wedged GPU are stored as device_fault, unrun; the CPU's are measured."""
    monkeypatch.setattr(device_state, "find", lambda uuid: None)
    jobs = []

    def wedges(job: Job) -> Measured:
        jobs.append(job)
        gpu = job.cell.device_kind == "cuda"
        return answered(job, "device_fault" if gpu else "ok", hangs=gpu)

    summary, notices, stored = swept(tmp_path, wedges)
    assert stored == [("cpu", "ok", 4), ("cuda", "device_fault", 4)]
    assert [job.cell.device_kind for job in jobs].count("cuda") == 1
    assert len(summary.out) == len(notices) == 1
    assert summary.out[0].startswith("cuda:0 is wedged")


def test_F36_what_a_lost_gpu_had_finished_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lost at its second cell: one result, three faults, and a next sweep that runs those three."""
    nvml = FakeNvml(nvmlDeviceGetMemoryInfo=memory(0, GIB))
    monkeypatch.setattr(device_state, "find", lambda uuid: find(uuid, nvml))
    on_gpu = []

    def loses(job: Job) -> Measured:
        if job.cell.device_kind == "cpu":
            return answered(job)
        on_gpu.append(job)
        if len(on_gpu) == 2:
            nvml.lose()
            return answered(job, "device_fault", detail="CUDA error: unspecified launch failure")
        return answered(job)

    summary, _, stored = swept(tmp_path, loses)
    assert stored == [("cpu", "ok", 4), ("cuda", "device_fault", 3), ("cuda", "ok", 1)]
    assert summary.out == ("cuda:0 is lost: its driver no longer answers for it",)
    nvml.gone = None
    again, _, stored = swept(tmp_path, answered)
    assert (dict(again.statuses), again.earlier_ok, again.out) == ({"ok": 3}, 5, ())


def test_a_dirty_gpu_leaves_cells_to_a_later_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cell left in its memory stays there: the wait is announced, then told why it ended."""
    used = [0]
    nvml = FakeNvml(nvmlDeviceGetMemoryInfo=lambda *version: memory(used[0], 80 * GIB)(*version))
    monkeypatch.setattr(device_state, "find", lambda uuid: find(uuid, nvml))

    def leaves(job: Job) -> Measured:
        used[0] += GIB if job.cell.device_kind == "cuda" else 0
        return answered(job)

    summary, notices, stored = swept(tmp_path, leaves)
    assert stored == [("cpu", "ok", 4), ("cuda", "device_dirty", 3), ("cuda", "ok", 1)]
    assert notices[:2] == ["note: cuda:0: device_dirty; waiting 30 s, then trying again"] * 2
    assert len(notices) == 3
    assert summary.out == ("cuda:0 is dirty: 1.07 GB more in use than before its last cell",)
