"""The protocol of one invocation, in order: load, warm up, one pass for each thing measured, judgement."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from .. import profiles
from ..job import Job
from ..meters.cache import flusher
from ..meters.stopwatch import Stopwatch
from ..models.outputs import every_tensor, first_tensor
from . import gpu_state, numerics
from .bench import Bench
from .conditions import conditions_noted
from .draft import Draft
from .energy import energy_pass
from .latency import latency_pass
from .load import first_call, load, note_compilation
from .memory import memory_pass
from .preflight import preflight
from .reference import compare
from .throughput import throughput_pass
from .vigil import Vigil
from .warm_up import warm_up_pass

SMALL_OUTPUT_BYTES = 2**20


def measure(job: Job, draft: Draft, vigil: Vigil) -> None:
    """Fills the draft, pass by pass. What the model raises on the way is for the worker's hook.

    ``vigil`` began before torch was imported, and ends with the last pass.
    """
    _set_threads(job)
    outputs, weights, tolerance = _measured(job, draft, vigil)
    if not profiles.named(job.profile).timed:
        return
    _forget_compiled_code()
    draft.enter("numerics")
    if outputs.hold_nan or not all(map(numerics.is_finite, outputs.all)):
        draft.fail("numerics_nan", "the output holds NaN or Inf")
        return
    if not outputs.carry_the_batch(job):
        draft.flag("batch_not_in_output")
    draft.settle()
    compare(job, draft, outputs.comparable, weights, tolerance)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs of a cell, on the host: all of them have to be finite, one can be compared.

    ``hold_nan``: whether any tensor of the last output does. Infinity beside the first is let be: a mask may
    be made of it.
    """

    all: tuple[Tensor, ...]
    comparable: Tensor | None
    hold_nan: bool

    def carry_the_batch(self, job: Job) -> bool:
        """Whether an output's first dimension is the batch, as it is where every sample was worked on."""
        batch = job.cell.configuration.batch
        return any(output.dim() > 0 and output.shape[0] == batch for output in self.all)


def _measured(job: Job, draft: Draft, vigil: Vigil) -> tuple[Outputs, str, float]:
    """The outputs to judge, the hash of the weights, the precision's tolerance; the model itself is gone."""
    before = preflight(job, draft)
    subject, weights = load(job, draft, before)
    _set_threads(job)  # the model's module or factory may have set others
    flush = flusher(job.cell.configuration.cache_state, job.device)
    watch = Stopwatch(subject.step, subject.synchronise, flush=flush)
    profile = profiles.named(job.profile)
    bench = Bench(job.cell, job.device, profile, draft, subject, watch, before.gpu, before.state)
    first, first_call_s = first_call(bench)
    vigil.threads_started()
    kept = _if_small(first)
    del first
    step_s = _timed(bench, first_call_s) if profile.timed else None
    if flush is not None:
        flush.release()
    output = memory_pass(bench, before.used_bytes)
    last, hold_nan = _on_host(output), any(map(numerics.holds_nan, every_tensor(output)))
    del output
    if step_s is not None:
        energy_pass(bench, step_s)
    subject.check_kept()  # once more: a model may change its mind after its first step
    gpu_state.check(draft, bench.gpu, bench.gpu_before)
    vigil.end()
    return _outputs(job, kept, last, hold_nan), weights, subject.tolerance


def _set_threads(job: Job) -> None:
    if job.cell.configuration.threads:
        torch.set_num_threads(job.cell.configuration.threads)


def _timed(bench: Bench, first_call_s: float) -> float:
    """The median seconds per step, from the warm-up and the timed passes."""
    warm_s = warm_up_pass(bench)
    with conditions_noted(bench):
        step_s = latency_pass(bench, warm_s)
        throughput_pass(bench, step_s)
    note_compilation(bench, first_call_s, step_s)
    return step_s


def _outputs(job: Job, kept: Tensor | None, last: Tensor, hold_nan: bool) -> Outputs:
    """A training step changes what the next one returns: there only the first output can be compared."""
    repeatable = job.cell.scenario == "forward"
    every = (last,) if kept is None else (kept, last)
    return Outputs(every, last if repeatable else kept, hold_nan)


def _if_small(output: Any) -> Tensor | None:
    """The output's tensor if it is small enough to be kept through the memory pass."""
    tensor = first_tensor(output)
    small = tensor.numel() * tensor.element_size() <= SMALL_OUTPUT_BYTES
    return _on_host(tensor) if small else None


def _on_host(output: Any) -> Tensor:
    return numerics.dense(first_tensor(output).detach().cpu()).clone()


def _forget_compiled_code() -> None:
    """Lets go of what dynamo's caches hold, the measured model included."""
    if "torch._dynamo" in sys.modules:
        torch._dynamo.reset()
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
