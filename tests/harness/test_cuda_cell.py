"""A measured cell on a real GPU, where there is one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import torch
from fitment.harness.executors.process import run
from fitment.harness.meters.nvml import find
from fitment.harness.probe import probe
from fitment.harness.sweeps.cleanliness import settled_residue_bytes, unowned_bytes
from fitment.harness.sweeps.grid import MAX_BATCH, Grid, Sweep
from fitment.harness.sweeps.interrupts import Interrupts
from fitment.harness.sweeps.plan import make_plan
from fitment.harness.sweeps.sweep import run_sweep
from fitment.registry.storage.store import Store

from tests.harness.jobs import make_job, module_job
from tests.harness.sweeps.test_sweep import Recorder, rows

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device"),
]


def test_cell_on_a_gpu() -> None:
    """Latency, device time and the allocator's peaks are there, each in its own column."""
    found = run(make_job("resnet18", device="cuda:0", batch=8)).measurement
    assert found.status == "ok", found.detail
    assert found.memory_scope == "allocator"
    assert found.peak_allocated_bytes is not None
    assert found.peak_reserved_bytes is not None
    assert found.peak_reserved_bytes >= found.peak_allocated_bytes > 4 * 11_689_512
    assert found.device_latency_s is not None
    assert found.latency_p50_s is not None
    assert 0 < found.device_latency_s <= found.latency_p50_s * 1.5


def test_reduced_precision_on_a_gpu() -> None:
    """bf16 on the GPU is compared with fp32 on the GPU."""
    found = run(make_job("resnet18", device="cuda:0", batch=4, precision="bf16")).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert 1e-4 < found.relative_l2 < 0.1


def test_F32_device_memory_runs_out(tmp_path: Path) -> None:
    """An allocation beyond the device is oom_device, and the next cell is clean."""
    code = """
class Own(nn.Module):
    def forward(self, x):
        return x * torch.empty(2**44, device=x.device).sum()

def make():
    return Own(), X
"""
    found = run(module_job(tmp_path, code, device="cuda:0")).measurement
    assert (found.status, found.stage) == ("oom_device", "first_call")
    assert run(make_job(device="cuda:0")).measurement.status == "ok"


def test_the_memory_of_a_gpu_is_back_after_a_cell() -> None:
    """A child that ended leaves nothing on the device, seen from here, where no CUDA context is."""
    gpu = find(str(torch.cuda.get_device_properties(0).uuid))
    before = unowned_bytes(gpu)
    assert before is not None
    assert run(make_job("resnet18", device="cuda:0", batch=8)).measurement.status == "ok"
    assert settled_residue_bytes(gpu, before, lambda seconds: not time.sleep(seconds)) == 0


def test_F32_the_largest_batch_that_fits_on_a_gpu(tmp_path: Path) -> None:
    """A sample that takes 3/10 of the GPU's memory is measured at batch 3; 4 is the stored bound."""
    (tmp_path / "greedy.py").write_text("""
import torch
from torch import nn

class Greedy(nn.Module):
    def forward(self, x):
        total = torch.cuda.get_device_properties(x.device).total_memory
        torch.empty(int(len(x) * total * 0.3), dtype=torch.uint8, device=x.device)
        return x * 2

def make():
    return Greedy(), torch.ones(1, 4)
""")
    store = Store.open(tmp_path / "s.duckdb", create=True)
    grid = Grid(models=("module:greedy:make",), devices=("cuda:0",), batches=(MAX_BATCH,))
    sweep = Sweep("a", "quick", 0, 1, (grid,), (), "the text")
    with Interrupts() as interrupts:
        run_sweep(
            sweep, make_plan(sweep, probe()), store, Recorder(), interrupts, import_path=[str(tmp_path)]
        )
    assert set(rows(store, "SELECT batch, status FROM performance_results")) == {
        (4, "oom_device"),
        (3, "ok"),
    }
