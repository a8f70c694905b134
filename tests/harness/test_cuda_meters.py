"""The meters on a real GPU, where there is one: what must hold between their figures."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from fitment.harness.devices import cuda
from fitment.harness.devices.found import FoundDevice
from fitment.harness.executors.process import run
from fitment.harness.fingerprint import environment
from fitment.harness.meters import allocator, device_time, energy, nvml, power
from fitment.harness.meters.gpu import Gpu
from fitment.harness.meters.stopwatch import Stopwatch
from fitment.harness.protocol import gpu_state

from tests.harness.jobs import make_job

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device"),
]
MIB = 2**20


@pytest.fixture
def found() -> FoundDevice:
    """Torch's first GPU."""
    return cuda.find()[0]


@pytest.fixture
def gpu(found: FoundDevice) -> Gpu:
    """The same as NVML knows it."""
    known = nvml.find(found.uuid)
    if known is None:
        pytest.skip(f"NVML does not know the GPU: {nvml.problem() or cuda.identity(found.name).reason}")
    return known


@pytest.fixture
def product(found: FoundDevice) -> Callable[[], object]:
    """A step that keeps a GPU busy for about a millisecond."""
    matrix = torch.randn(4096, 4096, device=found.name, dtype=torch.float16)
    return lambda: matrix @ matrix


def test_F39_each_gpu_is_itself_in_nvml() -> None:
    """The UUID that torch reports leads to a GPU of NVML's with the same UUID and memory."""
    for device in cuda.find():
        known = nvml.find(device.uuid)
        if known is None:
            continue
        assert known.uuid() == device.uuid
        assert known.is_slice == (device.mig_profile is not None)
        total, torchs = known.total_bytes(), device.memory_bytes
        assert torchs is not None
        assert total is None or 0.98 * torchs <= total <= 1.1 * torchs


def test_F39_gpu_that_is_made_visible_by_its_uuid(found: FoundDevice) -> None:
    """CUDA_VISIBLE_DEVICES with a UUID shows that GPU, as cuda:0, whichever index it had."""
    if found.uuid is None:
        pytest.skip("the slice has no UUID that is known for sure")
    last = cuda.find()[-1]
    code = "from fitment.harness.devices import cuda; print(*((d.name, d.uuid) for d in cuda.find()))"
    child = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": str(last.uuid)},
        check=True,
    )
    assert child.stdout.strip() == str(("cuda:0", last.uuid))


def test_readings_are_possible(gpu: Gpu) -> None:
    """Whatever is read lies where it can lie; what is not read has its reason."""
    clock, most = gpu.sm_clock_hz(), gpu.max_sm_clock_hz()
    assert clock is None or most is None or 1e8 < clock <= 1.05 * most
    assert 1e8 < (gpu.default_sm_clock_hz() or 1e9) < 1e10
    assert 1e8 < (gpu.memory_clock_hz() or 1e9) < 2e10
    assert 0 < (gpu.temperature_c() or 40) < 120
    assert 0 <= (gpu.utilisation() or 0) <= 1
    assert 1 < (gpu.power_limit_w() or 100) < 3000
    assert (gpu.ecc_errors() or 0) >= 0
    for reading in ("used_bytes", "total_bytes", "pci_bus_id", "throttle_reasons", "repair_pending"):
        assert getattr(gpu, reading)() is not None or gpu.absent, reading
    assert nvml.driver()
    assert not gpu.lost


def test_environment_of_a_gpu(found: FoundDevice, gpu: Gpu) -> None:
    """Driver, CUDA and the limit of its power are among the facts, and two looks give one id."""
    facts = environment(found)
    assert facts.id == environment(found).id
    assert (facts.driver, facts.cuda) == (nvml.driver(), torch.version.cuda)
    assert facts.power_limit_w == gpu.power_limit_w()
    assert (facts.device_uuid, facts.mig_profile) == (found.uuid, found.mig_profile)


def test_allocated_within_reserved_within_used(found: FoundDevice, gpu: Gpu) -> None:
    """Tensors are a part of what the allocator holds, and that of what the driver has given out."""
    allocator.reset(found.name)
    kept = torch.empty(256 * MIB, dtype=torch.uint8, device=found.name)
    peaks = allocator.peaks(found.name)
    used = gpu.used_bytes()
    assert 256 * MIB <= peaks["peak_allocated_bytes"] <= peaks["peak_reserved_bytes"]
    assert used is None or peaks["peak_reserved_bytes"] <= used
    own = gpu.process_bytes(os.getpid())  # None in a container
    assert own is None or used is None or peaks["peak_reserved_bytes"] <= own <= used
    del kept


def test_F40_own_process_is_nobody_else(found: FoundDevice) -> None:
    """A process that starts to compute is not taken for a foreign one, also where its number is another's."""
    code = f"""
import os, torch
from fitment.harness.meters import nvml
from fitment.harness.protocol import gpu_state
gpu = nvml.find({found.uuid!r})
before = gpu_state.read(gpu)
kept = torch.ones(1, device="cuda:0")
after = gpu.process_ids() if gpu else None
print(before and before.process_ids and len(before.process_ids) or 0)
print(gpu_state.foreign_processes(after, before and before.process_ids, os.getpid()) or 0)
"""
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    earlier, foreign = map(int, child.stdout.split())
    assert foreign == earlier


def test_device_time_within_the_hosts(found: FoundDevice, product: Callable[[], object]) -> None:
    """The events lie within what the host waits; what lies between is launching and waking up."""
    watch = Stopwatch(product, lambda: cuda.synchronise(found.name))
    watch.seconds_per_step(20)
    host_s = watch.seconds_per_step(1)
    timed = device_time.measure(product, found.name, host_s)
    assert timed.device_s > 0
    assert -1e-6 < timed.gap_s < 0.1


def test_energy_of_work(found: FoundDevice, gpu: Gpu, product: Callable[[], object]) -> None:
    """Counter and sampled power agree, work takes more than idling, and no more than the limit allows."""
    counter = energy.counter_for(gpu, "cuda")
    if counter is None:
        pytest.skip(f"no energy counter: {gpu.absent}")
    period_s = energy.counter_period_s(counter)
    assert period_s is not None
    assert 1e-3 < period_s < 1
    watch = Stopwatch(product, lambda: cuda.synchronise(found.name))
    step_s = watch.seconds_per_step(100)
    spent = energy.measure_energy(watch, counter, step_s, 1, gpu)
    assert "energy_invalid" not in spent.flags
    fields = spent.fields
    joules, mean, idle = fields["energy_per_unit_j"], fields["mean_power_w"], fields["idle_power_w"]
    assert isinstance(joules, float)
    assert isinstance(mean, float)
    assert isinstance(idle, float)
    assert joules > 0
    assert 0 < idle < mean < 1.2 * (gpu.power_limit_w() or 3000)
    sampled, cpu_s = fields["integrated_power_w"], fields["sampler_cpu_s"]
    assert sampled == pytest.approx(mean, rel=0.2)
    assert isinstance(cpu_s, float)
    assert 0 < cpu_s < energy.LEAST_S


def test_what_sampling_costs_on_a_gpu(gpu: Gpu) -> None:
    """Reading power now and then takes a small part of a processor."""
    share = power.sampler_cpu_share(gpu)
    assert share is None or 0 < share < 0.5


def test_clocks_are_read_at_work(found: FoundDevice, gpu: Gpu) -> None:
    """A measured cell has its clock, its temperature and nobody beside it, and memory down to the context."""
    idle = gpu_state.read(gpu)
    job = replace(
        make_job("resnet18", device=found.name, batch=32),
        device_uuid=found.uuid,
        mig_profile=found.mig_profile,
    )
    measured = run(job).measurement
    assert measured.status == "ok", measured.detail
    flags = measured.flags.split(",")
    assert "no_nvml" not in flags
    assert measured.launch_gap_s is None or measured.launch_gap_s > -1e-6
    most = gpu.max_sm_clock_hz()
    if measured.sm_clock_hz is not None and most is not None:
        assert 0.2 * most < measured.sm_clock_hz <= 1.05 * most
    assert measured.ecc_errors in (None, 0)
    if measured.nvml_used_bytes is not None and measured.peak_reserved_bytes is not None:
        assert measured.nvml_used_bytes > measured.peak_reserved_bytes - 64 * MIB
    assert idle is not None
    assert measured.foreign_processes is None or measured.foreign_processes <= len(idle.process_ids or ())
    until = time.monotonic() + 5  # the driver takes a moment to clear up after a process
    while (gpu.used_bytes() or 0) > (idle.used_bytes or 0) + 64 * MIB and time.monotonic() < until:
        time.sleep(0.1)
    assert (gpu.used_bytes() or 0) <= (idle.used_bytes or 0) + 64 * MIB


def test_F39_another_gpu_under_the_index_is_refused(found: FoundDevice) -> None:
    """A job for a GPU that is not here is not measured on the one that has its index."""
    job = replace(make_job(device=found.name), device_uuid="GPU-00000000-0000-0000-0000-000000000000")
    refused = run(job).measurement
    assert refused.status == "device_fault"
    assert "by now" in (refused.detail or "")
