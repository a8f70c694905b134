"""Step 1: the model is loaded, prepared and called for the first time."""

from __future__ import annotations

import sys
import time
from typing import Any

import torch

from ..job import Job
from ..meters import compilation, memory
from ..models.weights import parameter_count, weights_hash
from .bench import Bench
from .draft import Draft
from .estimate import check_fits
from .preflight import Before
from .subject import Subject, load_model, make_subject


def load(job: Job, draft: Draft, before: Before) -> tuple[Subject, str]:
    """The subject, and the hash of its weights before they were cast; hashing is not counted as loading.

    Raises RefusedError where the weights can't fit into what the device had free ``before``.
    """
    draft.enter("load")
    draft.note(idle_rss_bytes=memory.resident_bytes())
    started = time.perf_counter()
    loaded = load_model(job.cell, job.import_path, job.cell.seed)
    load_s = time.perf_counter() - started
    weights = weights_hash(loaded.module)
    draft.note(parameters=parameter_count(loaded.module), weights_hash=weights)
    check_fits(loaded.module, job.cell, before)
    started = time.perf_counter()
    subject = make_subject(loaded, job.cell, job.device)
    subject.synchronise()
    load_s += time.perf_counter() - started
    draft.note(load_s=load_s, throughput_unit=subject.throughput_unit)
    return subject, weights


def first_call(bench: Bench) -> tuple[Any, float]:
    """What the first step returned, and its seconds: compilation, if any, included."""
    bench.draft.enter("first_call")
    torch.manual_seed(bench.cell.seed)  # dropout in a training step
    if _is_compiled(bench):
        _forbid_silent_eager()
    started = time.perf_counter()
    output = bench.subject.step()
    bench.subject.synchronise()
    seconds = time.perf_counter() - started
    bench.draft.note(first_call_s=seconds)
    bench.subject.check_kept()
    _end_compile_workers()
    if _is_compiled(bench):
        bench.draft.note(graph_breaks=compilation.graph_breaks())
    if compilation.was_cached():
        bench.draft.flag("compile_cached")
    return output, seconds


def note_compilation(bench: Bench, first_call_s: float, median_s: float) -> None:
    """Notes, after the timed passes, what compiling took (the first call less a steady one) and how often
    it was done again.
    """
    if _is_compiled(bench):
        seconds = max(0.0, first_call_s - median_s)
        bench.draft.note(compile_s=seconds, recompiles=compilation.recompiles())


def _is_compiled(bench: Bench) -> bool:
    return bench.cell.configuration.compile_mode != "eager"


def _forbid_silent_eager() -> None:
    """Has dynamo raise at its limit of recompilations: it would go on in eager, and be sold as compiled."""
    torch._dynamo.config.fail_on_recompile_limit_hit = True


def _end_compile_workers() -> None:
    """Ends inductor's pool of compilers: idle, its processes would still be beside what is measured."""
    compiling = sys.modules.get("torch._inductor.async_compile")
    if compiling is not None:
        compiling.shutdown_compile_workers()
