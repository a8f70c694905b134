"""fitment.harness.compilers.inductor_max_autotune: kernels chosen by timing, or the reason why none was."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import torch
from fitment.harness.compilers import inductor, inductor_max_autotune, tuning
from fitment.harness.errors import UnsupportedError
from fitment.harness.executors.process import run
from fitment.harness.executors.spaceless import with_spaceless_torch
from torch import nn
from torch._dynamo.utils import counters

from tests.harness.jobs import make_job

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")

ONE_THREAD = {"OMP_NUM_THREADS": "1"}  # two that wait for each other crawl on a machine that others load too

# In a process of its own, as a worker is: the mode sets inductor up for the whole process.
CHILD = """
import torch
from torch import nn
from fitment.harness.compilers import inductor_max_autotune as mode, tuning
reason = mode.unavailable("cpu")
if reason:
    raise SystemExit(reason)
torch.manual_seed(0)
layer, x = nn.Linear(32, 32).eval(), torch.randn(4, 32)
expected = layer(x)
for time in range(2):
    with torch.inference_mode():
        error = float((mode.compile_module(layer)(x) - expected).norm() / expected.norm())
    print(error < 1e-4, tuning.selections() > 0, tuning.were_cached(), mode.broken())
    torch._dynamo.reset()
    torch._dynamo.utils.counters["inductor"].clear()
print(mode.broken())
"""


@pytest.mark.usefixtures("inductor_in_children")
def test_on_a_cpu_a_kernel_is_chosen_for_each_product() -> None:
    """The output agrees with eager's; a choice out of the cache is one, too; without any it is refused."""
    environment = with_spaceless_torch(os.environ) | ONE_THREAD
    ended = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, env=environment)
    if ended.stderr.startswith("inductor "):
        pytest.skip(ended.stderr)
    assert ended.returncode == 0, ended.stderr
    timed, cached, refused = ended.stdout.splitlines()
    assert timed == "True True False None"
    assert cached == "True True True None"
    assert "no kernels to choose among" in refused


def test_on_a_cpu_a_training_step_is_refused() -> None:
    """Its weights are no constants, and only products of constants are tuned there."""
    call = inductor_max_autotune.compile_module(nn.Linear(2, 2))
    with pytest.raises(UnsupportedError, match="a training step changes them") as caught:
        call(torch.ones(1, 2))
    assert caught.value.axis == "compile"


def test_a_model_of_which_nothing_was_compiled_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every mode of inductor: it ran in eager."""
    monkeypatch.setitem(counters["stats"], "unique_graphs", 0)
    for mode in (inductor, inductor_max_autotune):
        assert "nothing to compile" in str(mode.broken())
    monkeypatch.setitem(counters["stats"], "unique_graphs", 1)
    assert inductor.broken() is None


def test_choices_are_cached_only_where_none_was_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A layer that has the shape of another takes its choice over within one process."""
    part = counters[tuning.PART]
    for choices, timed, expected in ((0, 0, False), (3, 1, False), (3, 0, True)):
        monkeypatch.setitem(part, tuning.SELECTIONS, choices)
        monkeypatch.setitem(part, "select_algorithm_autotune", timed)
        assert tuning.were_cached() == expected


@pytest.mark.cuda
@needs_gpu
def test_on_a_gpu_it_measures() -> None:
    """With triton's templates among the choices; the output agrees with eager's."""
    if reason := inductor_max_autotune.unavailable("cuda"):
        pytest.skip(reason)
    job = make_job(device="cuda:0", batch=64, precision="bf16", compile_mode="inductor_max_autotune")
    found = run(job).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert found.relative_l2 < 0.1
