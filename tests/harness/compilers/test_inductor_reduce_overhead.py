"""fitment.harness.compilers.inductor_reduce_overhead: CUDA graphs, or the reason why there are none."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.compilers import cuda_graphs, inductor_reduce_overhead
from fitment.harness.executors.process import run
from torch._dynamo.utils import counters

from tests.harness.jobs import make_job

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")


def test_a_cpu_is_refused() -> None:
    """Torch would take the mode and compile as by default."""
    assert "inductor under another name" in str(inductor_reduce_overhead.unavailable("cpu"))


def test_each_call_begins_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the call, so that the outputs of the last one may be overwritten."""
    events: list[object] = []
    monkeypatch.setattr(torch.compiler, "cudagraph_mark_step_begin", lambda: events.append("begin"))
    call = cuda_graphs.with_step_begins(lambda *args, **kwargs: events.append((args, kwargs)))
    call(1)
    call(x=2)
    assert events == ["begin", ((1,), {}), "begin", ((), {"x": 2})]


def test_a_model_whose_graphs_are_left_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inductor only warns; the result would be its default mode's."""
    monkeypatch.setitem(counters["stats"], "unique_graphs", 1)
    monkeypatch.setitem(counters["inductor"], "cudagraph_skips", 0)
    assert inductor_reduce_overhead.broken() is None
    monkeypatch.setitem(counters["inductor"], "cudagraph_skips", 2)
    assert "no CUDA graph of 2 of this model's parts" in str(inductor_reduce_overhead.broken())


@pytest.mark.cuda
@needs_gpu
@pytest.mark.parametrize("scenario", ["forward", "train_step"])
def test_on_a_gpu_steps_are_replayed(scenario: str) -> None:
    """Outputs are read before the next step overwrites them: they agree with eager's."""
    if reason := inductor_reduce_overhead.unavailable("cuda"):
        pytest.skip(reason)
    mode = "inductor_reduce_overhead"
    job = make_job(device="cuda:0", batch=8, compile_mode=mode, scenario=scenario)
    found = run(job).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert found.relative_l2 < 1e-4
