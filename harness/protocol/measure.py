"""The protocol of one invocation, in order: load, warm up, one pass for each thing measured, judgement."""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ..job import Job
from ..meters import nvml
from ..meters.stopwatch import Stopwatch
from ..models.outputs import first_tensor
from ..models.weights import parameter_count, weights_hash
from ..profiles import PROFILES
from . import numerics, passes
from .draft import Draft
from .reference import compare
from .subject import Subject, load_model, make_subject

SMALL_OUTPUT_BYTES = 2**20


def measure(job: Job, draft: Draft) -> None:
    """Fills the draft, pass by pass. What the model raises on the way is for the worker's hook."""
    if job.cell.configuration.threads:
        torch.set_num_threads(job.cell.configuration.threads)
    outputs, weights, tolerance = _measured(job, draft)
    _forget_compiled_code()
    draft.enter("numerics")
    if not all(map(numerics.is_finite, outputs.all)):
        draft.fail("numerics_nan", "the output holds NaN or Inf")
        return
    if not outputs.carry_the_batch(job):
        draft.flag("batch_not_in_output")
    draft.settle()
    compare(job, draft, outputs.comparable, weights, tolerance)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs of a cell, on the host: all of them have to be finite, one can be compared."""

    all: tuple[Tensor, ...]
    comparable: Tensor | None

    def carry_the_batch(self, job: Job) -> bool:
        """Whether an output's first dimension is the batch, as it is where every sample was worked on."""
        batch = job.cell.configuration.batch
        return any(output.dim() > 0 and output.shape[0] == batch for output in self.all)


def _measured(job: Job, draft: Draft) -> tuple[Outputs, str, float]:
    """The outputs to judge, the hash of the weights, the precision's tolerance; the model itself is gone."""
    gpu = _gpu(job)
    idle_bytes = gpu.used_bytes() if gpu else None
    subject, weights = _load(job, draft)
    watch = Stopwatch(subject.step, subject.synchronise)
    bench = passes.Bench(job.cell, job.device, PROFILES[job.profile], draft, subject, watch, gpu)
    first, first_call_s = passes.first_call(bench)
    kept = _if_small(first)
    del first
    _end_compile_workers()
    if _was_compiled_before():
        draft.flag("compile_cached")
    warm_s = passes.warm_up_pass(bench)
    step_s = passes.timed_passes(bench, first_call_s, warm_s)
    last = _on_host(passes.memory_pass(bench, idle_bytes))
    passes.energy_pass(bench, step_s)
    return _outputs(job, kept, last), weights, subject.tolerance


def _outputs(job: Job, kept: Tensor | None, last: Tensor) -> Outputs:
    """A training step changes what the next one returns: there only the first output can be compared."""
    repeatable = job.cell.scenario == "forward"
    every = (last,) if kept is None else (kept, last)
    return Outputs(every, last if repeatable else kept)


def _load(job: Job, draft: Draft) -> tuple[Subject, str]:
    """The subject, and the hash of its weights before they were cast; hashing is not counted as loading."""
    draft.enter("load")
    started = time.perf_counter()
    loaded = load_model(job.cell, job.import_path, job.cell.seed)
    load_s = time.perf_counter() - started
    weights = weights_hash(loaded.module)
    draft.note(parameters=parameter_count(loaded.module), weights_hash=weights)
    started = time.perf_counter()
    subject = make_subject(loaded, job.cell, job.device)
    subject.synchronise()
    load_s += time.perf_counter() - started
    draft.note(load_s=load_s, throughput_unit=subject.throughput_unit)
    return subject, weights


def _gpu(job: Job) -> nvml.Gpu | None:
    if job.cell.device_kind != "cuda":
        return None
    torch.cuda.set_device(job.device)
    uuid = getattr(torch.cuda.get_device_properties(job.device), "uuid", None)
    return nvml.find(str(uuid)) if uuid else None


def _if_small(output: Any) -> Tensor | None:
    """The output's tensor if it is small enough to be kept through the memory pass."""
    tensor = first_tensor(output)
    small = tensor.numel() * tensor.element_size() <= SMALL_OUTPUT_BYTES
    return _on_host(tensor) if small else None


def _on_host(output: Any) -> Tensor:
    return first_tensor(output).detach().cpu().clone()


def _end_compile_workers() -> None:
    """Ends inductor's pool of compilers: idle, its processes would still be beside what is measured."""
    compiling = sys.modules.get("torch._inductor.async_compile")
    if compiling is not None:
        compiling.shutdown_compile_workers()


def _was_compiled_before() -> bool:
    """Whether inductor found code in its cache on disk: compile_s is then the time to load it."""
    dynamo = sys.modules.get("torch._dynamo.utils")
    return dynamo is not None and any(
        dynamo.counters[part][hits] > 0
        for part, hits in (("inductor", "fxgraph_cache_hit"), ("aot_autograd", "autograd_cache_hit"))
    )


def _forget_compiled_code() -> None:
    """Lets go of what dynamo's caches hold, the measured model included."""
    if "torch._dynamo" in sys.modules:
        torch._dynamo.reset()
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
